import { type JsonObject } from "../../../src/wire/index.js";

/**
 * What a scripted function does: the input of its step, as data. What is left out is not done; a field that is not here
 * is refused.
 */
export interface Script {
  /** Composed resources to desire, by composition resource name; they replace what is desired under the name. */
  readonly resources?: Readonly<Record<string, ScriptedResource>>;
  /** Names that are desired upstream, and no longer. */
  readonly removes?: readonly string[];
  readonly composite?: ScriptedComposite;
  readonly results?: readonly ScriptedResult[];
  readonly conditions?: readonly ScriptedCondition[];
  readonly requires?: {
    readonly resources?: Readonly<Record<string, JsonObject>>;
    /** The older field. */
    readonly extraResources?: Readonly<Record<string, JsonObject>>;
    readonly schemas?: Readonly<Record<string, JsonObject>>;
  };
  /** Requires one ConfigMap more in each call, so many times; Infinity, which JSON lacks, is -1. */
  readonly grows?: number;
  /** Requires one thing where it was given the other: it never settles. */
  readonly flips?: boolean;
  /** What to add to the context. */
  readonly context?: JsonObject;
  /** The key of the context that counts the calls of this function. */
  readonly counts?: string;
  /** What becomes of the desired state that came in. Default: keep. */
  readonly upstream?: "keep" | "drop";
  /** What becomes of the context that came in; `none` answers without any. Default: keep. */
  readonly upstreamContext?: "keep" | "drop" | "none";
  /** Composes, under this composition resource name, an object that holds the request. */
  readonly echo?: string;
  /** For how many seconds the response may be used again. Default: it does not say. */
  readonly ttl?: number;
  /** Answers with a message that has nothing in it. */
  readonly silent?: boolean;
  /** Nothing is done with it; the echo has it. */
  readonly note?: JsonObject;
  /** Fails, saying so. */
  readonly throws?: string;
}

export interface ScriptedResource {
  /** Default: there is none in the message. */
  readonly manifest?: JsonObject;
  /** A name of the enum, or a number of one's own. Default: Unspecified. */
  readonly ready?: string | number;
  /** As text. */
  readonly connectionDetails?: Readonly<Record<string, string>>;
}

export interface ScriptedComposite {
  /** Replaces the desired composite that came in. */
  readonly manifest?: JsonObject;
  /** Fields to set in its status. */
  readonly status?: JsonObject;
  readonly ready?: string | number;
  readonly connectionDetails?: Readonly<Record<string, string>>;
}

export interface ScriptedResult {
  readonly severity?: string | number;
  readonly message?: string;
  readonly reason?: string;
  readonly target?: string | number;
}

export interface ScriptedCondition {
  readonly type?: string;
  readonly status?: string | number;
  readonly reason?: string;
  readonly message?: string;
  readonly target?: string | number;
}
