import { type Arrow } from "./tree.js";

// Shared with other copies of the toolkit: whoever runs a function need not have the one that it was written with.
const LEAVING = Symbol.for("trimtab.leaving");

/** For an item that has left a `many`, the arrow that waits until what it has had may go. */
export type LeavingItem = (key: string) => Arrow<unknown, never>;

/** Marks an arrow whose result is that something goes. */
export function leaves<A extends object>(arrow: A): A {
  return Object.assign(arrow, { [LEAVING]: true });
}

/** Whether what an arrow makes is meant to go. */
export const isLeaving = (arrow: object): boolean => LEAVING in arrow;

/** Marks the groups of a `many` with what its items wait for when they leave. */
export function withLeaving<R extends object>(groups: R, leaving: LeavingItem): R {
  return Object.assign(groups, { [LEAVING]: leaving });
}

export function leavingOf(groups: object): LeavingItem | undefined {
  return (groups as { readonly [LEAVING]?: LeavingItem })[LEAVING];
}
