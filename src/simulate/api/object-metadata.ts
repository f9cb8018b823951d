import { isObject, objectsAt, valueAt, withValue } from "../../render/unstructured.js";
import { metaProblems, readMeta } from "../../schema/object-meta.js";
import { type Problem } from "../../schema/problem.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";

/** An object with its metadata as the API server keeps it: without what it does not know, and without what is empty. */
export function readMetadata(object: JsonObject): JsonObject {
  const metadata = readMeta(object["metadata"] ?? {}, "metadata", []);
  if (!isObject(metadata as JsonValue)) return object;
  const entries = Object.entries(metadata as JsonObject);
  const kept = entries.filter(([, value]) => !isEmpty(value));
  if (kept.length === entries.length && metadata === object["metadata"]) return object;
  return { ...object, metadata: Object.fromEntries(kept) };
}

/** What the API server refuses in metadata, beside what {@link metaProblems} finds in the metadata of custom resources. */
export function metadataProblems(object: JsonObject, old: JsonObject | undefined): readonly Problem[] {
  return [...twoControllers(object), ...(old ? newFinalizers(object, old) : [])];
}

/** What is wrong with metadata as such. */
export function wrongMetadata(object: JsonObject): readonly Problem[] {
  return metaProblems(object["metadata"], "metadata");
}

export function finalizersOf(object: JsonObject): readonly string[] {
  const finalizers = valueAt(object, ["metadata", "finalizers"]);
  return Array.isArray(finalizers) ? finalizers.filter((name) => typeof name === "string") : [];
}

/** An object with these finalizers; without the field where there are none. */
export function withFinalizers(object: JsonObject, finalizers: readonly string[]): JsonObject {
  return withValue(object, ["metadata", "finalizers"], finalizers.length > 0 ? finalizers : undefined);
}

/** The name of a finalizer by which the garbage collector deletes what an object owns before the object goes. */
export const FOREGROUND = "foregroundDeletion";
/** The name of a finalizer by which the garbage collector leaves what an object owns to itself. */
export const ORPHAN = "orphan";

function isEmpty(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === "" || (isObject(value) && Object.keys(value).length === 0);
}

function twoControllers(object: JsonObject): readonly Problem[] {
  const controllers = objectsAt(object, ["metadata", "ownerReferences"]).filter(
    ({ controller }) => controller === true,
  );
  const [first, second] = controllers.map(({ kind, name }) => `${String(kind)}/${String(name)}`);
  if (first === undefined || second === undefined) return [];
  const message = `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`;
  return [{ path: "metadata.ownerReferences", message }];
}

function newFinalizers(object: JsonObject, old: JsonObject): readonly Problem[] {
  if (valueAt(old, ["metadata", "deletionTimestamp"]) === undefined) return [];
  const known = finalizersOf(old);
  const added = finalizersOf(object).filter((name) => !known.includes(name));
  if (added.length === 0) return [];
  const names = [...added].sort().map((name) => JSON.stringify(name));
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${names.join(", ")}}`;
  return [{ path: "metadata.finalizers", message }];
}
