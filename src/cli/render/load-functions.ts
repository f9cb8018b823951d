import { dirname, resolve } from "node:path";
import { type Json } from "../../yaml/index.js";
import { loading } from "./loading.js";
import { type Manifest, objectOf, place, readStream } from "./manifest-file.js";

/** A Function, as far as it says how to reach it. */
export interface FunctionManifest {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** The folder of its file, from where paths in its annotations start. */
  readonly folder: string;
}

/**
 * The Functions of a file or folder, with annotations over their own.
 *
 * @param overrides each `key=value`
 * @throws Error where something else is among them
 */
export function loadFunctions(cwd: string, path: string, overrides: readonly string[]): readonly FunctionManifest[] {
  const functions = loading("functions", path, () => readStream(cwd, path).map((each) => readFunction(each, cwd)));
  const over = functions.length === 0 ? {} : Object.fromEntries(overrides.map(annotation));
  const folder = over[PACKAGE] === undefined ? {} : { folder: cwd };
  return functions.map((each) => ({ ...each, ...folder, annotations: { ...each.annotations, ...over } }));
}

const RUNTIME = "render.crossplane.io/runtime";
const PACKAGE = "render.trimtab.dev/package";
const TARGET = "render.crossplane.io/runtime-development-target";

/**
 * Where a Function listens; undefined where it would have to be run in a container.
 *
 * @throws Error where it asks for a runtime that there is not
 */
export function targetOf({ name, annotations }: FunctionManifest): string | undefined {
  const runtime = annotations[RUNTIME] ?? "";
  if (runtime === "Development") return annotations[TARGET] || "localhost:9443";
  if (runtime === "" || runtime === "Docker") return undefined;
  throw new Error(
    `cannot run the Function ${name}: its annotation ${RUNTIME} is ${JSON.stringify(runtime)}; it must be Development`,
  );
}

/**
 * The package that a Function is to be run from, for one that listens nowhere: a path, if it begins with a dot or a slash
 * or ends as an archive does, or else a reference in a registry; undefined where it says of none.
 */
export function packageOf({ annotations, folder }: FunctionManifest): string | undefined {
  const source = annotations[PACKAGE] || undefined;
  return source !== undefined && /^[./]|\.(xpkg|tar)$/.test(source) ? resolve(folder, source) : source;
}

function readFunction(manifest: Manifest, cwd: string): FunctionManifest {
  const { apiVersion, kind, metadata } = objectOf(manifest);
  const { name, annotations } = fields(metadata);
  if (kind !== "Function" || (apiVersion !== "pkg.crossplane.io/v1" && apiVersion !== "pkg.crossplane.io/v1beta1")) {
    throw new Error(`${place(manifest)}: not a function: ${String(kind)} ${String(name)} of ${String(apiVersion)}`);
  }
  const texts = Object.entries(fields(annotations)).map(([key, value]) => [key, value === null ? "" : String(value)]);
  return {
    name: name == null ? "" : String(name),
    annotations: Object.fromEntries(texts),
    folder: dirname(resolve(cwd, manifest.file)),
  };
}

function annotation(pair: string): readonly [string, string] {
  const equals = pair.indexOf("=");
  if (equals < 0) throw new Error(`invalid function annotation format ${JSON.stringify(pair)}, expected key=value`);
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

function fields(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, Json>>) : {};
}
