import { type Json } from "../yaml/index.js";

type JsonRecord = Readonly<Record<string, Json>>;

/** A value over another: maps field by field, everything else as a whole, null and what is empty too. */
export function merge(base: Json | undefined, over: Json): Json {
  if (!isRecord(base) || !isRecord(over)) return over;
  const fields = Object.entries(over).map(
    ([key, value]) => [key, merge(Object.hasOwn(base, key) ? base[key] : undefined, value)] as const,
  );
  return { ...base, ...Object.fromEntries(fields) };
}

function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
