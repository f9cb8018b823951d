import { type ReportEntry } from "./report-entry.js";

/** The report of `--output json`. Integers beyond 2^53 keep all their digits. */
export function toJSON(results: readonly ReportEntry[]): string {
  const text = JSON.stringify(
    { results },
    (_, value: unknown) => (typeof value === "bigint" ? `${MARK}${value}` : value),
    2,
  );
  return `${text.replace(new RegExp(`"${MARK}(-?\\d+)"`, "g"), "$1")}\n`;
}

/** Before the digits of an integer that a number cannot hold; no text begins so. */
const MARK = "\ue000integer:";
