import { oldField, oldItems, unchanged } from "./correlate.js";
import { isRecord } from "./json.js";
import { childOf, type OpenAPI, type Rule } from "./openapi.js";
import { entry, field } from "./path.js";
import { type Findings } from "./problem.js";
import { remembered } from "./remembered.js";
import { isVisible } from "./types.js";

/** What became of a rule. */
export type RuleVerdict =
  | { readonly verdict: "holds" }
  | { readonly verdict: "violated"; readonly message: string }
  /** It may be violated all the same: the API server would know. */
  | { readonly verdict: "unchecked"; readonly message: string };

/** Evaluates a rule of a value's schema. `oldSelf` is undefined where the value is new. */
export type RuleEvaluator = (rule: Rule, schema: OpenAPI, self: unknown, oldSelf: unknown) => RuleVerdict;

/** Whether a rule compares with what was, and so is evaluated for updates only. */
export function isTransition({ rule }: Rule): boolean {
  return namesOld(rule);
}

const namesOld = remembered((rule) => /\boldSelf\b/.test(outsideStrings(rule, (code) => code, '""')));

/** Rewrites a CEL expression but for its string literals, which stay as they are or are replaced. */
export function outsideStrings(expression: string, rewrite: (code: string) => string, literal?: string): string {
  // What is captured comes between what is not.
  const parts = expression.split(STRING);
  return parts.map((part, index) => (index % 2 ? (literal ?? part) : rewrite(part))).join("");
}

const STRING = /([rRbB]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))/;

/** Applies the rules of a schema, and of all below it, to values that are valid but for them. */
export class RuleWalk {
  readonly #evaluate: RuleEvaluator;
  readonly #findings: Findings;

  constructor(evaluate: RuleEvaluator, findings: Findings) {
    this.#evaluate = evaluate;
    this.#findings = findings;
  }

  /** `forgiven` says whether an update left alone what the value is part of. */
  visit(schema: OpenAPI, value: unknown, path: string, old: unknown, forgiven = () => false): void {
    if (value === null) return;
    // What an update has left alone is forgiven all but what compares it with what it was.
    const isLeft = value === old && unchanged(schema, value, old);
    if (isLeft && !comparesBelow(schema)) return;
    const unmoved = old === undefined ? forgiven : () => unchanged(schema, value, old);
    const rules = isVisible(schema) ? schema["x-kubernetes-validations"] : [];
    for (const rule of rules ?? []) {
      if (old === undefined && isTransition(rule) && !rule.optionalOldSelf) continue;
      if (isLeft && !isTransition(rule)) continue;
      this.#report(rule, path, this.#evaluate(rule, schema, value, old), unmoved);
    }
    if (Array.isArray(value) && schema.items) {
      const before = oldItems(schema, old);
      for (const [index, item] of value.entries()) {
        this.visit(schema.items, item, entry(path, index), before(item), unmoved);
      }
    }
    if (!isRecord(value)) return;
    for (const key of Object.keys(value)) {
      const child = childOf(schema, key);
      const at = schema.properties ? field(path, key) : entry(path, key);
      if (child) this.visit(child, value[key], at, oldField(old, key), unmoved);
    }
  }

  #report(rule: Rule, path: string, result: RuleVerdict, unmoved: () => boolean): void {
    if (result.verdict === "holds" || (!isTransition(rule) && unmoved())) return;
    const at = rule.fieldPath ? `${path}${rule.fieldPath}` : path;
    if (result.verdict === "unchecked") this.#findings.skip(at, result.message);
    else this.#findings.add(at, result.message);
  }
}

const compares = new WeakMap<OpenAPI, boolean>();

/** Whether a schema, or one below it, has a rule that compares with what was. */
function comparesBelow(schema: OpenAPI): boolean {
  const known = compares.get(schema);
  if (known !== undefined) return known;
  const { additionalProperties, items, properties = {}, "x-kubernetes-validations": rules = [] } = schema;
  const below = [additionalProperties, items, ...Object.values(properties)];
  const found = rules.some(isTransition) || below.some((child) => typeof child === "object" && comparesBelow(child));
  compares.set(schema, found);
  return found;
}
