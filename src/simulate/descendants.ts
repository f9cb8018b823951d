import { objectsAt, textAt, uidOf } from "../render/unstructured.js";
import { type JsonObject } from "../wire/index.js";

/** The uids of objects, and of all that they own, and that those own. */
export function descendants(roots: readonly JsonObject[], all: Iterable<JsonObject>): ReadonlySet<string> {
  const owned = new Map<string, string[]>();
  for (const object of all) {
    for (const owner of objectsAt(object, ["metadata", "ownerReferences"])) {
      const uid = textAt(owner, ["uid"]);
      owned.set(uid, [...(owned.get(uid) ?? []), uidOf(object)]);
    }
  }
  const found = new Set(roots.map(uidOf));
  for (const uid of found) for (const below of owned.get(uid) ?? []) found.add(below);
  return found;
}
