import { isObject, valueAt } from "../../render/unstructured.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";
import { isManifest, isReferenceField } from "./reference-fields.js";

/** What a managed resource asks for: `spec.forProvider` without its references. */
export function parametersOf(object: JsonObject): JsonObject {
  return withoutReferences(fieldOf(object, "forProvider"));
}

/** What it asks for when it is created: `spec.initProvider`, and `spec.forProvider` over it. */
export function initialParametersOf(object: JsonObject): JsonObject {
  return merged(initProviderOf(object), parametersOf(object));
}

export function initProviderOf(object: JsonObject): JsonObject {
  return withoutReferences(fieldOf(object, "initProvider"));
}

/** Values with others over them, field by field; a list replaces a list. */
export function merged(under: JsonObject, over: JsonObject): JsonObject {
  const fields = Object.entries(over).map(([field, value]) => {
    const below = under[field];
    return [field, isObject(below) && isObject(value) ? merged(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(fields) };
}

/** Of values those fields that a shape has as well. */
export function restricted(values: JsonObject, shape: JsonObject): JsonObject {
  const fields = Object.entries(values).filter(([field]) => Object.hasOwn(shape, field));
  return Object.fromEntries(
    fields.map(([field, value]) => {
      const within = shape[field];
      return [field, isObject(value) && isObject(within) ? restricted(value, within) : value];
    }),
  );
}

function fieldOf(object: JsonObject, field: string): JsonObject {
  const value = valueAt(object, ["spec", field]);
  return isObject(value) ? value : {};
}

function withoutReferences(parameters: JsonObject): JsonObject {
  const fields = Object.entries(parameters).filter(([field, value]) => !isReferenceField(field, value));
  return Object.fromEntries(fields.map(([field, value]) => [field, within(value)]));
}

function within(value: JsonValue): JsonValue {
  if (isObject(value)) return isManifest(value) ? value : withoutReferences(value);
  return Array.isArray(value) ? value.map(within) : value;
}
