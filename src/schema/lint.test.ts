import { describe, expect, test } from "vitest";
import { list, map, object } from "./collections.js";
import { lint } from "./lint.js";
import { type OpenAPI } from "./openapi.js";
import { anything, boolean, integer, intOrString, oneOf, string } from "./scalars.js";

const name = string({ maxLength: 63 });
const inField = (a: OpenAPI) => ({ openapi: { type: "object", properties: { a } } satisfies OpenAPI });

describe("what passes", () => {
  const cases: Readonly<Record<string, { readonly openapi: OpenAPI }>> = {
    "an immutable text": object({ a: string().immutable() }),
    "an immutable field of an item with a key": object({
      l: list(object({ name, a: name.immutable() }), { key: "name", maxItems: 10 }),
    }),
    "an immutable choice, which has no length": object({
      l: list(object({ name, a: oneOf("a", "b").immutable() }), { key: "name", maxItems: 10 }),
    }),
    "an immutable entry of a map": map(name.immutable(), { maxProperties: 10 }),
    "a rule over bounded lists": object({ l: list(name, { maxItems: 10 }) }).rule("self.l.all(x, x != '')", "x"),
    "how many items there are": object({ l: list(string()) }).rule("size(self.l) > 0 && self.l.size() < 9", "x"),
    "whether there are any": object({ l: list(string()).optional() }).rule("has(self.l)", "x"),
    "a rule beside an unbounded list": object({ l: list(string()), a: string() }).rule("self.a != 'l'", "x"),
    "oldSelf in a text": list(name.rule("self != 'oldSelf'", "x"), { maxItems: 10 }),
    "a default that satisfies its rules in full": object({
      d: object({ policy: oneOf("Retain", "Delete").default("Retain"), force: boolean().default(false) })
        .rule("!self.force || self.policy == 'Delete'", "x")
        .default({}),
    }),
    "a set of texts": list(string(), { set: true }),
    "a key that is a number or a text": list(object({ port: intOrString() }), { key: "port" }),
  };
  test.each(Object.entries(cases))("%s", (_, { openapi }) => {
    expect(lint(openapi, "spec")).toEqual([]);
  });
});

describe("what is refused", () => {
  const cases: Readonly<Record<string, { readonly schema: { readonly openapi: OpenAPI }; readonly problem: string }>> =
    {
      "a rule below a list without a bound": {
        schema: object({ l: list(object({ name, n: integer().rule("self > 0", "x") }), { key: "name" }) }),
        problem: "spec.l[*].n must not have a rule (self > 0) unless spec.l has maxItems: it would cost too much",
      },
      "a rule below a map without a bound": {
        schema: map(integer().rule("self > 0", "x")),
        problem: "spec[*] must not have a rule (self > 0) unless spec has maxProperties: it would cost too much",
      },
      "a rule on a list without a bound": {
        schema: object({ l: list(string()).immutable() }),
        problem:
          "spec.l must not have a rule (self == oldSelf) that reads spec.l unless that has maxItems: it would cost too much",
      },
      "a rule that reads a list without a bound": {
        schema: object({ o: object({ l: list(string()) }) }).rule("self.o.l.all(x, x != '')", "x"),
        problem:
          "spec must not have a rule (self.o.l.all(x, x != '')) that reads spec.o.l unless that has maxItems: it would cost too much",
      },
      "a rule that reads an object with such a list as a whole": {
        schema: object({ o: object({ l: list(string()) }) }).rule("self.o == oldSelf.o", "x"),
        problem:
          "spec must not have a rule (self.o == oldSelf.o) that reads spec.o.l unless that has maxItems: it would cost too much",
      },
      "a rule on a text without a bound, for each item": {
        schema: list(object({ name, a: string().immutable() }), { key: "name", maxItems: 100 }),
        problem:
          "spec[*].a must not have a rule (self == oldSelf) that reads spec[*].a unless that has maxLength: it would cost too much",
      },
      "a slow function on a text without a bound": {
        schema: string().rule("self.split(',').all(x, x != '')", "x"),
        problem:
          "spec must not have a rule (self.split(',').all(x, x != '')) that reads spec unless that has maxLength: it would cost too much",
      },
      "oldSelf below a list without a key": {
        schema: list(object({ a: name.immutable() }), { maxItems: 10 }),
        problem:
          "spec[*].a must not have a rule with oldSelf (self == oldSelf): what an item of spec was cannot be told, unless its list has a key",
      },
      "oldSelf below a set": {
        schema: list(name.immutable(), { maxItems: 10, set: true }),
        problem:
          "spec[*] must not have a rule with oldSelf (self == oldSelf): what an item of spec was cannot be told, unless its list has a key",
      },
      "a rule on anything": {
        schema: anything().rule("true", "x"),
        problem: "spec must not have a rule (true): CEL does not see what is anything, nor lists and maps of it",
      },
      "a rule on a list of anything": {
        schema: list(anything(), { maxItems: 9 }).immutable(),
        problem:
          "spec must not have a rule (self == oldSelf): CEL does not see what is anything, nor lists and maps of it",
      },
      "an empty rule": { schema: string().rule(" ", "x"), problem: "spec must not have an empty rule" },
      "an empty message": {
        schema: string().rule("true", ""),
        problem: "spec must not have an empty message for the rule true",
      },
      "a message of two lines": {
        schema: string().rule("true", "a\nb"),
        problem: "spec must have a message in one line for the rule true",
      },
      "optional and immutable": {
        schema: inField({ type: "string", "x-kubernetes-validations": [{ rule: "self == oldSelf" }] }),
        problem: "spec.a must not be both optional and immutable: give it a default, or put a rule on its parent",
      },
      "a default that is not written in full": {
        schema: inField({ type: "object", default: {}, properties: { b: { type: "string", default: "x" } } }),
        problem: 'spec.a must have its default written in full: {"b":"x"}',
      },
      "a default that is refused": {
        schema: inField({ type: "string", enum: ["a"], default: "b" }),
        problem: 'spec.a must be one of a, not "b" (in the default of spec.a)',
      },
      "a default with a field that there is not": {
        schema: inField({ type: "object", default: { b: 1 }, properties: {} }),
        problem: "spec.a.b is not in the schema (in the default of spec.a)",
      },
      "a pattern that RE2 refuses": {
        schema: inField({ type: "string", pattern: "(?=a)" }),
        problem:
          "spec.a must have a pattern that RE2 accepts: Kubernetes matches with RE2, which refuses (?=a): invalid or unsupported Perl syntax: `(?=`",
      },
      "a set of objects": {
        schema: list(object({ a: name }), { set: true as never }),
        problem: "spec must have scalar items, being a set: give a list of objects a key instead",
      },
      "a key that may be left out": {
        schema: list(object({ a: name.optional() }), { key: "a" as never }),
        problem: "spec[*].a must be required or have a default, being a key of spec",
      },
      "a key that there is not": {
        schema: list(object({ a: name }), { key: "b" as never }),
        problem: "spec[*].b must be a field of the items of spec, being their key",
      },
      "a key that is an object": {
        schema: list(object({ a: object({}) }), { key: "a" as never }),
        problem: "spec[*].a must be a scalar, being a key of spec",
      },
      "a key twice": {
        schema: list(object({ a: name }), { key: ["a", "a"] }),
        problem: "spec must not name a key twice: a, a",
      },
      "a list of type map without keys": {
        schema: { openapi: { type: "array", items: { type: "object" }, "x-kubernetes-list-type": "map" } },
        problem: "spec must name the keys of its items, being a list of type map",
      },
      "fields and additionalProperties": {
        schema: { openapi: { type: "object", properties: {}, additionalProperties: { type: "string" } } },
        problem: "spec must not have both fields and additionalProperties",
      },
      "a list of nothing": { schema: { openapi: { type: "array" } }, problem: "spec must say what its items are" },
    };
  test.each(Object.entries(cases))("%s", (_, { schema, problem }) => {
    expect(lint(schema.openapi, "spec").map(({ path, message }) => `${path} ${message}`)).toEqual([problem]);
  });
});
