import { type JsonObject, type JsonValue } from "../wire/index.js";

// Reads and writes Kubernetes objects of which nothing is known, as apimachinery's Unstructured does: a field of a type
// that it cannot have reads as one that is absent.

/** What distinguishes kinds; all empty where the object's apiVersion cannot be read. */
export interface GVK {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export function gvkOf(object: JsonObject): GVK {
  const { apiVersion, kind } = object;
  return parseGVK(typeof apiVersion === "string" ? apiVersion : "", typeof kind === "string" ? kind : "");
}

export function parseGVK(apiVersion: string, kind: string): GVK {
  const slash = apiVersion.indexOf("/");
  if (slash < 0) return { group: "", version: apiVersion, kind };
  if (apiVersion.includes("/", slash + 1)) return { group: "", version: "", kind: "" };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind };
}

/** The apiVersion and kind of an object, both empty where its apiVersion cannot be read. */
export function typeOf(object: JsonObject): { readonly apiVersion: string; readonly kind: string } {
  const { group, version, kind } = gvkOf(object);
  return { apiVersion: group === "" ? version : `${group}/${version}`, kind };
}

const NAME = ["metadata", "name"];
const NAMESPACE = ["metadata", "namespace"];
const UID = ["metadata", "uid"];
const LABELS = ["metadata", "labels"];
const ANNOTATIONS = ["metadata", "annotations"];

export const nameOf = (object: JsonObject) => textAt(object, NAME);
export const namespaceOf = (object: JsonObject) => textAt(object, NAMESPACE);
export const uidOf = (object: JsonObject) => textAt(object, UID);
export const labelsOf = (object: JsonObject) => textsAt(object, LABELS);
export const annotationsOf = (object: JsonObject) => textsAt(object, ANNOTATIONS);

export const COMPOSITION_RESOURCE_NAME = "crossplane.io/composition-resource-name";

/** What is at a path; undefined where something on the way is no object. */
export function valueAt(object: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = object;
  for (const field of path) {
    if (!isObject(value) || !Object.hasOwn(value, field)) return undefined;
    value = value[field];
  }
  return value;
}

export function textAt(object: JsonObject, path: readonly string[]): string {
  const value = valueAt(object, path);
  return typeof value === "string" ? value : "";
}

/** A map of texts; an empty one where something in it is none. */
export function textsAt(object: JsonObject, path: readonly string[]): Readonly<Record<string, string>> {
  const value = valueAt(object, path);
  return isObject(value) && isTexts(value) ? value : {};
}

function isTexts(value: JsonObject): value is Readonly<Record<string, string>> {
  for (const key in value) if (typeof value[key] !== "string") return false;
  return true;
}

/** The objects of a list; none where it is no list. */
export function objectsAt(object: JsonObject, path: readonly string[]): readonly JsonObject[] {
  const value = valueAt(object, path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/**
 * The object with a value at a path, without it where the value is undefined; what lies between is made. Where what lies
 * between is no object, the object as it is.
 */
export function withValue(object: JsonObject, path: readonly string[], value: JsonValue | undefined): JsonObject {
  const [field = "", ...rest] = path;
  if (rest.length === 0) return withField(object, field, value);
  const child = Object.hasOwn(object, field) ? object[field] : undefined;
  if (child === undefined) return value === undefined ? object : withField(object, field, withValue({}, rest, value));
  return isObject(child) ? withField(object, field, withValue(child, rest, value)) : object;
}

function withField(object: JsonObject, field: string, value: JsonValue | undefined): JsonObject {
  if (value !== undefined) return { ...object, [field]: value };
  if (!Object.hasOwn(object, field)) return object;
  const { [field]: _, ...rest } = object;
  return rest;
}

/** The object with labels or annotations beside those that it has. */
export function withTexts(
  object: JsonObject,
  where: "labels" | "annotations",
  texts: Readonly<Record<string, string>>,
): JsonObject {
  const path = ["metadata", where];
  return withValue(object, path, { ...textsAt(object, path), ...texts });
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
