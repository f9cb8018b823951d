import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { reason } from "../../runtime/reason.js";
import { type Position, readJSONStream, readYAMLStream, type YAMLDocument } from "../../yaml/index.js";

/** A document of a file, or an item of a List in one. */
export interface Document {
  /** As named on the command line, or below a folder that was. */
  readonly file: string;
  readonly value: unknown;
  /** Where a value in it stands, or else the nearest that holds it. */
  position(path: readonly (string | number)[]): Position;
}

/** A file that is neither YAML nor JSON. */
export interface Unreadable extends Position {
  readonly file: string;
  readonly problem: string;
}

/**
 * What is in files and folders, to be validated: see {@link readDocuments}.
 *
 * @throws Error also where nothing is in a folder, or in all of the files
 */
export function readObjects(cwd: string, paths: readonly string[]): readonly (Document | Unreadable)[] {
  const read = paths.map((path) => ({ path, documents: readDocuments(cwd, [path]) }));
  const empty = read.find(({ documents, path }) => documents.length === 0 && isFolder(cwd, path));
  const found = read.flatMap(({ documents }) => documents);
  if (empty === undefined && found.length > 0) return found;
  const path = empty?.path ?? paths.join(", ");
  throw new Error(`cannot validate ${path}: no object is in ${empty || paths.length === 1 ? "it" : "them"}`);
}

/**
 * The documents of files, and of the files `*.yaml`, `*.yml` and `*.json` below folders, in the order of their names;
 * hidden folders and node_modules are passed over, as are documents that are empty, and in folders those that are no
 * objects of Kubernetes. What cannot be parsed is among them, for the rest to be validated all the same.
 *
 * @throws Error for what cannot be read
 */
function readDocuments(cwd: string, paths: readonly string[]): readonly (Document | Unreadable)[] {
  return paths.flatMap((path) => {
    if (!isFolder(cwd, path)) return documentsOf(cwd, path);
    return filesBelow(resolve(cwd, path), path)
      .flatMap((file) => documentsOf(cwd, file))
      .filter((document) => "problem" in document || isObject(document.value));
  });
}

/** A file that is no YAML is an error here. @throws Error that names the file */
export function readDefinitions(cwd: string, paths: readonly string[]): readonly Document[] {
  return readDocuments(cwd, paths).map((document) => {
    if (!("problem" in document)) return document;
    const { column, file, line, problem } = document;
    throw new Error(`cannot read ${file}:${line}:${column}: ${problem}`);
  });
}

function isFolder(cwd: string, path: string): boolean {
  try {
    return statSync(resolve(cwd, path)).isDirectory();
  } catch (error) {
    throw new Error(`cannot read ${path}: ${reason(error)}`, { cause: error });
  }
}

/** Links to folders are followed, but for those to a folder around them. */
function filesBelow(folder: string, name: string, around: readonly string[] = []): readonly string[] {
  const real = realpathSync(folder);
  if (around.includes(real)) return [];
  return readdirSync(folder)
    .toSorted()
    .flatMap((entry) => {
      const path = join(name, entry);
      const inner = join(folder, entry);
      if (!leadsToFolder(inner)) return /\.(?:ya?ml|json)$/.test(entry) ? [path] : [];
      return entry.startsWith(".") || entry === "node_modules" ? [] : filesBelow(inner, path, [...around, real]);
    });
}

/** A link that leads nowhere leads to none. */
function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function documentsOf(cwd: string, file: string): readonly (Document | Unreadable)[] {
  const text = textOf(cwd, file);
  try {
    return documentsIn(file, text)
      .filter(({ value }) => value !== null)
      .flatMap(({ position, value }) =>
        items({ file, value, position: (path) => position(path) ?? { line: 1, column: 1 } }),
      );
  } catch (error) {
    return [unreadable(file, error)];
  }
}

/** As kubectl does, JSON is read as such, and YAML may begin like JSON. */
function documentsIn(file: string, text: string): readonly YAMLDocument[] {
  const isJSON = file.endsWith(".json") || /^\s*\{/.test(text);
  return (isJSON ? readJSONStream(text) : undefined) ?? readYAMLStream(text);
}

function textOf(cwd: string, file: string): string {
  try {
    return readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    throw new Error(`cannot read ${file}: ${reason(error)}`, { cause: error });
  }
}

function unreadable(file: string, error: unknown): Unreadable {
  const message = error instanceof Error ? error.message : String(error);
  const [, line = "1", column = "1", problem = message] =
    /^cannot read YAML: line (\d+), column (\d+): (.*)$/s.exec(message) ?? [];
  return { file, line: Number(line), column: Number(column), problem };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("apiVersion" in value || "kind" in value);
}

/** As kubectl does, a List stands for what is in it. */
function items(document: Document): readonly Document[] {
  const { file, position, value } = document;
  if (!isList(value)) return [document];
  return value.items.map((item, index) => ({
    file,
    value: item,
    position: (path) => position(["items", index, ...path]),
  }));
}

function isList(value: unknown): value is { readonly items: readonly unknown[] } {
  if (typeof value !== "object" || value === null) return false;
  const { apiVersion, items, kind } = value as { apiVersion?: unknown; items?: unknown; kind?: unknown };
  return apiVersion === "v1" && kind === "List" && Array.isArray(items);
}
