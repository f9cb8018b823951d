/**
 * Something that goes wrong, or just differently, on purpose. Times are milliseconds of the simulated clock since the
 * stage began to which the fault belongs.
 */
export type Fault = {
  /** Default: from the start. */
  readonly from?: number;
  /** Default: for ever. */
  readonly for?: number;
} & (CloudFault | FunctionFault);

/** A fault of what is outside the cluster. */
export interface CloudFault {
  readonly on: FaultTarget;
  readonly fault: /** Creating takes `takes` milliseconds. */
    | "slow"
    /** Is made, and never becomes Ready. */
    | "never-ready"
    /** Is Ready and not, by turns of `every` milliseconds. */
    | "flapping"
    /** Each attempt to create is refused as too many: `times` times. */
    | "throttled"
    /** Somebody else has something of this name. */
    | "name-taken"
    /** Deleting fails with `message`. */
    | "delete-fails"
    /** The provider blanks `status.atProvider` and conditions. */
    | "blank-status"
    /** The Secret that the provider writes is empty. */
    | "empty-secret"
    /** There are `holds` things in it that nobody in the cluster has made: a bucket is not empty. */
    | "not-empty";
  /** For `slow`. Default: ten minutes. */
  readonly takes?: number;
  /** For `flapping`. Default: a minute. */
  readonly every?: number;
  /** For `throttled`. Default: 3. */
  readonly times?: number;
  /** For `not-empty`. Default: 1. */
  readonly holds?: number;
  /** For `delete-fails`. Default: of the kind that AWS says. */
  readonly message?: string;
}

/** A fault of a composition function. */
export interface FunctionFault {
  /** The name of the Function that the Composition's step has. */
  readonly function: string;
  readonly fault: /** No answer while it lasts. Crossplane waits for two minutes. */
    | "times-out"
    /** The answer comes late, after `takes` milliseconds; what has changed meanwhile it does not know. */
    | "late";
  /** For `late`. Default: ten seconds. */
  readonly takes?: number;
}

/** Which objects a fault strikes: those that fit all that is said. */
export interface FaultTarget {
  readonly kind?: string;
  /** A composition resource name; `*` stands for any part of one. */
  readonly resource?: string;
  /** metadata.name; `*` stands for any part. */
  readonly name?: string;
}
