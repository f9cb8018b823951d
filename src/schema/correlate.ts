import { canonical, equal, isRecord } from "./json.js";
import { childOf, type OpenAPI } from "./openapi.js";

/** What a field was before an update; undefined if it was not there, or nothing was. */
export function oldField(old: unknown, key: string): unknown {
  return isRecord(old) && Object.hasOwn(old, key) ? old[key] : undefined;
}

/** What the items of a list were before an update. Only lists of type map can tell, by the keys of their items. */
export function oldItems(schema: OpenAPI, old: unknown): (item: unknown) => unknown {
  const keys = schema["x-kubernetes-list-map-keys"];
  if (schema["x-kubernetes-list-type"] !== "map" || !keys || !Array.isArray(old)) return () => undefined;
  const known = new Map<string, unknown>();
  for (const item of old) {
    if (isKeyed(keys, item) && !known.has(identity(keys, item))) known.set(identity(keys, item), item);
  }
  return (item) => (isKeyed(keys, item) ? known.get(identity(keys, item)) : undefined);
}

/** What tells an item of a list of type map from the others: the same text for the same keys. */
export function identity(keys: readonly string[], item: unknown): string {
  if (!isRecord(item)) return "[]";
  return canonical(keys.filter((key) => Object.hasOwn(item, key)).map((key) => [key, item[key]]));
}

function isKeyed(keys: readonly string[], item: unknown): item is Readonly<Record<string, unknown>> {
  return isRecord(item) && keys.every((key) => ["string", "number", "boolean"].includes(typeof item[key]));
}

/**
 * Whether an update left a value as it was, in the eyes of the API server: the order of a list of type map does not
 * matter, and what the schema does not know of it cannot compare.
 */
export function unchanged(schema: OpenAPI, value: unknown, old: unknown): boolean {
  if (Array.isArray(value) && Array.isArray(old) && schema["x-kubernetes-list-type"] === "map") {
    const before = oldItems(schema, old);
    return value.length === old.length && value.every((item) => unchanged(schema.items ?? {}, item, before(item)));
  }
  if (!isRecord(value) || !isRecord(old)) return equal(value, old);
  const keys = Object.keys(value);
  if (keys.length !== Object.keys(old).length) return false;
  return keys.every((key) => {
    const child = childOf(schema, key);
    return child !== undefined && Object.hasOwn(old, key) && unchanged(child, value[key], old[key]);
  });
}
