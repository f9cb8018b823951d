import { type Fields, FieldsBelow, hasBelow, isMember } from "./fields.js";
import { fieldShape, type Shape } from "./shape.js";

/** A set with each named field of which it has something below: a struct is not left without what it is in. */
export function complete(shape: Shape | undefined, fields: Fields | undefined): Fields | undefined {
  return completed(shape, fields, false);
}

function completed(shape: Shape | undefined, fields: Fields | undefined, isNamed: boolean): Fields | undefined {
  if (!fields || !hasBelow(fields)) return fields;
  const out = new FieldsBelow();
  for (const [key, child] of Object.entries(fields)) {
    if (key === ".") continue;
    const name = key.startsWith("f:") ? key.slice(2) : undefined;
    const isField = name !== undefined && (shape?.map?.fields.has(name) ?? false);
    out.add(key, completed(childShape(shape, key, name), child, isField));
  }
  return out.end(isNamed || isMember(fields));
}

function childShape(shape: Shape | undefined, key: string, name: string | undefined): Shape | undefined {
  if (name !== undefined) return shape?.map && fieldShape(shape.map, name);
  return key.startsWith("k:") ? shape?.list?.items : undefined;
}
