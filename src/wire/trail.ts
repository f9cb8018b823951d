import { WireError } from "./wire-error.js";

/**
 * Where in a message a reader or a writer stands, for the errors it may have to raise. Each `enter` is paired with a
 * `leave`, except on the way out with an error.
 */
export class Trail {
  readonly #task: string;
  readonly #steps: (string | number)[] = [];

  /** @param task what is being done, for instance "decode RunFunctionRequest" */
  constructor(task: string) {
    this.#task = task;
  }

  /** @param step the name of a field, a map's key or a list's index */
  enter(step: string | number): void {
    this.#steps.push(step);
  }

  leave(): void {
    this.#steps.pop();
  }

  /** @param problem what is wrong here, and the remedy */
  error(problem: string): WireError {
    const path = format(this.#steps);
    return new WireError(`cannot ${this.#task}${path && ` at ${path}`}: ${problem}`, path);
  }
}

/** Of a longer path only this many steps are shown from its beginning, and as many from its end. */
const SHOWN = 12;

function format(steps: readonly (string | number)[]): string {
  if (steps.length <= 2 * SHOWN) return steps.map(formatStep).join("").replace(/^\./, "");
  return `${format(steps.slice(0, SHOWN))}…${steps.slice(-SHOWN).map(formatStep).join("")}`;
}

function formatStep(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
