import { oldField, oldItems, unchanged } from "./correlate.js";
import { embeddedProblems } from "./embedded.js";
import { equal, isRecord } from "./json.js";
import { type OpenAPI } from "./openapi.js";
import { entry, field } from "./path.js";
import { count, Findings, show } from "./problem.js";
import { fits, typesInWords } from "./types.js";
import { validateNumber, validateString } from "./validate-scalar.js";

/** How much is checked: `shape` is types and what is required, `full` is all that a schema says. */
export type Check = "full" | "shape";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Validates normalized values as the API server does, but for the types of lists and the rules, which it looks at
 * apart. With what a value was before an update, what that left alone is not refused.
 */
export class Validator {
  readonly #full: boolean;
  readonly #findings: Findings;

  constructor(check: Check, findings: Findings) {
    this.#full = check === "full";
    this.#findings = findings;
  }

  validate(schema: OpenAPI, value: unknown, path: string, old?: unknown): void {
    if (old === undefined) {
      this.#value(schema, value, path, old);
      return;
    }
    const isUnchanged = () => unchanged(schema, value, old);
    // What is shared with what was before is not even looked at.
    if (value === old && isUnchanged()) return;
    this.#findings.unless(isUnchanged, () => this.#value(schema, value, path, old));
  }

  #value(schema: OpenAPI, value: unknown, path: string, old: unknown): void {
    if (!fits(schema, value)) {
      this.#findings.block(path, `must be ${typesInWords(schema)}, not ${show(value)}`);
      return;
    }
    if (this.#full) this.#choice(schema, value, path);
    if (Array.isArray(value)) this.#list(schema, value, path, old);
    else if (isRecord(value)) this.#object(schema, value, path, old);
    else if (this.#full && typeof value === "string") validateString(schema, value, path, this.#findings);
    else if (this.#full && typeof value === "number") validateNumber(schema, value, path, this.#findings);
  }

  /** An enum refuses null even where the field may be null. */
  #choice(schema: OpenAPI, value: unknown, path: string): void {
    const { allOf, anyOf, not, oneOf } = schema;
    if (schema.enum?.length && (value === null || !schema.enum.some((allowed) => equal(allowed, value)))) {
      const allowed = schema.enum.map((choice) => (typeof choice === "string" ? choice : JSON.stringify(choice)));
      this.#findings.block(path, `must be one of ${allowed.join(", ")}, not ${show(value)}`);
    }
    for (const part of allOf ?? []) this.validate(part, value, path);
    if (anyOf?.length && !anyOf.some((part) => passes(part, value))) {
      this.#findings.add(path, "must fit at least one of the schemas in anyOf");
    }
    const fitting = oneOf?.filter((part) => passes(part, value)).length;
    if (oneOf?.length && fitting !== 1) {
      this.#findings.add(path, `must fit exactly one of the schemas in oneOf, not ${fitting}`);
    }
    if (not && passes(not, value)) this.#findings.add(path, "must not fit the schema in not");
  }

  #list(schema: OpenAPI, value: readonly unknown[], path: string, old: unknown): void {
    const { items, maxItems = Number.POSITIVE_INFINITY, minItems = 0 } = schema;
    if (this.#full && value.length < minItems) {
      this.#findings.add(path, `must have at least ${count(minItems, "item")}, not ${value.length}`);
    }
    if (this.#full && value.length > maxItems) {
      this.#findings.block(path, `must have at most ${count(maxItems, "item")}, not ${value.length}`);
    }
    if (!items) return;
    const before = oldItems(schema, old);
    for (const [index, item] of value.entries()) this.validate(items, item, entry(path, index), before(item));
  }

  #object(schema: OpenAPI, value: Fields, path: string, old: unknown): void {
    if (this.#full) this.#size(schema, value, path);
    if (schema["x-kubernetes-embedded-resource"]) this.#meta(value, path);
    for (const key of schema.required ?? []) {
      if (!Object.hasOwn(value, key)) this.#findings.block(field(path, key), "is required");
    }
    const { additionalProperties, properties } = schema;
    for (const key in properties) {
      const child = properties[key];
      if (!child || !Object.hasOwn(value, key)) continue;
      this.validate(child, value[key], field(path, key), oldField(old, key));
    }
    if (!additionalProperties) return;
    for (const key of Object.keys(value)) {
      if (properties && Object.hasOwn(properties, key)) continue;
      this.validate(additionalProperties, value[key], entry(path, key), oldField(old, key));
    }
  }

  #size(schema: OpenAPI, value: Fields, path: string): void {
    const { maxProperties = Number.POSITIVE_INFINITY, minProperties = 0 } = schema;
    const { length } = Object.keys(value);
    if (length < minProperties) {
      this.#findings.add(path, `must have at least ${count(minProperties, "key")}, not ${length}`);
    }
    if (length > maxProperties) {
      this.#findings.block(path, `must have at most ${count(maxProperties, "key")}, not ${length}`);
    }
  }

  #meta(value: Fields, path: string): void {
    for (const key of ["apiVersion", "kind"]) {
      if (value[key] === undefined) this.#findings.block(field(path, key), "is required");
    }
    if (!this.#full) return;
    for (const problem of embeddedProblems(value, path)) this.#findings.add(problem.path, problem.message);
  }
}

function passes(schema: OpenAPI, value: unknown): boolean {
  const findings = new Findings();
  new Validator("full", findings).validate(schema, value, "");
  return findings.problems.length === 0;
}
