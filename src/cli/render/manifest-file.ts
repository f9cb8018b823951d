import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { type Json, readYAML, readYAMLStream, type YAMLDocument } from "../../yaml/index.js";

/** A document of a file. */
export interface Manifest {
  /** As it was named on the command line. */
  readonly file: string;
  readonly document: YAMLDocument;
}

/**
 * The first document of a file, which is all that the real one reads of an XR, a Composition or an XRD.
 *
 * @throws Error that names the file, and the line of what is no YAML
 */
export function readFirst(cwd: string, file: string): Manifest {
  return { file, document: parsing(file, () => readYAML(textOf(cwd, file))) };
}

/** What stands for a file that cannot be read. */
export function emptyManifest(file: string): Manifest {
  return { file, document: { value: null, position: () => undefined } };
}

/** Every document of a file. @throws likewise */
export function readAll(cwd: string, file: string): readonly Manifest[] {
  const documents = parsing(file, () => readYAMLStream(textOf(cwd, file)));
  return documents.map((document) => ({ file, document }));
}

/**
 * Every document of a file, or of the files of a folder that end in .yaml or .yml, in the order of their names; folders
 * within it are left alone.
 *
 * @throws likewise, and where the folder has no such file
 */
export function readStream(cwd: string, path: string): readonly Manifest[] {
  return filesOf(cwd, path).flatMap((file) => readAll(cwd, file));
}

/** The file itself, or those of a folder. */
export function filesOf(cwd: string, path: string): readonly string[] {
  if (!isFolder(cwd, path)) return [path];
  const entries = readdirSync(resolve(cwd, path), { withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory() && [".yaml", ".yml"].includes(extname(entry.name)));
  if (files.length === 0) throw new Error(`no YAML files found in ${path} (.yaml or .yml)`);
  return files.map(({ name }) => join(path, name)).sort();
}

export function isFolder(cwd: string, path: string): boolean {
  return statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Where something stands: file, and line and column as far as they are known. */
export function place({ file, document }: Manifest, path: readonly (string | number)[] = []): string {
  const position = document.position(path);
  return position ? `${file}:${position.line}:${position.column}` : file;
}

/**
 * A document that is a Kubernetes object, as far as Kubernetes' tools look at once: it has a kind.
 *
 * @throws Error that names file and line
 */
export function objectOf(manifest: Manifest): Readonly<Record<string, Json>> {
  const { value } = manifest.document;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${place(manifest)}: there is no object, with apiVersion and kind`);
  }
  const object = value as Readonly<Record<string, Json>>;
  const { apiVersion, kind } = object;
  if (typeof kind !== "string" || kind === "") throw new Error(`${place(manifest)}: the object has no kind`);
  if (typeof apiVersion === "string" && apiVersion.split("/").length > 2) {
    throw new Error(
      `${place(manifest, ["apiVersion"])}: apiVersion ${JSON.stringify(apiVersion)} has more than one slash`,
    );
  }
  return object;
}

/** Of UTF-8, or of UTF-16 where a mark at its beginning says so, as YAML may be. */
function textOf(cwd: string, file: string): string {
  const bytes = readFileSync(resolve(cwd, file));
  const encoding = ENCODINGS.find(({ mark }) => bytes.subarray(0, 2).equals(mark))?.name ?? "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`cannot read ${file}: it is not in UTF-8`, { cause: error });
  }
}

const ENCODINGS = [
  { name: "utf-16le", mark: Buffer.from([0xff, 0xfe]) },
  { name: "utf-16be", mark: Buffer.from([0xfe, 0xff]) },
];

function parsing<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line, column, problem] = /^cannot read YAML: line (\d+), column (\d+): (.*)$/s.exec(message) ?? [];
    const where = line === undefined ? file : `${file}:${line}:${column}`;
    throw new Error(`cannot read ${where}: ${problem ?? message}`, { cause: error });
  }
}
