import { duplicates } from "./list-type.js";
import { normalize } from "./normalize.js";
import { type OpenAPI } from "./openapi.js";
import { Findings, type Problem } from "./problem.js";
import { type RuleEvaluator, RuleWalk } from "./rule.js";
import { type Check, Validator } from "./validate.js";

export interface AdmitOptions {
  /**
   * `full` is what the API server checks when an object is written. `shape` is types and what is required: what lives
   * already must not be refused because its schema became stricter. Default: full.
   */
  readonly check?: Check;
  /** What the object was, for an update: rules may compare with it, and what did not change is not refused. */
  readonly old?: unknown;
  /**
   * Whether `old` came out of an admission by the same schema: what the value shares with it is then not looked at again.
   * Default: no.
   */
  readonly isOldAdmitted?: boolean;
  /** Evaluates CEL rules. Default: they are not evaluated. */
  readonly rules?: RuleEvaluator;
}

export interface Admission {
  /** Pruned and with defaults. Shares with the input what did not change. */
  readonly value: unknown;
  /** Why the API server would refuse it. */
  readonly problems: readonly Problem[];
  /** What could not be checked here, and may be refused by the API server. Not what an update left alone, which it forgives. */
  readonly unchecked: readonly Problem[];
  /** The paths of the fields that the schema does not know. */
  readonly pruned: readonly string[];
}

/**
 * What the API server makes of a value that is written: unknown fields pruned, null dropped where none is allowed,
 * defaults written, and the rest validated. `path` is where the value stands, for messages.
 * The input is not changed, and must not be as long as the result is in use.
 */
export function admit(schema: OpenAPI, value: unknown, path = "", options: AdmitOptions = {}): Admission {
  const { check = "full", rules } = options;
  const findings = new Findings();
  const known = options.isOldAdmitted ? options.old : undefined;
  const { value: admitted, pruned } = normalize(schema, value, path, known);
  const old = options.old === undefined ? undefined : (known ?? normalize(schema, options.old, path).value);
  new Validator(check, findings).validate(schema, admitted, path, old);
  if (check === "full") {
    const repeated = duplicates(schema, admitted, path, old);
    // What was there twice before the update may stay so.
    const isKnown = repeated.length > 0 && old !== undefined && duplicates(schema, old, path, undefined).length > 0;
    if (!isKnown) findings.problems.push(...repeated);
    // As on the API server, where rules may rely on types and bounds.
    if (rules && findings.blocking === 0) new RuleWalk(rules, findings).visit(schema, admitted, path, old);
  }
  return { value: admitted, problems: findings.problems, unchecked: findings.unchecked, pruned };
}
