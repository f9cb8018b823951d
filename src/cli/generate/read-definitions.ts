import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { plainNumbers } from "../../admission/plain-numbers.js";
import { reason } from "../../runtime/reason.js";
import { readYAMLStream } from "../../yaml/index.js";

/**
 * The CustomResourceDefinitions in YAML files, each with the file that it is from. Of a folder, its files `*.yaml` and
 * `*.yml` count. Documents of other kinds are passed over; a file that has none at all is an error.
 *
 * @param cwd where paths begin
 * @throws Error that names the file, and the line and column of what is no YAML
 */
export function readDefinitions(cwd: string, paths: readonly string[]): ReadonlyMap<object, string> {
  const found = new Map<object, string>();
  for (const file of paths.flatMap((path) => filesOf(cwd, path))) {
    const definitions = documents(file, textOf(cwd, file)).filter(isDefinition);
    if (definitions.length === 0)
      throw new Error(`cannot generate models from ${file}: no CustomResourceDefinition is in it`);
    for (const definition of definitions) found.set(definition, file);
  }
  return found;
}

function filesOf(cwd: string, path: string): readonly string[] {
  try {
    if (!statSync(resolve(cwd, path)).isDirectory()) return [path];
    const files = readdirSync(resolve(cwd, path)).filter((name) => /\.ya?ml$/.test(name));
    return files.toSorted().map((name) => join(path, name));
  } catch (error) {
    throw new Error(`cannot read ${path}: ${reason(error)}`, { cause: error });
  }
}

function textOf(cwd: string, file: string): string {
  try {
    return readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    throw new Error(`cannot read ${file}: ${reason(error)}`, { cause: error });
  }
}

/** Numbers in schemas are such that generated code can hold. */
function documents(file: string, text: string): readonly unknown[] {
  try {
    return readYAMLStream(text).map(({ value }) => plainNumbers(value));
  } catch (error) {
    const [, line, column, problem] = /^cannot read YAML: line (\d+), column (\d+): (.*)$/.exec(reason(error)) ?? [];
    const place = problem === undefined ? file : `${file}:${line}:${column}`;
    throw new Error(`cannot read ${place}: ${problem ?? reason(error)}`, { cause: error });
  }
}

function isDefinition(value: unknown): value is object {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "CustomResourceDefinition";
}
