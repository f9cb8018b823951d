import { isObject } from "../../../render/unstructured.js";
import { type JsonValue } from "../../../wire/index.js";
import { type ListShape } from "./shape.js";

/**
 * What tells an item of a list that is not atomic from the others, as a key of {@link import("./fields.js").Fields};
 * undefined where nothing does: no key, or no scalar in a set.
 */
export function listKey(list: ListShape, item: JsonValue): string | undefined {
  if (list.keys.length === 0) return typeof item === "object" ? undefined : `v:${encode(item)}`;
  if (!isObject(item)) return undefined;
  const parts: string[] = [];
  for (const key of [...list.keys].sort()) {
    const value = Object.hasOwn(item, key) ? item[key] : list.keyDefaults[key];
    if (value !== undefined) parts.push(`${JSON.stringify(key)}:${encode(value)}`);
  }
  return parts.length > 0 ? `k:{${parts.join()}}` : undefined;
}

/** As Go writes JSON: what HTML could misread is escaped. */
function encode(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
