import { element, escaped } from "../xml.js";
import { lines } from "./explain.js";
import { type ReportEntry } from "./report-entry.js";

/** A report as JUnit XML: one test case an XR, which fails where it could not be rendered, what is composed is refused, or it differs. */
export function printJUnit(entries: readonly ReportEntry[]): string {
  const failed = entries.filter((entry) => reasonsOf(entry).length > 0).length;
  const counts = { tests: String(entries.length), failures: String(failed), errors: "0", skipped: "0" };
  const suite = element("testsuite", { name: "trimtab render", ...counts }, entries.map(testCase).join(""));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: "trimtab render", ...counts }, suite)}`;
}

function testCase(entry: ReportEntry): string {
  const { file, xr, outcome } = entry;
  const reasons = reasonsOf(entry);
  const name = `${xr.kind} ${xr.namespace ? `${xr.namespace}/` : ""}${xr.name}`;
  const told = lines(entry).join("\n");
  const body = [
    reasons.length > 0
      ? element("failure", { message: firstLine(reasons), type: outcome }, escaped(reasons.join("\n")))
      : "",
    told ? element("system-out", {}, escaped(told)) : "",
  ];
  return element("testcase", { name, classname: file, file }, body.join(""));
}

function reasonsOf({ error, problems, difference }: ReportEntry): readonly string[] {
  return [error, ...problems, difference && `differs:\n${difference}`].filter((reason) => reason !== "");
}

function firstLine([reason = ""]: readonly string[]): string {
  return reason.split("\n", 1)[0] ?? "";
}
