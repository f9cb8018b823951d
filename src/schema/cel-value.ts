import { escapeName } from "./cel-name.js";
import { identity } from "./correlate.js";
import { parseDuration } from "./format-time.js";
import { canonical, isRecord } from "./json.js";
import { childOf, type OpenAPI } from "./openapi.js";
import { isVisible, typesOf } from "./types.js";

/**
 * A value as CEL sees it through its schema: integers as bigint, timestamps, durations and bytes by their formats,
 * properties under escaped names, and nothing that the schema does not know.
 */
export function celValue(schema: OpenAPI, value: unknown, duration: (nanoseconds: bigint) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => celValue(schema.items ?? {}, item, duration));
  if (isRecord(value)) return celObject(schema, value, duration);
  if (typeof value === "string") return celText(schema, value, duration);
  const integer = typeof value === "number" && Number.isInteger(value) && typesOf(schema).includes("integer");
  return integer ? BigInt(value) : value;
}

function celObject(
  schema: OpenAPI,
  value: Readonly<Record<string, unknown>>,
  duration: (nanoseconds: bigint) => unknown,
): Readonly<Record<string, unknown>> {
  const embedded = schema["x-kubernetes-embedded-resource"] === true;
  const fields = embedded || schema.properties !== undefined;
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    const child = embedded && Object.hasOwn(OF_ANY_OBJECT, key) ? OF_ANY_OBJECT[key] : childOf(schema, key);
    // To CEL a property that is null is not there.
    if (!child || !isVisible(child) || (fields && value[key] === null)) continue;
    entries.push([fields ? escapeName(key) : key, celValue(child, value[key], duration)]);
  }
  return Object.fromEntries(entries);
}

/** What rules see of any object, whatever its schema says. */
const OF_ANY_OBJECT: Readonly<Record<string, OpenAPI>> = {
  apiVersion: { type: "string" },
  kind: { type: "string" },
  metadata: { type: "object", properties: { name: { type: "string" }, generateName: { type: "string" } } },
};

function celText(schema: OpenAPI, value: string, duration: (nanoseconds: bigint) => unknown): unknown {
  if (schema.format === "byte") return Buffer.from(value, "base64");
  if (schema.format === "date" || schema.format === "date-time") {
    const time = new Date(value.toUpperCase());
    return Number.isNaN(time.getTime()) ? value : time;
  }
  const nanoseconds = schema.format === "duration" ? parseDuration(value) : undefined;
  return nanoseconds === undefined ? value : duration(nanoseconds);
}

/** A value with its lists of type set and map in one order, since CEL compares them without. */
export function inOrder(schema: OpenAPI, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => inOrder(schema.items ?? {}, item));
    const type = schema["x-kubernetes-list-type"];
    const keys = schema["x-kubernetes-list-map-keys"] ?? [];
    if (type === "set") return sortedBy(items, canonical);
    return type === "map" ? sortedBy(items, (item) => identity(keys, item)) : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.keys(value).map((key) => [key, inOrder(childOf(schema, key) ?? {}, value[key])] as const);
  return Object.fromEntries(entries);
}

function sortedBy(items: readonly unknown[], text: (item: unknown) => string): readonly unknown[] {
  return items
    .map((item) => ({ item, text: text(item) }))
    .sort((a, b) => Number(a.text > b.text) - Number(a.text < b.text))
    .map(({ item }) => item);
}
