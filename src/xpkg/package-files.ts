import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { reason } from "../runtime/reason.js";
import { isGenerated } from "../synth/yaml-text.js";

/**
 * The files of a package, by path from the project's root: what is generated, and what lies in the package's folder that
 * was written by hand. What is there of an earlier generation does not count.
 *
 * @param generated all files that synth makes, by path
 */
export function packageFiles(
  name: string,
  generated: ReadonlyMap<string, string>,
  root: string,
): ReadonlyMap<string, string> {
  const folder = `package/${name}/`;
  const own = [...generated].filter(([path]) => path.startsWith(folder));
  const written = yamlBelow(root, folder).filter(([path, text]) => !generated.has(path) && !isGenerated(text));
  return new Map([...own, ...written].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The files of YAML that a package shows how to use itself with, as one stream; undefined for none.
 *
 * @param paths files, or folders of them, from the project's root
 * @throws Error that names the one that cannot be read
 */
export function exampleStream(paths: readonly string[], root: string): string | undefined {
  const texts = paths.flatMap((path) => exampleTexts(path, root));
  if (texts.length === 0) return undefined;
  return texts.map((text) => `---\n${text.endsWith("\n") ? text : `${text}\n`}`).join("");
}

function exampleTexts(path: string, root: string): readonly string[] {
  try {
    if (!statSync(resolve(root, path)).isDirectory()) return [readFileSync(resolve(root, path), "utf8")];
    const found = yamlBelow(root, path);
    if (found.length === 0) throw new Error("the folder has no YAML");
    return found.map(([, text]) => text);
  } catch (error) {
    throw new Error(`cannot read the example ${path}: ${reason(error)}`, { cause: error });
  }
}

/** Path from the root, and text, in the order of the paths. */
function yamlBelow(root: string, folder: string): readonly (readonly [string, string])[] {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  const paths = names.filter((name) => /\.ya?ml$/.test(name)).map((name) => join(folder, name).replaceAll("\\", "/"));
  return paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]);
}
