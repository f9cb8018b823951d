import { type DestinationStream, destination, type Level, type Logger, pino, stdTimeFunctions } from "pino";

export type { Logger } from "pino";

export interface LogOptions {
  /** What is less than this is left out. Default: info. */
  readonly level?: Level | "silent";
  /** Stands in each line as `name`. Default: none. */
  readonly name?: string;
  /** Where lines go. Default: standard error, written at once, so that nothing is lost when the process ends. */
  readonly to?: DestinationStream;
}

/**
 * A logger that writes one JSON object a line: `level` as a word, `time` in ISO 8601, `msg`, and what it is given.
 * Errors go in as `err`, with their stack. `child` makes one that says more in each line.
 */
export function logger({ level = "info", name, to = destination({ dest: 2, sync: true }) }: LogOptions = {}): Logger {
  return pino(
    {
      level,
      base: name === undefined ? null : { name },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    to,
  );
}
