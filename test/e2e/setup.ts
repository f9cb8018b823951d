import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestProject } from "vitest/node";
import { baseImage } from "./base-image/index.js";
import { buildPackages, VERSIONS } from "./packages/build.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder of this project's packages, in each of {@link VERSIONS}. */
    readonly packages: string;
  }
}

/** Builds the packages once that all suites install. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "trimtab-e2e-packages-"));
  const base = await baseImage();
  for (const version of VERSIONS) await buildPackages(folder, { base, version });
  provide("packages", folder);
  return () => rm(folder, { recursive: true, force: true });
}
