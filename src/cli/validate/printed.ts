import { printJSON } from "./print-json.js";
import { printJUnit } from "./print-junit.js";
import { printText } from "./print-text.js";
import { type Report } from "./report.js";

export interface PrintOptions {
  readonly format: "text" | "json" | "junit";
  /** Whether what is unchecked or dropped fails. */
  readonly isStrict: boolean;
  /** For text alone. */
  readonly isColored: boolean;
}

/** A report as it goes to stdout. */
export function printed(report: Report, { format, isColored, isStrict }: PrintOptions): string {
  if (format === "json") return printJSON(report, isStrict);
  if (format === "junit") return printJUnit(report, isStrict);
  return printText(report, isColored);
}
