import { type JsonObject } from "../wire/index.js";
import { type External } from "./cloud/stand-in.js";
import { type Happening, type Subject } from "./timeline/happening.js";

/** What a simulation came to. */
export interface Simulation {
  readonly timeline: readonly Happening[];
  readonly stages: readonly StageEnd[];
  /** What lies in the cluster at the end, by kind, namespace and name. Secrets are as they are: see {@link mask}. */
  readonly objects: readonly JsonObject[];
  /** What is in the cloud at the end. */
  readonly cloud: readonly (External & { readonly of: Subject })[];
  /** Replaces, in a text, every secret value that there has been. */
  mask(text: string): string;
}

/** How a stage ended. */
export interface StageEnd {
  readonly title: string;
  /** Whether what was waited for came. */
  readonly isReached: boolean;
  /** Milliseconds of the simulated clock since the simulation began. */
  readonly began: number;
  readonly ended: number;
  /** The XRs and claims then. */
  readonly composites: readonly CompositeEnd[];
}

export interface CompositeEnd {
  readonly object: Subject;
  readonly isReady: boolean;
  readonly isSynced: boolean;
  /** What it waits for, or why it cannot be reconciled; undefined where it is ready. */
  readonly why?: string;
}
