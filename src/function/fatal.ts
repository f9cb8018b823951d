// Shared with other copies of the toolkit, as in leaving.ts.
const REFUSED = Symbol.for("trimtab.refused");

/** Thrown by {@link fatal}, and caught where a request is settled. Its message is for the developer. */
export class Refused extends Error {
  readonly [REFUSED] = true;

  constructor(message: string) {
    super(message);
    this.name = "Refused";
  }
}

/**
 * It cannot be composed as it is written: nothing changes in the cluster, and the developer reads why.
 *
 * @param message names the field, its value and the remedy
 */
export function fatal(message: string): never {
  throw new Refused(message);
}

/** Whether an error is that something cannot be composed as it is written. */
export function isRefused(error: unknown): error is Refused {
  return error instanceof Error && REFUSED in error;
}
