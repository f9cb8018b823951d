import { createColors } from "picocolors";
import { writeYAML } from "../../yaml/index.js";
import { type IO } from "../io.js";
import { report } from "../report.js";
import { type Check, type Checked } from "./check-composed.js";
import { type Before } from "./diff.js";
import { lines } from "./explain.js";
import { mapError } from "./map-error.js";
import { printable, printableLines } from "./printable.js";
import { type Outcome } from "./rendering.js";
import { nameOf, type ReportEntry, reportEntry } from "./report-entry.js";
import { type RenderRequest } from "./request.js";
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
  const comparison = before && (await import("./comparison.js")).comparisonWith(before, request.redact);
  const secrets = request.redact ? await import("./redaction.js") : undefined;
  const entries: ReportEntry[] = [];
  let code = 0;
  for await (const outcome of outcomes) {
    const { done, isOneOfMany } = outcome;
    const mask = secrets?.redaction(outcome, before);
    const difference = comparison?.of(outcome) ?? "";
    const shown = secrets && mask ? secrets.redacted(outcome, mask) : outcome;
    const checked = mapLines(done ? check(done.rendered.composed) : NOT_CHECKED, mask?.text);
    const entry = reportEntry(shown, checked, difference);
    entries.push(entry);
    if (done === undefined) code = Math.max(code, report(mapError(shown.error, printableLines), io, request));
    else if (request.output === "yaml") code = Math.max(code, print(entry, { request, isDiff: !!comparison }, io));
    if (entry.problems.length > 0 || difference) code = Math.max(code, 1);
    explainTo(io, entry, { quiet: request.quiet, isOneOfMany });
  }
  const rest = comparison?.rest() ?? "";
  if (rest) code = Math.max(code, 1);
  if (request.output === "yaml") io.stdout.write(rest);
  if (request.output === "json") io.stdout.write(toJSON(entries, rest));
  if (request.output === "junit") io.stdout.write((await import("./print-junit.js")).printJUnit(entries, rest));
  if (!request.quiet) for (const warning of comparison?.warnings ?? []) io.stderr.write(`warning: ${warning}\n`);
  return code;
}

const NOT_CHECKED = { problems: [], unchecked: [] };

function mapLines({ problems, unchecked }: Checked, mask: (text: string) => string = (text) => text): Checked {
  return { problems: problems.map(mask), unchecked: unchecked.map(mask) };
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
    return report(error, io, request);
  }
}

function explainTo(
  io: IO,
  entry: ReportEntry,
  { quiet, isOneOfMany }: { readonly quiet: boolean; readonly isOneOfMany: boolean },
): void {
  const { red, yellow } = createColors(io.stderr.isTTY === true && io.env["NO_COLOR"] === undefined);
  const of = isOneOfMany ? `${printable(nameOf(entry))}: ` : "";
  for (const problem of entry.problems) io.stderr.write(`${of}${red("refused:")} ${printable(problem)}\n`);
  if (quiet) return;
  for (const line of lines(entry)) io.stderr.write(`${of}${yellow(line)}\n`);
  for (const line of entry.unchecked) io.stderr.write(`${of}unchecked: ${printable(line)}\n`);
}
