import { createColors } from "picocolors";
import { type Json, writeYAML } from "../../yaml/index.js";
import { type IO } from "../io.js";
import { report } from "../report.js";
import { type Check } from "./check-composed.js";
import { type Before } from "./diff.js";
import { lines } from "./explain.js";
import { redact, redaction } from "./redaction.js";
import { type ReportEntry, reportEntry } from "./report-entry.js";
import { type RenderRequest } from "./request.js";
import { type Outcome } from "./session.js";
import { toJSON } from "./to-json.js";

export interface ReportOptions {
  readonly request: RenderRequest;
  readonly check: Check;
  /** What to compare with; undefined to print the objects themselves. */
  readonly before: Before | undefined;
}

/**
 * Prints what became of each XR as soon as that is known, or a report of all, and returns the exit code: 0 if every XR
 * could be rendered, nothing that is composed is refused, and nothing differs from what it is compared with.
 */
export async function writeReport(
  outcomes: AsyncIterable<Outcome>,
  { request, check, before }: ReportOptions,
  io: IO,
): Promise<number> {
  const compare = before && (await import("./diff.js")).diff;
  const entries: ReportEntry[] = [];
  let code = 0;
  for await (const outcome of outcomes) {
    const { done, error } = outcome;
    const difference = before && done && compare ? compare(before, done.documents) : "";
    const whole = reportEntry(outcome, done ? check(done.rendered.composed) : NOT_CHECKED, difference);
    const entry = request.redact ? redacted(whole, outcome, before) : whole;
    entries.push(entry);
    if (done === undefined) code = Math.max(code, report(error, io, request.debug));
    else if (request.output === "yaml")
      code = Math.max(code, print(entry, { request, isDiff: before !== undefined }, io));
    if (entry.problems.length > 0 || difference) code = Math.max(code, 1);
    if (done) explainTo(io, entry, request.quiet);
  }
  if (request.output === "json") io.stdout.write(toJSON(entries));
  if (request.output === "junit") io.stdout.write((await import("./print-junit.js")).printJUnit(entries));
  return code;
}

const NOT_CHECKED = { problems: [], unchecked: [] };

function redacted(entry: ReportEntry, { inputs, done }: Outcome, before: Before = []): ReportEntry {
  if (!done) return entry;
  const mask = redaction(inputs, done.rendered, done.xr, before);
  return redact(entry as unknown as Json, mask) as unknown as ReportEntry;
}

/** Prints objects, or how they differ; returns 1 where YAML cannot hold one, and prints those before it all the same. */
function print(
  { objects, difference }: ReportEntry,
  { request, isDiff }: { readonly request: RenderRequest; readonly isDiff: boolean },
  io: IO,
): number {
  if (isDiff) {
    io.stdout.write(difference);
    return 0;
  }
  try {
    for (const object of objects) {
      io.stdout.write("---\n");
      io.stdout.write(writeYAML(object));
    }
    return 0;
  } catch (error) {
    return report(error, io, request.debug);
  }
}

function explainTo(io: IO, entry: ReportEntry, quiet: boolean): void {
  const { red, yellow } = createColors(io.stderr.isTTY === true && io.env["NO_COLOR"] === undefined);
  for (const problem of entry.problems) io.stderr.write(`${red("refused:")} ${problem}\n`);
  if (quiet) return;
  for (const line of lines(entry)) io.stderr.write(`${yellow(line)}\n`);
  for (const line of entry.unchecked) io.stderr.write(`unchecked: ${line}\n`);
}
