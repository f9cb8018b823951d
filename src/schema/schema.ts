import { admit } from "./admit.js";
import { type OpenAPI, type Rule } from "./openapi.js";
import { explain } from "./problem.js";

/** How an object holds a field: it must be written, it may be left out, or it may be since there is a default. */
export type Key = "required" | "optional" | "defaulted";

/**
 * One schema: OpenAPI for the XRD, and types. `In` is what a person writes, `Out` what is read once defaults are
 * applied. Schemas never change; each method gives another.
 */
export class Schema<In = unknown, Out = unknown, K extends Key = Key> {
  declare readonly "~in"?: In;
  declare readonly "~out"?: Out;

  constructor(
    readonly openapi: OpenAPI,
    readonly key: K,
  ) {}

  /** May be left out; then whoever reads it sees undefined. Not for what is immutable or has a default. */
  optional(): Schema<In, Out, "optional"> {
    if (this.key === "defaulted") throw new Error("cannot make a field with a default optional: it is never absent");
    if (this.openapi["x-kubernetes-validations"]?.some(isImmutable)) throw immutableAndOptional();
    return new Schema(this.openapi, "optional");
  }

  /**
   * May be left out; then the API server writes this value. It is checked here, and written into the schema in full:
   * rules see a default as it stands, before defaults within it are applied.
   */
  default(value: In): Schema<In, Out, "defaulted"> {
    const { value: full, problems, pruned } = admit(this.openapi, value);
    const unknown = pruned.map((path) => ({ path, message: "is not in the schema" }));
    const wrong = [...problems, ...unknown];
    if (wrong.length) throw new Error(`cannot use ${JSON.stringify(value)} as a default: ${explain(wrong)}`);
    return new Schema({ ...this.openapi, default: structuredClone(full) }, "defaulted");
  }

  /** What `kubectl explain` says. */
  describe(description: string): Schema<In, Out, K> {
    return new Schema({ ...this.openapi, description }, this.key);
  }

  /**
   * A rule in CEL over `self`, and over `oldSelf` for updates. The API server checks it, and answers with the message.
   */
  rule(rule: string, message: string): Schema<In, Out, K> {
    const rules: readonly Rule[] = [...(this.openapi["x-kubernetes-validations"] ?? []), { rule, message }];
    return new Schema({ ...this.openapi, "x-kubernetes-validations": rules }, this.key);
  }

  /**
   * Never changes once it is set. Not for optional fields: who leaves one out, and writes it again, gets around it. For
   * those put a rule on the parent, such as `has(self.x) == has(oldSelf.x) && (!has(self.x) || self.x == oldSelf.x)`.
   */
  immutable(): Schema<In, Out, K> {
    if (this.key === "optional") throw immutableAndOptional();
    return this.rule(IMMUTABLE, "cannot be changed");
  }
}

/** The type of what is written under a schema. */
export type In<S> = S extends Schema<infer Written, infer _Out, infer _Key> ? Written : never;

/** The type of what is read under a schema. */
export type Out<S> = S extends Schema<infer _In, infer Read, infer _Key> ? Read : never;

const IMMUTABLE = "self == oldSelf";

/** Whether the rule is that of an immutable field. */
export function isImmutable({ rule }: Rule): boolean {
  return rule.trim() === IMMUTABLE;
}

function immutableAndOptional(): Error {
  return new Error("cannot make an optional field immutable: give it a default, or put a rule on its parent");
}
