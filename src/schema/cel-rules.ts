import { Environment, EvaluationError } from "@marcbachmann/cel-js";
import { celValue, inOrder } from "./cel-value.js";
import { equal } from "./json.js";
import { type OpenAPI, type Rule } from "./openapi.js";
import { show } from "./problem.js";
import { re2 } from "./re2.js";
import { remembered } from "./remembered.js";
import { outsideStrings, type RuleEvaluator, type RuleVerdict } from "./rule.js";
import { isImmutable } from "./schema.js";

/**
 * Evaluates CEL rules as the API server does, for `admit`. What the evaluator lacks (Kubernetes' own libraries, such as
 * quantities and URLs) comes back as unchecked. Kept out of the room's index: on the request path nothing needs it.
 */
export const celRules: RuleEvaluator = (rule, schema, self, oldSelf) => {
  // The commonest rule, and one that CEL decides by the types of lists.
  if (isImmutable(rule)) {
    return equal(inOrder(schema, self), inOrder(schema, oldSelf)) ? HOLDS : violated(rule, schema, self, oldSelf);
  }
  try {
    const program = compile(rule.rule);
    if (typeof program === "string") return { verdict: "unchecked", message: notEvaluated(rule, program) };
    const result = program(variables(rule, schema, self, oldSelf));
    return result === true ? HOLDS : violated(rule, schema, self, oldSelf);
  } catch (error) {
    const message = notEvaluated(rule, firstLine(error));
    return { verdict: isOfTheRule(error) ? "violated" : "unchecked", message };
  }
};

const HOLDS: RuleVerdict = { verdict: "holds" };

function violated(rule: Rule, schema: OpenAPI, self: unknown, oldSelf: unknown): RuleVerdict {
  const message = worded(rule, schema, self, oldSelf) ?? rule.message ?? `violates the rule ${rule.rule}`;
  return { verdict: "violated", message };
}

/** A message expression that fails, or gives no text, is passed over for the message. */
function worded(rule: Rule, schema: OpenAPI, self: unknown, oldSelf: unknown): string | undefined {
  if (!rule.messageExpression) return undefined;
  try {
    const program = compile(rule.messageExpression);
    const text: unknown = typeof program === "string" ? "" : program(variables(rule, schema, self, oldSelf));
    return typeof text === "string" && text.trim() && !text.includes("\n") ? text : undefined;
  } catch {
    return undefined;
  }
}

function variables(rule: Rule, schema: OpenAPI, self: unknown, oldSelf: unknown): Record<string, unknown> {
  const before = oldSelf === undefined ? [] : [celValue(schema, oldSelf, durationOf)];
  const context = { self: celValue(schema, self, durationOf) };
  if (rule.optionalOldSelf) return { ...context, oldSelf: toOptional({ before }) };
  return before.length ? { ...context, oldSelf: before[0] } : context;
}

type Program = (context: Record<string, unknown>) => unknown;

/** The program of an expression, or why there is none. */
const compile = remembered<Program | string>(compileAnew);

function compileAnew(expression: string): Program | string {
  try {
    const parsed = environment.parse(withOurMatches(expression));
    const { error, valid } = parsed.check();
    return valid ? parsed : firstLine(error);
  } catch (error) {
    return firstLine(error);
  }
}

/** The evaluator's own matches is JavaScript's: ours stands in for it. */
function withOurMatches(expression: string): string {
  return outsideStrings(expression, (code) => code.replace(/\.\s*matches\s*\(/g, ".matchesRE2("));
}

const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false })
  .registerVariable("self", "dyn")
  .registerVariable("oldSelf", "dyn")
  .registerFunction("string.matchesRE2(string): bool", (text: string, pattern: string) => re2(pattern).test(text))
  .registerFunction("string.find(string): string", (text: string, pattern: string) => re2(pattern).find(text))
  .registerFunction("string.replace(string, string): string", (text: string, from: string, to: string) =>
    text.replaceAll(from, () => to),
  )
  .registerFunction("string.charAt(int): string", (text: string, index: bigint) => [...text][Number(index)] ?? "")
  .registerFunction("list.isSorted(): bool", (list: readonly (string | bigint | number)[]) =>
    list.every((item, index) => index === 0 || (list[index - 1] ?? item) <= item),
  )
  .registerFunction("list.indexOf(dyn): int", (list: readonly unknown[], item: unknown) =>
    BigInt(list.findIndex((each) => equal(each, item))),
  );

const toDuration = environment.clone().registerVariable("text", "string").parse("duration(text)");
const toOptional = environment
  .clone()
  .registerVariable("before", "list")
  .parse("size(before) > 0 ? optional.of(before[0]) : optional.none()");

function durationOf(nanoseconds: bigint): unknown {
  const sign = nanoseconds < 0n ? "-" : "";
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  return toDuration({ text: `${sign}${size / 1_000_000_000n}s${size % 1_000_000_000n}ns` });
}

function notEvaluated({ rule }: Rule, why: string): string {
  return `cannot be evaluated: ${why}, in the rule ${show(rule)}`;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}

/** Such as a missing key, not what this evaluator lacks: an overload may be found where types are known. */
function isOfTheRule(error: unknown): boolean {
  return error instanceof EvaluationError && error.code !== "no_such_overload";
}
