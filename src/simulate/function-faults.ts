import { type Fault, type FunctionFault } from "./fault.js";

/** A fault that strikes now. */
export interface PresentFault {
  readonly fault: FunctionFault;
  /** Milliseconds until it is over. */
  readonly lasts: number;
}

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
  of(name: string): PresentFault | undefined {
    const time = this.#now() - this.#since;
    const endOf = ({ from = 0, for: lasts = Number.POSITIVE_INFINITY }: Fault) => from + lasts;
    const fault = this.#faults.find((each) => each.function === name && time >= (each.from ?? 0) && time < endOf(each));
    return fault && { fault, lasts: endOf(fault) - time };
  }
}
