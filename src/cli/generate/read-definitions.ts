import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { reason } from "../../runtime/reason.js";

/**
 * The CustomResourceDefinitions in YAML files, each with the file that it is from. Of a folder, its files `*.yaml` and
 * `*.yml` count. Documents of other kinds are passed over; a file that has none at all is an error.
 */
export function readDefinitions(paths: readonly string[]): ReadonlyMap<object, string> {
  const found = new Map<object, string>();
  for (const file of paths.flatMap(filesOf)) {
    const definitions = documents(file).filter(isDefinition);
    if (definitions.length === 0)
      throw new Error(`cannot generate models from ${file}: no CustomResourceDefinition is in it`);
    for (const definition of definitions) found.set(definition, file);
  }
  return found;
}

function filesOf(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const files = readdirSync(path).filter((name) => /\.ya?ml$/.test(name));
    return files.toSorted().map((name) => join(path, name));
  } catch (error) {
    throw new Error(`cannot read ${path}: ${reason(error)}`, { cause: error });
  }
}

function documents(file: string): readonly unknown[] {
  try {
    return parseAllDocuments(readFileSync(file, "utf8")).map((document) => {
      const [error] = document.errors;
      if (error !== undefined) throw error;
      return document.toJS() as unknown;
    });
  } catch (error) {
    throw new Error(`cannot read ${file}: ${reason(error)}`, { cause: error });
  }
}

function isDefinition(value: unknown): value is object {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "CustomResourceDefinition";
}
