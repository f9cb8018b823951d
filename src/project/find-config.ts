import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The names that a project's configuration may have; the first that is there counts. */
export const CONFIG_FILES = [
  "trimtab.config.ts",
  "trimtab.config.mts",
  "trimtab.config.js",
  "trimtab.config.mjs",
] as const;

/** The configuration of the project that a folder is part of: in it, or in the nearest folder above that has one. */
export function findConfig(folder: string): string | undefined {
  const here = resolve(folder);
  const file = CONFIG_FILES.map((name) => join(here, name)).find((path) => existsSync(path));
  if (file !== undefined) return file;
  const above = dirname(here);
  return above === here ? undefined : findConfig(above);
}
