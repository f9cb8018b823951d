import { isObject } from "../../../render/unstructured.js";
import { type JsonObject, type JsonValue } from "../../../wire/index.js";
import { type Fields, FieldsBelow, LEAF } from "./fields.js";
import { listKey } from "./list-key.js";
import { fieldShape, formOf, type ListShape, type MapShape, type Shape } from "./shape.js";

/** The fields that a value has: who applies it owns them. */
export function fieldsOf(shape: Shape, value: JsonValue): Fields | undefined {
  const { list, map, scalar } = formOf(shape, value);
  if (map) return fieldsOfMap(map, value);
  if (scalar) return LEAF;
  return list && fieldsOfList(list, value);
}

function fieldsOfMap(map: MapShape, value: JsonValue): Fields | undefined {
  if (map.isAtomic) return LEAF;
  const out = new FieldsBelow();
  if (!isObject(value)) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const shape = fieldShape(map, name);
    if (!shape) continue;
    const fields = fieldsOf(shape, inner);
    const isOwnField = !map.fields.has(name) || inner === null || isEmptyMap(inner);
    out.add(`f:${name}`, isOwnField ? withSelf(fields) : fields);
  }
  return out.end(false);
}

function fieldsOfList(list: ListShape, value: JsonValue): Fields | undefined {
  if (list.isAtomic) return LEAF;
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly JsonValue[];
  const out = new FieldsBelow();
  const seen = new Set<string>();
  for (const item of items) {
    const key = listKey(list, item);
    if (key === undefined) continue;
    out.add(key, seen.has(key) ? LEAF : withSelf(fieldsOf(list.items, item)));
    seen.add(key);
  }
  return out.end(false);
}

function withSelf(fields: Fields | undefined): Fields {
  if (fields === undefined || Object.keys(fields).length === 0) return LEAF;
  return { ".": LEAF, ...fields };
}

function isEmptyMap(value: JsonValue): value is JsonObject {
  return isObject(value) && Object.keys(value).length === 0;
}
