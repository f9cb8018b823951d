import { type Json } from "../../yaml/index.js";
import { loading } from "./loading.js";
import { type Manifest, objectOf, place, readStream } from "./manifest-file.js";

/** A Function, as far as it says how to reach it. */
export interface FunctionManifest {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * The Functions of a file or folder, with annotations over their own.
 *
 * @param overrides each `key=value`
 * @throws Error where something else is among them
 */
export function loadFunctions(cwd: string, path: string, overrides: readonly string[]): readonly FunctionManifest[] {
  const functions = loading("functions", path, () => readStream(cwd, path).map(readFunction));
  const over = functions.length === 0 ? {} : Object.fromEntries(overrides.map(annotation));
  return functions.map(({ name, annotations }) => ({ name, annotations: { ...annotations, ...over } }));
}

const RUNTIME = "render.crossplane.io/runtime";
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

function readFunction(manifest: Manifest): FunctionManifest {
  const { apiVersion, kind, metadata } = objectOf(manifest);
  const { name, annotations } = fields(metadata);
  if (kind !== "Function" || (apiVersion !== "pkg.crossplane.io/v1" && apiVersion !== "pkg.crossplane.io/v1beta1")) {
    throw new Error(`${place(manifest)}: not a function: ${String(kind)} ${String(name)} of ${String(apiVersion)}`);
  }
  const texts = Object.entries(fields(annotations)).map(([key, value]) => [key, value === null ? "" : String(value)]);
  return { name: name == null ? "" : String(name), annotations: Object.fromEntries(texts) };
}

function annotation(pair: string): readonly [string, string] {
  const equals = pair.indexOf("=");
  if (equals < 0) throw new Error(`invalid function annotation format ${JSON.stringify(pair)}, expected key=value`);
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

function fields(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, Json>>) : {};
}
