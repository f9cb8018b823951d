import { type GVK, isObject, textAt, valueAt, withValue } from "../../render/unstructured.js";
import { equal } from "../../schema/json.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";
import { ManagedFields } from "./fields/managed-fields.js";
import { type Kind } from "./kind.js";

// What of an object is written by whom, and what the API server alone writes.

export const MANAGED_FIELDS = ["metadata", "managedFields"];
export const DELETION_TIMESTAMP = ["metadata", "deletionTimestamp"];

/** What the API server alone writes in metadata. */
const SYSTEM = new Set([
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "managedFields",
  "selfLink",
]);

export const versionOf = (object: JsonObject) => textAt(object, ["metadata", "resourceVersion"]);

export function metadataOf(object: JsonObject): JsonObject {
  const { metadata } = object;
  return isObject(metadata) ? metadata : {};
}

export function generationOf(object: JsonObject): number {
  const generation = valueAt(object, ["metadata", "generation"]);
  return typeof generation === "number" ? generation : 0;
}

export function withoutSystem(metadata: JsonObject): JsonObject {
  const out: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(metadata)) if (!SYSTEM.has(name)) out[name] = value;
  return out;
}

export function unmanaged(object: JsonObject): JsonObject {
  return withValue(object, MANAGED_FIELDS, undefined);
}

/** What an update makes of an object: what the API server alone writes stays, and so does the status where it is apart. */
export function restored(kind: Kind, live: JsonObject, next: JsonObject): JsonObject {
  const metadata: Record<string, JsonValue> = { ...withoutSystem(metadataOf(next)) };
  for (const [name, value] of Object.entries(metadataOf(live))) {
    if (SYSTEM.has(name) && name !== "managedFields") metadata[name] = value;
  }
  const whole = { ...next, metadata };
  return kind.hasStatus ? withStatusOf(whole, live) : whole;
}

export function withStatusOf(object: JsonObject, other: JsonObject): JsonObject {
  return withValue(object, ["status"], other["status"]);
}

/** Whether all but metadata is the same. */
export function sameContent({ metadata: _, ...a }: JsonObject, { metadata: __, ...b }: JsonObject): boolean {
  return equal(a, b);
}

/** Who may be said to own what by who updates an object: an empty list forgets who did. */
export function managedBefore(object: JsonObject, { object: live, managed: known }: LiveFields): ManagedFields {
  const written: JsonValue | undefined = valueAt(object, MANAGED_FIELDS);
  if (written === valueAt(live, MANAGED_FIELDS)) return known;
  if (Array.isArray(written) && written.every((entry) => isObject(entry) && Object.keys(entry).length === 0)) {
    if (written.length <= 1) return ManagedFields.none;
  }
  const managed = ManagedFields.of(object);
  return managed.isEmpty ? known : managed;
}

/** An object that lives, and who owns what of it. */
interface LiveFields {
  readonly object: JsonObject;
  readonly managed: ManagedFields;
}

export function inVersion(object: JsonObject, { group, version }: GVK): JsonObject {
  const apiVersion = group === "" ? version : `${group}/${version}`;
  return version === "" || object["apiVersion"] === apiVersion ? object : { ...object, apiVersion };
}
