import { type View, viewOf } from "./view.js";

/** What a matcher is given by whoever runs it: Vitest and Jest alike. */
export interface MatcherContext {
  readonly isNot?: boolean;
}

/** What a matcher comes to. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A matcher, as `expect.extend` takes it. */
export type Matcher<A extends readonly unknown[]> = (this: MatcherContext, received: unknown, ...args: A) => Verdict;

/** What is found; where `holds` differs from what is expected, `says` is what the person reads, before it is masked. */
export interface Finding {
  readonly holds: boolean;
  /** What was expected, and what there is instead. */
  says(): string;
}

/**
 * Makes a matcher. Whatever it says goes through a mask of all that is secret in what it was given.
 *
 * @param look with `isNot`, whether what must not hold does
 */
export function matcher<A extends readonly unknown[]>(
  look: (view: View, isNot: boolean, ...args: A) => Finding,
): Matcher<A> {
  return function (received, ...args) {
    const view = viewOf(received);
    const { holds, says } = look(view, this.isNot === true, ...args);
    return { pass: holds, message: () => view.mask(says()) };
  };
}
