import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isGenerated } from "../../synth/yaml-text.js";

export interface Change {
  readonly kind: "created" | "changed" | "removed";
  /** From the project's root. */
  readonly path: string;
  /** What the file is to hold; undefined where it is to go. */
  readonly text?: string;
}

/** The folders that generated files lie in. */
const FOLDERS = ["compositions", "package", "xrds"];

/**
 * What is to change so that a project has these files, in the order of their paths. A file goes only if it was
 * generated, as its first line says, and no longer is.
 */
export function changes(root: string, files: ReadonlyMap<string, string>): readonly Change[] {
  const wanted = [...files].flatMap(([path, text]): readonly Change[] => {
    const before = textOf(join(root, path));
    if (before === text) return [];
    return [{ kind: before === undefined ? "created" : "changed", path, text }];
  });
  const leftOver = generated(root).filter((path) => !files.has(path));
  const removed = leftOver.map((path): Change => ({ kind: "removed", path }));
  return [...wanted, ...removed].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Makes the changes. */
export function apply(root: string, found: readonly Change[]): void {
  for (const { path, text } of found) {
    const file = join(root, path);
    if (text === undefined) {
      rmSync(file);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function generated(root: string): readonly string[] {
  const paths = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
      (path) => `${folder}/${path.replaceAll("\\", "/")}`,
    ),
  );
  return paths.filter((path) => path.endsWith(".yaml") && isGenerated(readFileSync(join(root, path), "utf8")));
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
