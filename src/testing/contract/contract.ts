import { type Asked, type Callable } from "../requests-of.js";
import { deterministic } from "./deterministic.js";
import { inputs } from "./inputs.js";
import { passesOn } from "./passes-on.js";
import { robust } from "./robust.js";
import { saysNoSecrets } from "./says-no-secrets.js";
import { Subject } from "./subject.js";
import { wellFormed } from "./well-formed.js";

/** A rule that every composition function has to keep. */
export interface ContractCheck {
  /** What the function does, such as `copies the tag of the request`. */
  readonly name: string;
  /** Where the rule is written. */
  readonly source: string;
  /** @throws Error that says what breaks the rule, where, and the remedy; secret values are masked */
  check(): Promise<void>;
}

export interface ContractOptions {
  /** As for checkDeterminism. */
  readonly surroundings?: boolean;
}

/**
 * What Crossplane expects of a function, as checks for any test runner. It is asked what is given here, and variants of
 * that: so give situations in which it composes all that it can.
 *
 * @param callable a function of ours, or what answers an encoded request, such as one that is built with another SDK
 */
export function contract(
  callable: Callable,
  asked: readonly Asked[],
  { surroundings }: ContractOptions = {},
): readonly ContractCheck[] {
  const subject = new Subject(callable, asked);
  return [
    ...wellFormed(subject),
    ...passesOn(subject),
    deterministic(subject, surroundings === undefined ? {} : { surroundings }),
    ...inputs(subject),
    ...robust(subject),
    saysNoSecrets(subject),
  ];
}
