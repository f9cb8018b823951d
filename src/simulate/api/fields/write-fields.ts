import { equal } from "../../../schema/json.js";
import { type JsonObject } from "../../../wire/index.js";
import { type Comparison, compare } from "./compare.js";
import { difference, type Fields, intersection, LEAF, union, without } from "./fields.js";
import { fieldsOf } from "./fields-of.js";
import { type ManagedFields, type Manager } from "./managed-fields.js";
import { merge } from "./merge.js";
import { prune } from "./prune.js";
import { type Shape } from "./shape.js";

/** A write of an object whose managedFields are kept. */
export interface Write {
  readonly shape: Shape;
  readonly by: Manager;
  readonly now: string;
  /** Top-level fields that this way of writing does not write. */
  readonly ignored: readonly string[];
}

/** Who owns what after an object was replaced: the manager owns what is different. Both are without managedFields. */
export function updated(live: JsonObject, next: JsonObject, managed: ManagedFields, write: Write): ManagedFields {
  const { shape, by, now } = write;
  const change = ignoring(compare(shape, live, next), write);
  const others = take(managed, change);
  const fields = difference(union(change.modified, change.added), STRIPPED);
  if (fields === undefined) return others;
  return others.with({ ...by, time: now, fields: union(fields, others.get(by)?.fields) });
}

/** What an object is, and who owns what in it, after an intent was applied by force. `live` is without managedFields. */
export function applied(
  live: JsonObject,
  intent: JsonObject,
  managed: ManagedFields,
  write: Write,
): { readonly object: JsonObject; readonly managed: ManagedFields } {
  const { shape, by, now, ignored } = write;
  const last = managed.get(by);
  const fields = without(fieldsOf(shape, intent), ignored);
  const merged = merge(shape, live, intent) as JsonObject;
  const isLess = difference(last?.fields, fields) !== undefined;
  const owned = () =>
    managed
      .with({ ...by, fields })
      .fields()
      .reduce(union, undefined);
  const object = isLess ? (prune(shape, merged, last?.fields, owned()) as JsonObject) : merged;
  const others = take(managed, ignoring(compare(shape, live, object), write), by);
  const time = equal(live, object) ? last?.time : now;
  return { object, managed: others.with({ ...by, time, fields: difference(fields, STRIPPED) }) };
}

/** Takes from the managers what has changed, and what is there no more. */
function take(managed: ManagedFields, { added, modified, removed }: Comparison, but?: Manager): ManagedFields {
  const changed = union(modified, added);
  if (changed === undefined && removed === undefined) return managed;
  return managed.map((fields) => difference(difference(fields, intersection(fields, changed)), removed), but);
}

function ignoring({ added, modified, removed }: Comparison, { ignored }: Write): Comparison {
  return {
    added: without(added, ignored),
    modified: without(modified, ignored),
    removed: without(removed, ignored),
  };
}

/** What nobody owns. */
const STRIPPED: Fields = {
  "f:apiVersion": LEAF,
  "f:kind": LEAF,
  "f:metadata": {
    ".": LEAF,
    "f:name": LEAF,
    "f:namespace": LEAF,
    "f:creationTimestamp": LEAF,
    "f:selfLink": LEAF,
    "f:uid": LEAF,
    "f:clusterName": LEAF,
    "f:generation": LEAF,
    "f:managedFields": LEAF,
    "f:resourceVersion": LEAF,
  },
};
