import { type Severity, type Status, type Target } from "./enums.js";
import { type JsonObject } from "./json.js";
import { type Requirements } from "./requirements.js";
import { type State } from "./state.js";

/** What a function answers. Decoded, each map and list is there, if empty. */
export interface RunFunctionResponse {
  readonly meta: ResponseMeta | undefined;
  readonly desired: State | undefined;
  readonly results: readonly Result[];
  readonly context?: JsonObject | undefined;
  readonly requirements: Requirements | undefined;
  readonly conditions: readonly Condition[];
  /** Used by operations alone. */
  readonly output?: JsonObject | undefined;
}

export interface ResponseMeta {
  /** That of the request. */
  readonly tag: string;
  /** For how long Crossplane may reuse this response. */
  readonly ttl?: Duration | undefined;
}

/** A span of time. Both parts are whole numbers and, unless zero, of one sign; `nanos` stays below a second. */
export interface Duration {
  readonly seconds: number;
  readonly nanos: number;
}

/** An event, for the composite resource and perhaps its claim. */
export interface Result {
  readonly severity: Severity;
  readonly message: string;
  /** In PascalCase. */
  readonly reason?: string | undefined;
  readonly target?: Target | undefined;
}

/** A status condition, for the composite resource and perhaps its claim. */
export interface Condition {
  /** In PascalCase. */
  readonly type: string;
  readonly status: Status;
  /** In PascalCase. */
  readonly reason: string;
  readonly message?: string | undefined;
  readonly target?: Target | undefined;
}
