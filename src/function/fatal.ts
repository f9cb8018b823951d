/** Thrown by {@link fatal}, and caught where a request is settled. Its message is for the developer. */
export class Refused extends Error {
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
