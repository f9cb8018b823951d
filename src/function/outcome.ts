import { type Resource } from "../resource/resource.js";
import { type Result, type StatusCondition } from "./define-function.js";
import { type Requirement } from "./request.js";

/** What a request comes to. Every map is in the order of its keys, every list of keys sorted. */
export interface Outcome {
  /** What is desired, by composition resource name. */
  readonly resources: Readonly<Record<string, Resource>>;
  /** Of each of `resources`, whether it is of use. */
  readonly ready: Readonly<Record<string, boolean>>;
  /** False while something that does not exist yet waits: Crossplane would else call the XR ready without it. */
  readonly complete: boolean;
  /** What waits, and for what. Of what is observed, the last intent is among `resources`. */
  readonly waiting: Readonly<Record<string, string>>;
  /** Observed, and meant to go. */
  readonly removed: readonly string[];
  /** Observed, composed by this function before, and declared no more: kept until compose says `null` for it. */
  readonly forgotten: readonly string[];
  readonly requirements: Readonly<Record<string, Requirement>>;
  readonly status: object;
  readonly connectionDetails: Readonly<Record<string, string>>;
  readonly conditions: readonly StatusCondition[];
  readonly results: readonly Result[];
  readonly context: Readonly<Record<string, unknown>>;
}

/** Whether the request was refused: then nothing in the outcome may be sent but its results. */
export function isFatal(outcome: Outcome): boolean {
  return outcome.results.some((result) => result.severity === "Fatal");
}
