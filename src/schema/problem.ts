import { typeName } from "./json.js";

/** What is wrong with a value. `path` and `message` read as one sentence. */
export interface Problem {
  /** Such as `spec.consumers[0].access` or `spec.tags[team]`; `.` for the value as a whole. */
  readonly path: string;
  /** Such as `must be one of Read, Write, not "Wirte"`. */
  readonly message: string;
}

/** Problems as a person reads them, one a line, or with another separator between them. */
export function explain(problems: readonly Problem[], separator = "\n"): string {
  return problems.map(({ path, message }) => `${path} ${message}`).join(separator);
}

/** Collects what is found on the way through a value. */
export class Findings {
  readonly problems: Problem[] = [];
  readonly unchecked: Problem[] = [];
  /**
   * How many problems keep the API server from evaluating rules: types, required, enums, formats, and what is too long.
   */
  blocking = 0;

  add(path: string, message: string): void {
    this.problems.push({ path: path || ".", message });
  }

  block(path: string, message: string): void {
    this.blocking += 1;
    this.add(path, message);
  }

  skip(path: string, message: string): void {
    this.unchecked.push({ path: path || ".", message });
  }

  /** Runs `find`, and forgets the problems it found if `forgive` says so. */
  unless(forgive: () => boolean, find: () => void): void {
    const { blocking } = this;
    const { length } = this.problems;
    find();
    if (this.problems.length === length || !forgive()) return;
    this.problems.length = length;
    this.blocking = blocking;
  }
}

const MAX_SHOWN = 56;

/** A value in a message: never more than about 60 characters of it. */
export function show(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value);
  }
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (value === undefined) return "nothing";
  const name = typeName(value);
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}

/** Such as `1 character`, `2 characters`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
