import { type PolicyUse } from "./policy.js";
import { type ElementValue, type ReadCondition, type ReadStatement } from "./read-policy.js";

/** A way in which a statement that allows something can allow too much. */
export interface LintRule<Name extends string = string> {
  readonly name: Name;
  /** In what documents it is looked for. Default: all. */
  readonly uses?: readonly PolicyUse[];
  /** What is wrong with a value, said after it. */
  readonly why: string;
  /** What to write instead. */
  readonly remedy: string;
  readonly find: (statement: ReadStatement, lint: Lint) => readonly Hit[];
}

/** A value that a rule objects to. */
export interface Hit extends ElementValue {
  /** What is wrong with this value. Default: what the rule says. */
  readonly why?: string | undefined;
}

/** The document that a statement is of. */
export interface Lint {
  readonly use: PolicyUse;
  /** The statements of the document that was meant, where the caller said what that is. */
  readonly meant?: readonly ReadStatement[] | undefined;
  /** Whether objects are granted below a prefix alone. */
  readonly narrowed: boolean;
}

export function hits(field: string, values: readonly string[]): readonly Hit[] {
  return values.map((value) => ({ field, value }));
}

/** Hits among the values of a condition. */
export function conditionHits(
  { operator, key }: Pick<ReadCondition, "operator" | "key">,
  values: readonly string[],
): readonly Hit[] {
  return hits(`Condition ${operator} ${key}`, values);
}
