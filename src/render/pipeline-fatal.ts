import { type Event } from "./event.js";

/** A function said something fatal: nothing is applied. */
export class PipelineFatal extends Error {
  override readonly name = "PipelineFatal";
  readonly step: string;
  /** What the steps before it, and this one, had said. */
  readonly events: readonly Event[];

  constructor(step: string, message: string, events: readonly Event[]) {
    super(`pipeline step ${JSON.stringify(step)} returned a fatal result: ${message}`);
    this.step = step;
    this.events = events;
  }
}
