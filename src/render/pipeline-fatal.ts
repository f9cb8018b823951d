import { type Event, type Said } from "./event.js";
import { type FunctionCondition } from "./function-condition.js";

/** A function said something fatal: nothing is applied. */
export class PipelineFatal extends Error {
  override readonly name = "PipelineFatal";
  readonly step: string;
  /** What the steps before it, and this one, had said. */
  readonly events: readonly Event[];
  /** Likewise, with whom it is for. */
  readonly said: readonly Said[];
  readonly conditions: readonly FunctionCondition[];

  constructor(
    step: string,
    message: string,
    { said, conditions }: { readonly said: readonly Said[]; readonly conditions: readonly FunctionCondition[] },
  ) {
    super(`pipeline step ${JSON.stringify(step)} returned a fatal result: ${message}`);
    this.step = step;
    this.events = said.map(({ event }) => event);
    this.said = said;
    this.conditions = conditions;
  }
}
