import { type OpenAPI } from "../../../schema/openapi.js";
import { type JsonValue } from "../../../wire/index.js";
import { METADATA } from "./metadata-shape.js";
import { BOOLEAN, DEDUCED, type ListShape, type MapShape, NUMBER, type Shape, STRING } from "./shape.js";

/**
 * The shape of the objects of a kind that a CRD's schema defines, as the API server makes one for server-side apply: what
 * is left open is merged by what it turns out to be.
 */
export function shapeOfSchema(schema: OpenAPI): Shape {
  return shapeOf({ ...schema, "x-kubernetes-embedded-resource": true }, false);
}

/** `open` is whether unknown fields are kept, there or further up. */
function shapeOf(schema: OpenAPI | undefined, open: boolean): Shape {
  // In the CRDs of others, additionalProperties may be a boolean.
  if (typeof schema !== "object") return DEDUCED;
  const isOpen = open || schema["x-kubernetes-preserve-unknown-fields"] === true;
  switch (schema.type) {
    case "object":
      return { map: mapShape(schema, isOpen) };
    case "array":
      return { list: listShape(schema, isOpen) };
    case "string":
      return schema.format === undefined || schema.format === "" || schema.format === "byte"
        ? STRING
        : { scalar: "untyped" };
    case "integer":
    case "number":
      return NUMBER;
    case "boolean":
      return BOOLEAN;
    default:
      return { scalar: "untyped", list: listShape(schema, isOpen), map: mapShape(schema, isOpen) };
  }
}

function mapShape(schema: OpenAPI, isOpen: boolean): MapShape {
  const { additionalProperties } = schema;
  const entries = Object.entries(schema.properties ?? {}).map(([name, child]): [string, Shape] => [
    name,
    shapeOf(child, isOpen),
  ]);
  const fields = new Map(entries);
  if (schema["x-kubernetes-embedded-resource"] === true) {
    fields.set("apiVersion", STRING).set("kind", STRING).set("metadata", METADATA);
  }
  const isDeduced = additionalProperties === undefined && (isOpen || fields.size === 0);
  const more = additionalProperties === undefined ? undefined : shapeOf(additionalProperties, isOpen);
  return {
    isAtomic: schema["x-kubernetes-map-type"] === "atomic",
    fields,
    more: isDeduced ? DEDUCED : more,
  };
}

function listShape(schema: OpenAPI, isOpen: boolean): ListShape {
  const type = schema["x-kubernetes-list-type"] ?? "atomic";
  const keys = type === "map" ? (schema["x-kubernetes-list-map-keys"] ?? []) : [];
  const keyDefaults: Record<string, JsonValue> = {};
  for (const key of keys) {
    const initial = schema.items?.properties?.[key]?.default;
    if (initial !== undefined) keyDefaults[key] = initial as JsonValue;
  }
  return { isAtomic: type === "atomic", keys, keyDefaults, items: shapeOf(schema.items, isOpen) };
}
