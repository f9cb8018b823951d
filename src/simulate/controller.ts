import { type Change } from "./api/change.js";

/**
 * Keeps objects as they should be, one at a time. Works like a controller of controller-runtime: what changes puts keys into
 * a queue in which each stands once, and each is reconciled in turn.
 */
export interface Controller {
  readonly name: string;
  /** How long the first failure is waited for before the next try, in milliseconds; then twice as long each time. Default: a second. */
  readonly firstRetry?: number;
  /** The longest that a failure is waited for before the next try, in milliseconds. Default: a minute. */
  readonly longestRetry?: number;
  /** The keys of what must be reconciled since something changed. What a key looks like is the controller's own affair. */
  concerns(change: Change): Iterable<string>;
  /** Never rejects: what fails is said in the objects, in events and in the result. */
  reconcile(key: string): Promise<Again>;
}

/** When an object is reconciled again, although nothing has changed. */
export type Again =
  /** Not before something changes. */
  | { readonly again: "never" }
  /** As soon as the back-off of failures allows: then twice as long each time, up to a limit. */
  | { readonly again: "soon" }
  /** After so many milliseconds, since something is then expected to have changed. */
  | { readonly again: "after"; readonly ms: number }
  /** After so many milliseconds, just to look: a simulation does not go on only for that. */
  | { readonly again: "poll"; readonly ms: number };

export const NEVER: Again = { again: "never" };
export const SOON: Again = { again: "soon" };
