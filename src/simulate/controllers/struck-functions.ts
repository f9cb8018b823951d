import { type FunctionCall } from "../../render/run-step.js";
import { type Clock } from "../clock.js";
import { type PresentFault } from "../function-faults.js";

/** The most that a reconcile of an XR takes (crossplane, composite/reconciler.go). */
const DEADLINE_MS = 120_000;
const LATE_MS = 10_000;

export interface StrikeOptions {
  readonly clock: Pick<Clock, "sleep">;
  /** What goes wrong with a function at the moment; undefined where nothing does. */
  faultOf(name: string): PresentFault | undefined;
}

/** Functions by name, with what goes wrong at the moment when they are called. */
export function struckFunctions(
  functions: Readonly<Record<string, FunctionCall>>,
  options: StrikeOptions,
): Readonly<Record<string, FunctionCall>> {
  return Object.fromEntries(Object.entries(functions).map(([name, call]) => [name, struck(name, call, options)]));
}

function struck(name: string, call: FunctionCall, { clock, faultOf }: StrikeOptions): FunctionCall {
  return async (request) => {
    const { fault, lasts = 0 } = faultOf(name) ?? {};
    if (fault?.fault === "times-out") {
      // A function that is away for less than that is waited for.
      await clock.sleep(Math.min(lasts, DEADLINE_MS));
      if (lasts >= DEADLINE_MS) {
        throw new Error(
          `cannot run Function ${JSON.stringify(name)}: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
        );
      }
    }
    const response = await call(request);
    if (fault?.fault === "late") await clock.sleep(fault.takes ?? LATE_MS);
    return response;
  };
}
