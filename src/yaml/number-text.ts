import { goFloat } from "./go-float.js";
import { resolvePlain } from "./resolve-plain.js";

/**
 * A number as go-yaml v2 prints it, once it has read it from JSON: an integer of up to 64 bits in full, anything else as
 * a float.
 *
 * @throws Error if JSON cannot hold it
 */
export function numberText(value: number | bigint): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${value} is not JSON`);
  // JavaScript and Go write a number in JSON alike.
  const json = String(value);
  const read = resolvePlain(json);
  return typeof read === "number" ? goFloat(read) : json;
}
