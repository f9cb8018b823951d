import { describe, expect, test } from "vitest";
import { list, map, object } from "./collections.js";
import { anything, boolean, integer, intOrString, number, oneOf, string } from "./scalars.js";
import { type Schema } from "./schema.js";

describe("what a builder writes", () => {
  const cases: Readonly<Record<string, { readonly schema: Schema; readonly openapi: object }>> = {
    "a string with bounds": {
      schema: string({ pattern: /^a\/b$/, minLength: 1, maxLength: 3, format: "email" }),
      openapi: { type: "string", pattern: "^a/b$", minLength: 1, maxLength: 3, format: "email" },
    },
    "an integer": {
      schema: integer({ minimum: 1, maximum: 9, multipleOf: 2 }),
      openapi: { type: "integer", format: "int64", minimum: 1, maximum: 9, multipleOf: 2 },
    },
    "a number": { schema: number({ minimum: 0.5 }), openapi: { type: "number", minimum: 0.5 } },
    "a boolean": { schema: boolean().describe("Whether."), openapi: { type: "boolean", description: "Whether." } },
    "a choice": { schema: oneOf("a", "b"), openapi: { type: "string", enum: ["a", "b"] } },
    "a number or a text": { schema: intOrString(), openapi: { "x-kubernetes-int-or-string": true } },
    anything: { schema: anything(), openapi: { "x-kubernetes-preserve-unknown-fields": true } },
    "a map": {
      schema: map(string(), { minProperties: 1, maxProperties: 2 }),
      openapi: { type: "object", additionalProperties: { type: "string" }, minProperties: 1, maxProperties: 2 },
    },
    "a list": {
      schema: list(string(), { minItems: 1, maxItems: 2 }),
      openapi: { type: "array", items: { type: "string" }, minItems: 1, maxItems: 2 },
    },
    "a set": {
      schema: list(string(), { set: true }),
      openapi: { type: "array", items: { type: "string" }, "x-kubernetes-list-type": "set" },
    },
    "a list with a key": {
      schema: list(object({ name: string() }), { key: "name" }),
      openapi: {
        type: "array",
        items: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
      },
    },
    "an object": {
      schema: object({ a: string(), b: string().optional(), c: string().default("x") }),
      openapi: {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "string" }, c: { type: "string", default: "x" } },
        required: ["a"],
      },
    },
    "rules, in the order of the calls": {
      schema: string().rule("self != ''", "must not be empty").immutable(),
      openapi: {
        type: "string",
        "x-kubernetes-validations": [
          { rule: "self != ''", message: "must not be empty" },
          { rule: "self == oldSelf", message: "cannot be changed" },
        ],
      },
    },
    "a default, written in full": {
      schema: object({ policy: oneOf("Retain", "Delete").default("Retain"), note: string().optional() }).default({}),
      openapi: {
        type: "object",
        properties: {
          policy: { type: "string", enum: ["Retain", "Delete"], default: "Retain" },
          note: { type: "string" },
        },
        default: { policy: "Retain" },
      },
    },
  };
  test.each(Object.entries(cases))("%s", (_, { schema, openapi }) => {
    expect(schema.openapi).toEqual(openapi);
  });

  test("leaves a schema as it was", () => {
    const schema = string();
    schema.describe("x").optional();
    expect([schema.openapi, schema.key]).toEqual([{ type: "string" }, "required"]);
  });
});

describe("what a builder refuses", () => {
  const cases: Readonly<Record<string, { readonly make: () => unknown; readonly error: RegExp }>> = {
    "optional and immutable": {
      make: () => string().optional().immutable(),
      error: /cannot make an optional field imm/,
    },
    "immutable and optional": {
      make: () => string().immutable().optional(),
      error: /cannot make an optional field imm/,
    },
    "a default and optional": { make: () => string().default("").optional(), error: /it is never absent/ },
    "a default that does not match": {
      make: () => string({ pattern: /^a/ }).default("b"),
      error: /^cannot use "b" as a default: \. must match \^a, not "b"$/,
    },
    "a default that lacks a field": {
      make: () => object({ a: object({ b: string() }) }).default({ a: {} as { readonly b: string } }),
      error: /a\.b is required/,
    },
    "a default with a field that there is not": {
      make: () => object({ a: string().optional() }).default({ b: 1 } as object),
      error: /b is not in the schema/,
    },
    "a choice that is there twice": { make: () => oneOf("a", "a"), error: /cannot offer "a" twice/ },
    "a fraction as a bound of an integer": {
      make: () => integer({ maximum: 1.5 }),
      error: /cannot use 1.5 as the max/,
    },
    "a multiple of nothing": { make: () => integer({ multipleOf: 0 }), error: /it must be at least 1/ },
    "bounds the wrong way round": { make: () => number({ minimum: 2, maximum: 1 }), error: /nothing would be allowed/ },
    "lengths the wrong way round": {
      make: () => string({ minLength: 2, maxLength: 1 }),
      error: /minLength 2 with maxL/,
    },
    "a negative number of items": { make: () => list(string(), { minItems: -1 }), error: /cannot use -1 as minItems/ },
    "a key and a set": {
      make: () => list(object({ a: string() }), { key: "a", set: true as never }),
      error: /cannot make a list with a key a set/,
    },
    "flags in a pattern": {
      make: () => string({ pattern: /a/i }),
      error: /cannot use the flags i in the pattern \/a\/i/,
    },
  };
  test.each(Object.entries(cases))("%s", (_, { make, error }) => {
    expect(make).toThrow(error);
  });
});
