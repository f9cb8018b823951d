import { type FieldsV1, type ManagedFieldsEntry } from "../../../src/resource/resource.js";
import { changedFields } from "../../../src/simulate/timeline/changed-fields.js";
import { type JsonObject } from "../../../src/wire/index.js";
import { type WatchEvent } from "../control-plane/watch.js";

/**
 * The field manager that has made a change, as far as can be seen from outside: a watch does not say. One whose entry
 * changed, or who owns what changed; Crossplane before a provider, where it can be both.
 */
export function managerOf({ object, before }: WatchEvent): string {
  const entries = object.metadata.managedFields ?? [];
  const known = new Set((before?.metadata.managedFields ?? []).map((entry) => JSON.stringify(entry)));
  const changed = entries.filter((entry) => !known.has(JSON.stringify(entry)));
  const touched = changed.length > 0 ? changed : ownersOfChange(entries, { object, before });
  return (touched.find(isCrossplanes) ?? touched[0])?.manager ?? "unknown";
}

const isCrossplanes = ({ manager }: ManagedFieldsEntry) => manager?.startsWith("apiextensions.crossplane.io/") ?? false;

function ownersOfChange(
  entries: readonly ManagedFieldsEntry[],
  { object, before }: Pick<WatchEvent, "object" | "before">,
): readonly ManagedFieldsEntry[] {
  const [path] = changedFields((before ?? {}) as JsonObject, object as unknown as JsonObject);
  if (path === undefined) return [];
  return entries.filter(({ fieldsV1 = {} }) => owns(fieldsV1, path.split(".")));
}

function owns(fields: FieldsV1, [field, ...rest]: readonly string[]): boolean {
  if (field === undefined) return true;
  const below = fields[`f:${field}`];
  // Below a list, or an atomic value, there is nothing to tell apart.
  return below !== undefined && (Object.keys(below).length === 0 || owns(below, rest));
}
