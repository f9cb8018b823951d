import { element, escaped } from "../xml.js";
import { lines } from "./explain.js";
import { type ReportEntry } from "./report-entry.js";

/** A report as JUnit XML: one test case an XR, which fails where it could not be rendered or what is composed is refused. */
export function printJUnit(entries: readonly ReportEntry[]): string {
  const failed = entries.filter(({ outcome }) => outcome !== "rendered").length;
  const counts = { tests: String(entries.length), failures: String(failed), errors: "0", skipped: "0" };
  const suite = element("testsuite", { name: "trimtab render", ...counts }, entries.map(testCase).join(""));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: "trimtab render", ...counts }, suite)}`;
}

function testCase(entry: ReportEntry): string {
  const { file, xr, error, problems, outcome } = entry;
  const reasons = [...(error ? [error] : []), ...problems];
  const name = `${xr.kind} ${xr.namespace ? `${xr.namespace}/` : ""}${xr.name}`;
  const told = lines(entry).join("\n");
  const body = [
    reasons.length > 0
      ? element("failure", { message: reasons[0] ?? "", type: outcome }, escaped(reasons.join("\n")))
      : "",
    told ? element("system-out", {}, escaped(told)) : "",
  ];
  return element("testcase", { name, classname: file, file }, body.join(""));
}
