import { type JsonValue } from "../../../wire/index.js";
import { complete } from "./complete.js";
import { difference, type Fields, hasBelow, intersection, union } from "./fields.js";
import { fieldsOf } from "./fields-of.js";
import { remove } from "./remove.js";
import { type Shape } from "./shape.js";

/**
 * Removes what a manager applied last time and does not apply any more, unless somebody else owns it or something below
 * it.
 *
 * @param last what the manager owned
 * @param owned what everybody owns now, the manager included
 */
export function prune(shape: Shape, merged: JsonValue, last: Fields | undefined, owned: Fields | undefined): JsonValue {
  if (!hasBelow(last)) return merged;
  const all = complete(shape, fieldsOf(shape, merged));
  const lost = complete(shape, last);
  const bare = remove(shape, merged, lost);
  const kept = union(complete(shape, fieldsOf(shape, bare)), complete(shape, owned));
  const withOwned = remove(shape, merged, difference(all, kept));
  const left = complete(shape, fieldsOf(shape, withOwned));
  return remove(shape, merged, intersection(difference(all, left), lost));
}
