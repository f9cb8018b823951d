import { type Resource } from "../resource/resource.js";
import { type Result, type StatusCondition } from "./define-function.js";
import { type Requirement } from "./request.js";

/** What a request comes to. Every map is in the order of its keys, every list of keys sorted. */
export interface Outcome
  extends Pick<Decision, "complete" | "status" | "connectionDetails" | "conditions" | "results"> {
  /** What is desired, by composition resource name. */
  readonly resources: Readonly<Record<string, Resource>>;
  /** Of each of `resources`, whether it is of use. */
  readonly ready: Readonly<Record<string, boolean>>;
  /** What waits, and for what. Of what is observed, the last intent is among `resources`. */
  readonly waiting: Readonly<Record<string, string>>;
  /** Observed, and meant to go. */
  readonly removed: readonly string[];
  /** Observed, composed by this function before, and declared no more: kept until compose says `null` for it. */
  readonly forgotten: readonly string[];
  readonly requirements: Readonly<Record<string, Requirement>>;
  /** What earlier steps of the pipeline left, and what is added. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** The same in no order, for who sends it at once: it shares with what compose returned. */
export interface Decision {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly ready: ReadonlyMap<string, boolean>;
  /** False while something that does not exist yet waits: Crossplane would else call the XR ready without it. */
  readonly complete: boolean;
  readonly waiting: ReadonlyMap<string, string>;
  readonly removed: ReadonlySet<string>;
  readonly forgotten: ReadonlySet<string>;
  readonly requirements: ReadonlyMap<string, Requirement>;
  readonly status: object;
  readonly connectionDetails: Readonly<Record<string, string>>;
  readonly conditions: readonly StatusCondition[];
  readonly results: readonly Result[];
  /** What is added to the context; undefined for nothing. */
  readonly added: Readonly<Record<string, unknown>> | undefined;
}

/** Whether the request was refused: then nothing in the outcome may be sent but its results. */
export function isFatal({ results }: Pick<Decision, "results">): boolean {
  return results.some((result) => result.severity === "Fatal");
}
