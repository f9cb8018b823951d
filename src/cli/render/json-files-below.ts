import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** The JSON files of a folder and of those within it, by path; a path that is a file is that file. */
export function jsonFilesBelow(cwd: string, path: string): readonly string[] {
  if (!statSync(resolve(cwd, path)).isDirectory()) return path.endsWith(".json") ? [path] : [];
  const entries = readdirSync(resolve(cwd, path), { withFileTypes: true });
  const names = entries.map(({ name }) => name).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return names.flatMap((name) => jsonFilesBelow(cwd, join(path, name)));
}
