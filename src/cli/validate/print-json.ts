import { passes, type Report } from "./report.js";

/** A {@link Report} as JSON, with `passed`: whether the exit code is 0. Fields are added to it, and never change. */
export function printJSON({ objects, summary }: Report, isStrict: boolean): string {
  const passed = passes(summary, isStrict);
  return `${JSON.stringify({ passed, summary, objects }, undefined, 2)}\n`;
}
