import { Environment, EvaluationError } from "@marcbachmann/cel-js";
import { comparesSets, type Expression } from "./cel-lists.js";
import { RuleError, TEXT_FUNCTIONS } from "./cel-text.js";
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
    const isSame = self === oldSelf || equal(inOrder(schema, self), inOrder(schema, oldSelf));
    return isSame ? HOLDS : violated(rule, schema, self, oldSelf);
  }
  try {
    const program = compile(rule.rule);
    if (typeof program === "string") return { verdict: "unchecked", message: notEvaluated(rule, program) };
    if (comparesSets(expressionOf(rule.rule), schema)) {
      return { verdict: "unchecked", message: notEvaluated(rule, "it compares or adds lists of type set or map") };
    }
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
  const context = { self: celValue(schema, self, durationOf) };
  const seen = (old: unknown) => (old === self ? context.self : celValue(schema, old, durationOf));
  const before = oldSelf === undefined ? [] : [seen(oldSelf)];
  if (rule.optionalOldSelf) return { ...context, oldSelf: toOptional({ before }) };
  return before.length ? { ...context, oldSelf: before[0] } : context;
}

type Program = (context: Record<string, unknown>) => unknown;

/** The program of an expression, or why there is none. */
const compile = remembered<Program | string>(compileAnew);

function compileAnew(expression: string): Program | string {
  if (WIDE_BYTES.test(expression)) return "bytes are written with other characters than ASCII";
  try {
    const parsed = environment.parse(withOurFunctions(expression));
    const { error, valid } = parsed.check();
    return valid ? parsed : firstLine(error);
  } catch (error) {
    return firstLine(error);
  }
}

/** The evaluator makes a byte of each character. */
const WIDE_BYTES = /(?<!\w)(?:[bB][rR]?|[rR][bB])(["'])(?:(?!\1).)*[^\0-\x7f]/;

/** Some of the evaluator's own functions are JavaScript's: ours stand in for them. */
function withOurFunctions(expression: string): string {
  return outsideStrings(expression, (code) => code.replace(METHOD, ".go_$1(").replace(CONVERSION, "go_string("));
}

const METHOD = /\.\s*(matches|charAt|indexOf|lastIndexOf|lowerAscii|upperAscii|split|substring|trim)\s*\(/g;
const CONVERSION = /(?<![\w.])string\s*\(/g;

/** An expression before it is checked, which rewrites its macros. */
const expressionOf = remembered<Expression>((text) => environment.parse(text).ast);

const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false })
  .registerVariable("self", "dyn")
  .registerVariable("oldSelf", "dyn")
  .registerFunction("string.go_matches(string): bool", (text: string, pattern: string) => re2(pattern).test(text))
  .registerFunction("string.find(string): string", (text: string, pattern: string) => re2(pattern).find(text))
  .registerFunction("string.replace(string, string): string", (text: string, from: string, to: string) =>
    text.replaceAll(from, () => to),
  )
  .registerFunction("list.isSorted(): bool", (list: readonly (string | bigint | number)[]) =>
    list.every((item, index) => index === 0 || (list[index - 1] ?? item) <= item),
  )
  .registerFunction("list.go_indexOf(dyn): int", (list: readonly unknown[], item: unknown) =>
    BigInt(list.findIndex((each) => equal(each, item))),
  )
  .registerFunction("list.go_lastIndexOf(dyn): int", (list: readonly unknown[], item: unknown) =>
    BigInt(list.findLastIndex((each) => equal(each, item))),
  );
for (const [signature, handler] of Object.entries(TEXT_FUNCTIONS)) environment.registerFunction(signature, handler);

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
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
  return line.replace(/\bgo_(?=\w+\()/g, "");
}

/** Such as a missing key, not what this evaluator lacks: an overload may be found where types are known. */
function isOfTheRule(error: unknown): boolean {
  if (error instanceof RuleError) return true;
  return error instanceof EvaluationError && !LACKING.includes(error.code);
}

const LACKING = ["no_such_overload", "no_matching_overload"];
