import { isObject } from "../../../render/unstructured.js";
import { type JsonObject, type JsonValue } from "../../../wire/index.js";
import { below, type Fields, hasBelow, isMember } from "./fields.js";
import { listKey } from "./list-key.js";
import { fieldShape, formOf, type ListShape, type MapShape, type Shape } from "./shape.js";

/**
 * A value without some of its fields. A map or list of which nothing is left becomes null, as in structured-merge-diff
 * 6.3.0: so the API server of Kubernetes 1.35 refuses an intent that empties a map which others have no part in.
 */
export function remove(shape: Shape, value: JsonValue, fields: Fields | undefined): JsonValue {
  if (!hasBelow(fields)) return value;
  const { list, map, scalar } = formOf(shape, value);
  if (map) return map.isAtomic || !isObject(value) ? null : removeFromMap(map, value, fields);
  if (scalar || !list) return value;
  return list.isAtomic || !Array.isArray(value) ? null : removeFromList(list, value, fields);
}

function removeFromMap(map: MapShape, value: JsonObject, fields: Fields): JsonObject | null {
  const out: Record<string, JsonValue> = {};
  for (const [name, inner] of Object.entries(value)) {
    const gone = below(fields, `f:${name}`);
    if (isMember(gone)) continue;
    const shape = fieldShape(map, name);
    out[name] = shape ? remove(shape, inner, gone) : inner;
  }
  return Object.keys(out).length > 0 ? out : null;
}

function removeFromList(list: ListShape, value: readonly JsonValue[], fields: Fields): readonly JsonValue[] | null {
  const out = value.flatMap((item) => {
    const key = listKey(list, item);
    const gone = key === undefined ? undefined : below(fields, key);
    return isMember(gone) ? [] : [remove(list.items, item, gone)];
  });
  return out.length > 0 ? out : null;
}
