/** Something that happened in a simulation. */
export interface Happening {
  /** Milliseconds of the simulated clock since it began. */
  readonly at: number;
  /** The number of the stage, from 0. */
  readonly stage: number;
  readonly what: What;
  readonly object: Subject;
  /** What there is to say of it, with no value of a Secret. */
  readonly message?: string;
  /** The paths of fields that were changed, such as `spec.forProvider.tags.team`; for a Secret `data.BUCKET_NAME`. */
  readonly fields?: readonly string[];
}

export type What =
  /** Somebody applied it. */
  | "applied"
  /** Somebody asked for it to be deleted. */
  | "deletion asked"
  /** It came to be in the cluster. */
  | "created"
  /** What is asked of it changed: its spec, data or metadata, in more than bookkeeping. */
  | "changed"
  /** It is to be deleted, and finalizers or owners hold it. */
  | "deleting"
  /** It is gone from the cluster. */
  | "deleted"
  /** The cloud has it now. */
  | "made"
  /** The cloud has it no more. */
  | "removed"
  /** Its object is gone, and the cloud still has it: its managementPolicies say so. */
  | "kept"
  /** Its condition Ready became True. */
  | "ready"
  /** Its condition Ready was True, and is no more. */
  | "unready"
  /** A Secret that was composed holds what a service needs. */
  | "published"
  /** Its deletion was refused, by a Usage or by the cloud. */
  | "held"
  /** It waits for something; the message says for what. */
  | "waiting"
  /** It could not be reconciled. */
  | "failed"
  /** It could not be reconciled, and then it could. */
  | "recovered"
  /** A function said something: an event. */
  | "said"
  /** Something went wrong on purpose. */
  | "fault"
  /** A stage ended: the message says how. */
  | "stage ended"
  /** A stage began. */
  | "stage began";

/** What something happened to. */
export interface Subject {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for what is of no namespace. */
  readonly namespace: string;
  readonly name: string;
  /** The composition resource name; undefined for what is not composed. */
  readonly resource?: string;
  /** The name in the cloud; undefined for what has none. */
  readonly externalName?: string;
  /** The XR that composes it, as `kind/name`; undefined for what is not composed. */
  readonly composite?: string;
}
