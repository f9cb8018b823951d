import { randomUUID } from "node:crypto";
import { type ReportEntry } from "./report-entry.js";

/**
 * The report of `--output json`. Integers beyond 2^53 keep all their digits.
 *
 * @param gone what there was, and none of the XRs has any more
 */
export function toJSON(results: readonly ReportEntry[], gone: string): string {
  // Before the digits of an integer that a number cannot hold; no text has it.
  const mark = randomUUID();
  const text = JSON.stringify(
    { results, gone },
    (_, value: unknown) => (typeof value === "bigint" ? `${mark}${value}` : value),
    2,
  );
  return `${text.replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1")}\n`;
}
