import { isObject } from "../../../render/unstructured.js";
import { type JsonValue } from "../../../wire/index.js";
import { listKey } from "./list-key.js";
import { fieldShape, formOf, type ListShape, type MapShape, type ScalarType, type Shape } from "./shape.js";

/**
 * What keeps an intent from being applied, in the words of structured-merge-diff: fields that the schema does not
 * have, values of other types, and items of a list that cannot be told apart.
 */
export function check(shape: Shape, value: JsonValue, path = ""): readonly string[] {
  if (value === null) return [];
  const { list, map, scalar } = formOf(shape, value);
  if (map) return checkMap(map, value, path);
  if (scalar) return checkScalar(scalar, value, path);
  return list ? checkList(list, value, path) : [];
}

function checkMap(map: MapShape, value: JsonValue, path: string): readonly string[] {
  if (!isObject(value)) return [`${path}: expected map, got ${shown(value)}`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const shape = fieldShape(map, name);
    return shape ? check(shape, inner, `${path}.${name}`) : [`${path}.${name}: field not declared in schema`];
  });
}

function checkScalar(scalar: ScalarType, value: JsonValue, path: string): readonly string[] {
  const type = typeof value;
  if (scalar === "untyped" ? type !== "object" : type === (scalar === "numeric" ? "number" : scalar)) return [];
  return [`${path}: expected ${scalar === "untyped" ? "any scalar" : scalar}, got ${shown(value)}`];
}

function checkList(list: ListShape, value: JsonValue, path: string): readonly string[] {
  if (!Array.isArray(value)) return [`${path}: expected list, got ${shown(value)}`];
  const seen = new Set<string>();
  return (value as readonly JsonValue[]).flatMap((item, index) => {
    if (list.isAtomic) return check(list.items, item, `${path}[${index}]`);
    const key = listKey(list, item);
    if (key === undefined) return [`${path}: element ${index}: ${withoutKey(list)}`];
    const at = `${path}[${keyText(key)}]`;
    if (seen.has(key)) return [`${path}: duplicate entries for key [${keyText(key)}]`];
    seen.add(key);
    return check(list.items, item, at);
  });
}

function withoutKey({ keys }: ListShape): string {
  if (keys.length === 0) return "associative list without keys has an element that's a map type";
  return `associative list with keys has an element that omits all key fields [${keys.map((key) => JSON.stringify(key)).join(" ")}] (and doesn't have default values for any key fields)`;
}

/** `k:{"a":"b"}` as `a="b"`, `v:"c"` as `="c"`. */
function keyText(key: string): string {
  if (key.startsWith("v:")) return `=${key.slice(2)}`;
  const fields = Object.entries(JSON.parse(key.slice(2)) as object);
  return fields.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",");
}

function shown(value: JsonValue): string {
  return `&value.valueUnstructured{Value:${JSON.stringify(value)}}`;
}
