import { describe, expect, test } from "vitest";
import { type AdmitOptions, admit } from "./admit.js";
import { list, map, object } from "./collections.js";
import { type OpenAPI } from "./openapi.js";
import { anything, boolean, integer, intOrString, number, oneOf, string } from "./scalars.js";

interface Case {
  readonly schema: { readonly openapi: OpenAPI };
  readonly value: unknown;
  /** Default: the value itself. */
  readonly becomes?: unknown;
  /** Default: none. */
  readonly problems?: readonly string[];
  readonly options?: AdmitOptions;
  readonly reason?: string;
}

function check({ schema, value, becomes = value, problems = [], options }: Case): void {
  const admission = admit(schema.openapi, value, "spec", options);
  expect(admission.problems.map(({ path, message }) => `${path} ${message}`)).toEqual(problems);
  if (!problems.length) expect(admission.value).toEqual(becomes);
}

const raw = (openapi: OpenAPI) => ({ openapi });
const nullable = raw({ type: "string", nullable: true, enum: ["a"] });
const inField = (openapi: OpenAPI) => raw({ type: "object", properties: { a: openapi } });

describe("pruning, null and defaults", () => {
  const size = object({ size: integer().default(1), unit: oneOf("Gi", "Mi").default("Gi") });
  const cases: Readonly<Record<string, Case>> = {
    "an unknown field goes": { schema: object({ a: string() }), value: { a: "x", b: 1 }, becomes: { a: "x" } },
    "a field named like a method is unknown": {
      schema: object({ a: string().optional() }),
      value: { constructor: 1, toString: "x" },
      becomes: {},
    },
    "what is in anything stays": {
      schema: object({ a: anything() }),
      value: { a: { b: [{ c: null }] } },
    },
    "a default is written": { schema: size, value: { unit: "Mi" }, becomes: { size: 1, unit: "Mi" } },
    "null gives way to a default": { schema: size, value: { size: null }, becomes: { size: 1, unit: "Gi" } },
    "null goes where there is none": { schema: object({ a: string().optional() }), value: { a: null }, becomes: {} },
    "null stays where it may": { schema: inField({ type: "string", nullable: true }), value: { a: null } },
    "an entry of a map that is null goes": { schema: map(string()), value: { a: null, b: "x" }, becomes: { b: "x" } },
    "an item that is null stays, and is refused": {
      schema: list(string()),
      value: [null],
      problems: ["spec[0] must be a string, not null"],
    },
    "a required field that is null is missing": {
      schema: object({ a: string() }),
      value: { a: null },
      problems: ["spec.a is required"],
    },
    "a default within a default is written": {
      schema: inField({ type: "object", default: {}, properties: { b: { type: "string", default: "x" } } }),
      value: {},
      becomes: { a: { b: "x" } },
    },
    "undefined is not there": {
      schema: size,
      value: { size: undefined, x: undefined },
      becomes: { size: 1, unit: "Gi" },
    },
    "unknown fields stay beside known ones that are pruned": {
      schema: raw({
        type: "object",
        "x-kubernetes-preserve-unknown-fields": true,
        properties: { a: { type: "object", properties: { b: { type: "string" } } } },
      }),
      value: { a: { b: "x", c: 1 }, z: { y: null } },
      becomes: { a: { b: "x" }, z: { y: null } },
    },
    "a map of anything keeps scalars, null, and objects without fields": {
      schema: inField({ type: "object", additionalProperties: true as unknown as OpenAPI }),
      value: { a: { b: 1, c: null, d: { e: 1 }, f: [{ g: 1 }, 2] } },
      becomes: { a: { b: 1, c: null, d: {}, f: [{}, 2] } },
    },
    "a resource within loses what no metadata has": {
      schema: raw({ type: "object", "x-kubernetes-embedded-resource": true, properties: {} }),
      value: { apiVersion: "v1", kind: "Pod", metadata: { name: "a", label: {}, labels: null } },
      becomes: { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } },
    },
    "a resource within keeps its metadata": {
      schema: raw({ type: "object", "x-kubernetes-embedded-resource": true, properties: { spec: { type: "object" } } }),
      value: { apiVersion: "v1", kind: "Pod", metadata: { labels: { a: "b" } }, status: {} },
      becomes: { apiVersion: "v1", kind: "Pod", metadata: { labels: { a: "b" } } },
    },
  };
  test.each(Object.entries(cases))("%s", (_, each) => check(each));

  test("lists what was pruned", () => {
    const schema = object({ l: list(object({ a: string() })), m: map(object({})) });
    const { pruned } = admit(schema.openapi, { l: [{ a: "x", b: 1 }], m: { "x.y": { z: 1 } }, q: 1 }, "spec");
    expect(pruned).toEqual(["spec.l[0].b", "spec.m[x.y].z", "spec.q"]);
  });

  test("does not change its input, nor the schema, and shares what did not change", () => {
    const schema = object({ a: object({ b: string() }), d: map(string()).default({ x: "y" }) });
    const value = Object.freeze({ a: Object.freeze({ b: "x" }), z: 1 });
    const first = admit(schema.openapi, value).value as { a: object; d: Record<string, string> };
    expect(first.a).toBe(value.a);
    first.d["x"] = "changed";
    expect(admit(schema.openapi, value).value).toEqual({ a: { b: "x" }, d: { x: "y" } });
  });

  test("gives back the input itself where nothing changes", () => {
    const value = { a: ["x"] };
    expect(admit(object({ a: list(string()) }).openapi, value).value).toBe(value);
  });

  test("cannot be led to a prototype", () => {
    const value: unknown = JSON.parse('{"__proto__": {"a": 1, "b": 2}}');
    const admitted = admit(map(object({ a: integer() })).openapi, value).value as object;
    expect(JSON.stringify(admitted)).toBe('{"__proto__":{"a":1}}');
    expect(Object.getPrototypeOf(admitted)).toBe(Object.prototype);
  });
});

describe("types", () => {
  const cases: Readonly<Record<string, Case>> = {
    "a text for an integer": {
      schema: integer(),
      value: "3",
      problems: ['spec must be an integer, not "3"'],
    },
    "a fraction for an integer": { schema: integer(), value: 1.5, problems: ["spec must be an integer, not 1.5"] },
    "more than 64 bits": { schema: integer(), value: 2 ** 63, problems: [`spec must be an integer, not ${2 ** 63}`] },
    "an integer for a number": { schema: number(), value: 1 },
    "no number": { schema: number(), value: Number.NaN, problems: ["spec must be a number, not NaN"] },
    "a number for a boolean": { schema: boolean(), value: 0, problems: ["spec must be a boolean, not 0"] },
    "a list for an object": { schema: object({}), value: [], problems: ["spec must be an object, not an array"] },
    "an object for a list": { schema: list(string()), value: {}, problems: ["spec must be a list, not an object"] },
    "a Date for a text": { schema: string(), value: new Date(0), problems: ["spec must be a string, not a Date"] },
    "a list for a text with a format": {
      schema: string({ format: "date" }),
      value: ["x"],
      problems: ["spec must be a string, not an array"],
      reason: "the API server lets it pass, and whoever reads it would be told that it is a text",
    },
    "a fraction for a number or a text": {
      schema: intOrString(),
      value: 1.5,
      problems: ["spec must be an integer or a string, not 1.5"],
    },
    "what is wrong deep down": {
      schema: object({ l: list(object({ a: map(integer()) })) }),
      value: { l: [{ a: { "x.y": true } }] },
      problems: ["spec.l[0].a[x.y] must be an integer, not true"],
    },
    "a long text is cut": {
      schema: integer(),
      value: "a".repeat(100),
      problems: [`spec must be an integer, not "${"a".repeat(56)}…"`],
    },
    "a resource within that says nothing of itself": {
      schema: raw({ type: "object", "x-kubernetes-embedded-resource": true, properties: {} }),
      value: { kind: "" },
      problems: ["spec.apiVersion is required", 'spec.kind must be a string that is not empty, not ""'],
    },
    "a resource within that is no resource": {
      schema: raw({ type: "object", "x-kubernetes-embedded-resource": true, properties: {} }),
      value: { apiVersion: "a/b/c", kind: "A_b", metadata: { name: "a/b", labels: { a: 1 } } },
      problems: [
        'spec.apiVersion must be a version, after a group and / or not, not "a/b/c"',
        'spec.kind must be letters, digits and -, at most 63, and begin with a letter, not "A_b"',
        "spec.metadata.labels[a] must be a string, not 1",
        'spec.metadata.name must not be . or .., or have / or % in it, not "a/b"',
      ],
    },
  };
  test.each(Object.entries(cases))("%s", (_, each) => check(each));
});

describe("bounds", () => {
  const keyed = list(object({ name: string(), port: integer().default(80) }), { key: ["name", "port"] });
  const cases: Readonly<Record<string, Case>> = {
    "an enum": { schema: oneOf("a", "b"), value: "c", problems: ['spec must be one of a, b, not "c"'] },
    "an enum refuses null": { schema: nullable, value: null, problems: ["spec must be one of a, not null"] },
    "a pattern": {
      schema: string({ pattern: /^[a-z-]+$/ }),
      value: "eu_west",
      problems: ['spec must match ^[a-z-]+$, not "eu_west"'],
    },
    "length counts code points": { schema: string({ maxLength: 2 }), value: "😀😀" },
    "too long": {
      schema: string({ maxLength: 1 }),
      value: "😀😀",
      problems: ["spec must have at most 1 character, not 2"],
    },
    "too short, told before the pattern": {
      schema: string({ minLength: 2, pattern: /^b/ }),
      value: "a",
      problems: ["spec must have at least 2 characters, not 1"],
    },
    "a format": {
      schema: string({ format: "ipv4" }),
      value: "localhost",
      problems: ['spec must have the format ipv4, not "localhost"'],
    },
    "a minimum": { schema: integer({ minimum: 1 }), value: 0, problems: ["spec must be at least 1, not 0"] },
    "a maximum": { schema: number({ maximum: 1.5 }), value: 1.6, problems: ["spec must be at most 1.5, not 1.6"] },
    "exclusive bounds": {
      schema: raw({ type: "integer", minimum: 1, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true }),
      value: 1,
      problems: ["spec must be more than 1, not 1", "spec must be less than 1, not 1"],
    },
    "an integer is compared with the integer part of a bound": {
      schema: number({ minimum: 0.5 }),
      value: 0,
      reason: "the API server does so",
    },
    "a multiple": { schema: integer({ multipleOf: 3 }), value: 4, problems: ["spec must be a multiple of 3, not 4"] },
    "a multiple of a fraction": { schema: raw({ type: "number", multipleOf: 0.1 }), value: 0.3 },
    "too few items": {
      schema: list(string(), { minItems: 1 }),
      value: [],
      problems: ["spec must have at least 1 item, not 0"],
    },
    "too many keys": {
      schema: map(string(), { maxProperties: 1 }),
      value: { a: "", b: "" },
      problems: ["spec must have at most 1 key, not 2"],
    },
    "too few keys": {
      schema: raw({ type: "object", minProperties: 1, additionalProperties: { type: "string" } }),
      value: {},
      problems: ["spec must have at least 1 key, not 0"],
    },
    "an item of a set that is there twice": {
      schema: list(string(), { set: true }),
      value: ["a", "b", "a", "a"],
      problems: ['spec[2] must not repeat "a": each item may be there once'],
    },
    "keys that are there twice once defaults are written": {
      schema: keyed,
      value: [{ name: "a" }, { name: "a", port: 80 }, { name: "a", port: 81 }],
      problems: ['spec[1] must not repeat name "a" and port 80: each may be there once'],
    },
    "what is not required need not be there": { schema: object({ a: string({ minLength: 1 }).optional() }), value: {} },
    "schemas combined": {
      schema: raw({
        type: "object",
        properties: { a: { type: "string" }, b: { type: "string" } },
        allOf: [{ minProperties: 1 }],
        anyOf: [{ required: ["a"] }],
        oneOf: [{ required: ["a"] }, { required: ["b"] }],
        not: { required: ["b"] },
      }),
      value: { b: "" },
      problems: ["spec must fit at least one of the schemas in anyOf", "spec must not fit the schema in not"],
    },
  };
  test.each(Object.entries(cases))("%s", (_, each) => check(each));
});

describe("what lives already", () => {
  const tightened = object({
    region: oneOf("eu-west-1"),
    name: string({ pattern: /^a/, maxLength: 1 }),
    sizes: list(integer({ minimum: 5 }), { maxItems: 1, set: true }),
    added: string().default("x"),
    needed: string(),
  });
  const lives = { region: "us-east-1", name: "bb", sizes: [1, 1], gone: true };
  const cases: Readonly<Record<string, Case>> = {
    "is not refused for what became stricter": {
      schema: tightened,
      value: { ...lives, needed: "" },
      becomes: { region: "us-east-1", name: "bb", sizes: [1, 1], needed: "", added: "x" },
      options: { check: "shape" },
    },
    "is refused where types would lie": {
      schema: tightened,
      value: { ...lives, name: 1 },
      problems: ["spec.needed is required", "spec.name must be a string, not 1"],
      options: { check: "shape" },
    },
    "may be updated elsewhere": {
      schema: inField(tightened.openapi),
      value: { a: lives, b: 1 },
      becomes: { a: { region: "us-east-1", name: "bb", sizes: [1, 1], added: "x" } },
      options: { old: { a: lives } },
      reason: "the API server forgives what an update leaves alone",
    },
    "is refused where an update touches it": {
      schema: tightened,
      value: { ...lives, needed: "", region: "us-west-1" },
      problems: ['spec.region must be one of eu-west-1, not "us-west-1"'],
      options: { old: { ...lives, needed: "" } },
    },
    "is told apart by the keys of lists": {
      schema: list(object({ k: string(), v: oneOf("a") }), { key: "k" }),
      value: [
        { k: "new", v: "c" },
        { k: "old", v: "b" },
      ],
      problems: ['spec[0].v must be one of a, not "c"'],
      options: { old: [{ k: "old", v: "b" }] },
    },
    "may have been there twice": {
      schema: list(string(), { set: true }),
      value: ["a", "a", "b", "b"],
      options: { old: ["a", "a"] },
    },
  };
  test.each(Object.entries(cases))("%s", (_, each) => check(each));
});
