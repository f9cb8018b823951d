import { type Fault, type FunctionFault } from "./fault.js";

/** What goes wrong with functions. Faults of the cloud are none of its affair. */
export class FunctionFaults {
  readonly #now: () => number;
  #faults: readonly (Fault & FunctionFault)[] = [];
  #since = 0;

  /** @param now the time, in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Puts faults in the place of those that there are. Their times count from now on. */
  set(faults: readonly Fault[]): void {
    this.#faults = faults.filter((fault): fault is Fault & FunctionFault => "function" in fault);
    this.#since = this.#now();
  }

  /** What is wrong with a function at the moment; undefined where nothing is. */
  of(name: string): FunctionFault | undefined {
    const time = this.#now() - this.#since;
    return this.#faults.find(({ function: struck, from = 0, for: lasts = Number.POSITIVE_INFINITY }) => {
      return struck === name && time >= from && time < from + lasts;
    });
  }
}
