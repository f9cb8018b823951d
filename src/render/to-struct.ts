import { type JsonValue } from "../wire/index.js";
import { type Json } from "../yaml/index.js";

/** What is left of a value on the way to a function: protobuf's Struct has doubles alone for numbers. */
export function toStruct(value: Json): JsonValue {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(toStruct);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toStruct(entry as Json)]));
}
