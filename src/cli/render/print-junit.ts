import { element, escaped } from "../xml.js";
import { lines } from "./explain.js";
import { nameOf, type ReportEntry } from "./report-entry.js";

/**
 * A report as JUnit XML: one test case an XR, which fails where it could not be rendered, what is composed is refused, or
 * it differs.
 *
 * @param gone what there was, and none of the XRs has any more: one more test case, if there is anything
 */
export function printJUnit(entries: readonly ReportEntry[], gone: string): string {
  const cases = [...entries.map(testCase), ...(gone ? [goneCase(gone)] : [])];
  const failed = entries.filter((entry) => reasonsOf(entry).length > 0).length + (gone ? 1 : 0);
  const counts = { tests: String(cases.length), failures: String(failed), errors: "0", skipped: "0" };
  const suite = element("testsuite", { name: "trimtab render", ...counts }, cases.join(""));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: "trimtab render", ...counts }, suite)}`;
}

function testCase(entry: ReportEntry): string {
  const { file, outcome } = entry;
  const reasons = reasonsOf(entry);
  const told = lines(entry).join("\n");
  const body = [
    reasons.length > 0
      ? element("failure", { message: firstLine(reasons), type: outcome }, escaped(reasons.join("\n")))
      : "",
    told ? element("system-out", {}, escaped(told)) : "",
  ];
  return element("testcase", { name: nameOf(entry), classname: file, file }, body.join(""));
}

function goneCase(gone: string): string {
  const failure = element("failure", { message: "gone", type: "differs" }, escaped(gone));
  return element("testcase", { name: "what no XR has any more", classname: "trimtab render" }, failure);
}

function reasonsOf({ error, problems, difference }: ReportEntry): readonly string[] {
  return [error, ...problems, difference && `differs:\n${difference}`].filter((reason) => reason !== "");
}

function firstLine([reason = ""]: readonly string[]): string {
  return reason.split("\n", 1)[0] ?? "";
}
