import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * The paths of what decides besides the TypeScript itself how a project is bundled: its package.json and tsconfig.json,
 * whether or not they are there, and the files that this one extends by a path, one after the other.
 */
export function settingsFiles(root: string): readonly string[] {
  const found = new Set([resolve(root, "package.json"), resolve(root, "tsconfig.json")]);
  // A set's iteration comes to what is added meanwhile.
  for (const file of found) {
    if (!file.endsWith("package.json")) for (const base of basesOf(file)) found.add(base);
  }
  return [...found];
}

/** What a tsconfig.json extends; packages are left out. It may have comments, and so is no JSON. */
function basesOf(file: string): readonly string[] {
  const value = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/.exec(textOf(file))?.[1] ?? "";
  return [...value.matchAll(/"([./][^"]*)"/g)].map(([, path = ""]) =>
    resolve(dirname(file), path.endsWith(".json") ? path : `${path}.json`),
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Who needs it says that it is missing.
    return "";
  }
}
