import { element, escaped } from "../xml.js";
import { type Finding, type Report, type Result, titleOf } from "./report.js";

/**
 * A report as JUnit XML: a test suite a file, a test case an object. What is unchecked is skipped, and what would be
 * dropped goes to system-out; with `isStrict` both are failures.
 */
export function printJUnit({ objects }: Report, isStrict: boolean): string {
  const cases = objects.map((result) => caseOf(result, isStrict));
  const files = [...new Set(objects.map(({ file }) => file))];
  const suites = files.map((file) => {
    const own = cases.filter((each) => each.file === file);
    return element("testsuite", { name: file, ...countsOf(own) }, own.map(({ xml }) => xml).join(""));
  });
  const all = element("testsuites", { name: "trimtab validate", ...countsOf(cases) }, suites.join(""));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all}`;
}

interface Case {
  readonly file: string;
  readonly fate: "passed" | "failed" | "skipped";
  readonly xml: string;
}

function caseOf(result: Result, isStrict: boolean): Case {
  const { file, line, problems, unchecked, warnings } = result;
  const failures = isStrict ? [...problems, ...unchecked, ...warnings] : problems;
  const skipped = failures.length === 0 ? unchecked : [];
  const told = isStrict ? [] : [...(failures.length > 0 ? unchecked : []), ...warnings];
  const body = [
    failures.length > 0
      ? element("failure", { message: oneLine(failures), type: result.outcome }, listed(result, failures))
      : "",
    skipped.length > 0 ? element("skipped", { message: oneLine(skipped) }) : "",
    told.length > 0 ? element("system-out", {}, listed(result, told)) : "",
  ];
  const passed = skipped.length > 0 ? "skipped" : "passed";
  const fate = failures.length > 0 ? "failed" : passed;
  const attributes = { name: titleOf(result), classname: file, file, line: String(line) };
  return { file, fate, xml: element("testcase", attributes, body.join("")) };
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, string>> {
  const count = (fate: Case["fate"]) => String(cases.filter((each) => each.fate === fate).length);
  return { tests: String(cases.length), failures: count("failed"), errors: "0", skipped: count("skipped") };
}

function oneLine(findings: readonly Finding[]): string {
  return findings.map(({ message, path }) => (path === "." ? message : `${path} ${message}`)).join("; ");
}

function listed({ file }: Result, findings: readonly Finding[]): string {
  return escaped(
    findings.map(({ column, line, message, path }) => `${file}:${line}:${column}: ${path}: ${message}\n`).join(""),
  );
}
