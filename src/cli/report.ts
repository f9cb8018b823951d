import { createColors } from "picocolors";
import { type IO } from "./io.js";
import { TimedOut } from "./timed-out.js";
import { UsageError } from "./usage-error.js";

export interface ReportOptions {
  /** Whether the stack is wanted. */
  readonly debug: boolean;
  /** What the program is called. Default: trimtab. */
  readonly program?: string;
}

/** Says on stderr what failed, and returns the exit code for it. */
export function report(error: unknown, io: IO, { debug, program = "trimtab" }: ReportOptions): number {
  const { red } = createColors(io.stderr.isTTY === true && io.env["NO_COLOR"] === undefined);
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(`${red(`${program}:`)} ${message}\n`);
  if (error instanceof UsageError) return 80;
  if (isCausedBy(error, TimedOut)) return 255;
  const shown = debug ? error : bugIn(error);
  if (shown instanceof Error) io.stderr.write(`${stackOf(shown)}\n`);
  return 1;
}

// What the toolkit refuses is a plain Error that reads "cannot …"; these are what code throws by mistake.
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError];

function isCausedBy(error: unknown, kind: typeof TimedOut): boolean {
  return error instanceof kind || (error instanceof Error && isCausedBy(error.cause, kind));
}

/** The bug behind an error: itself, or what caused it. */
function bugIn(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  return BUGS.some((kind) => error instanceof kind) ? error : bugIn(error.cause);
}

function stackOf(error: Error): string {
  const { stack = "", cause } = error;
  return cause instanceof Error ? `${stack}\nCaused by: ${stackOf(cause)}` : stack;
}
