import { isRecord } from "../schema/json.js";

/**
 * A value with a number for each bigint, since schemas are checked with numbers. What 64 bits hold stays within them;
 * what is larger is to the API server a number that is no integer. Shares with the input what did not change.
 */
export function plainNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return nearest(value);
  if (Array.isArray(value)) {
    const items = value.map(plainNumbers);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, plainNumbers(inner)] as const);
  return entries.every(([key, inner]) => inner === value[key]) ? value : Object.fromEntries(entries);
}

const LARGEST = 2n ** 63n - 1n;

/** The largest number below 2^63. */
const LARGEST_NUMBER = 2 ** 63 - 1024;

function nearest(value: bigint): number {
  return value <= LARGEST && value > BigInt(LARGEST_NUMBER) ? LARGEST_NUMBER : Number(value);
}
