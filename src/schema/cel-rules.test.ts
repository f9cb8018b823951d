import { describe, expect, test } from "vitest";
import { admit } from "./admit.js";
import { celRules } from "./cel-rules.js";
import { list, map, object } from "./collections.js";
import { type OpenAPI, type Rule } from "./openapi.js";
import { integer, intOrString, number, string } from "./scalars.js";

const bag = object({
  a: string().optional(),
  n: integer().optional(),
  f: number().optional(),
  l: list(string()).optional(),
  m: map(string()).optional(),
  k: list(object({ k: string(), v: string().optional() }), { key: "k" }).optional(),
  t: string({ format: "date-time" }).optional(),
  d: string({ format: "duration" }).optional(),
  y: string({ format: "byte" }).optional(),
  p: intOrString().optional(),
  "a-b": string().optional(),
  namespace: string().optional(),
  null: string().optional(),
});

function evaluate(schema: OpenAPI, rule: Rule, value: unknown, old?: unknown): readonly string[] {
  const ruled: OpenAPI = { ...schema, "x-kubernetes-validations": [rule] };
  const { problems, unchecked } = admit(ruled, value, "spec", { rules: celRules, old });
  return [
    ...problems.map(({ path, message }) => `${path} ${message}`),
    ...unchecked.map(({ path, message }) => `unchecked: ${path} ${message}`),
  ];
}

describe("a rule that holds", () => {
  test.each<readonly [rule: string, value: object]>([
    ["self.a == 'x'", { a: "x" }],
    ["!has(self.n) || self.n > 1", {}],
    ["self.n / 2 == 1", { n: 3 }],
    ["self.f / 2.0 == 1.5", { f: 3 }],
    ["self.f > 1 && self.n > 0.5", { f: 3, n: 1 }],
    ["self.l.all(x, x.size() == 1) && size(self.l) == 2", { l: ["a", "😀"] }],
    ["self.l.exists_one(x, x == 'a') && 'a' in self.l", { l: ["a", "b"] }],
    ["self.m.all(k, self.m[k] == '1') && has(self.m.a)", { m: { a: "1" } }],
    ["self.k.filter(e, has(e.v)).map(e, e.k) == ['a']", { k: [{ k: "a", v: "" }, { k: "b" }] }],
    ["self.t < timestamp('2025-01-01T00:00:00Z')", { t: "2024-01-01T00:00:00Z" }],
    ["self.d == duration('48h')", { d: "2 days" }],
    ["self.y == b'ab'", { y: "YWI=" }],
    ["type(self.p) == int && self.p == 5", { p: 5 }],
    ["type(self.p) == string && self.p == '5'", { p: "5" }],
    ["self.a__dash__b == 'x' && self.__namespace__ == 'y'", { "a-b": "x", namespace: "y" }],
    ["self.a.matches('^.$') && self.a.find('.') == '😀'", { a: "😀" }],
    ["self.a.replace('x', 'y') == 'y.matches($&)'", { a: "x.matches($&)" }],
    ["self.a.upperAscii() == 'X' && self.a.charAt(0) == 'x'", { a: "x" }],
    ["self.l.isSorted() && self.l.indexOf('b') == 1", { l: ["a", "b"] }],
    [
      "self.l.indexOf('a') == 0 && self.l.lastIndexOf('a') == 2 && self.l.lastIndexOf('c') == -1",
      { l: ["a", "b", "a"] },
    ],
    ["self.a.lowerAscii() == 'aÄß' && self.a.upperAscii() == 'AÄß'", { a: "aÄß" }],
    ["self.a.charAt(1) == 'b' && self.a.charAt(2) == ''", { a: "😀b" }],
    ["self.a.indexOf('b') == 1 && self.a.indexOf('b', 2) == -1 && self.a.indexOf('b', 9) == -1", { a: "😀b" }],
    ["self.a.indexOf('') == 0 && self.a.indexOf('', 9) == 9 && self.a.lastIndexOf('') == 2", { a: "😀b" }],
    [
      "self.a.lastIndexOf('b') == 2 && self.a.lastIndexOf('b', 1) == 0 && self.a.lastIndexOf('bbbb') == -1",
      { a: "b😀b" },
    ],
    ["self.a.substring(1) == 'bc' && self.a.substring(0, 1) == '😀' && self.a.substring(3) == ''", { a: "😀bc" }],
    ["self.a.split('') == ['😀', 'b'] && self.a.split('b') == ['😀', '']", { a: "😀b" }],
    [
      "self.a.split(',', 2) == ['a', 'b,c'] && self.a.split(',', 0) == [] && self.a.split(',', -1).size() == 3",
      { a: "a,b,c" },
    ],
    ["self.a.trim() == '\ufeffx'", { a: "\u0085\u2003\ufeffx\u00a0\n" }],
    ["string(self.f) == '1e+06' && string(0.00001) == '1e-05' && string(1.5) == '1.5'", { f: 1_000_000 }],
    ["string(self.n) == '1000000' && string(true) == 'true' && string(b'a') == 'a'", { n: 1_000_000 }],
    [
      "self.k.map(e, e.k) == ['a'] && self.k.size() == 1 && self.k[0].k == 'a' && self.a + 'b' == 'ab'",
      { a: "a", k: [{ k: "a" }] },
    ],
    ["self.?a.orValue('x') == 'x'", {}],
    ["oldSelf.a == 'x'", { a: "y" }],
  ])("%s", (rule, value) => {
    expect(evaluate(bag.openapi, { rule }, value)).toEqual([]);
  });
});

describe("a rule that does not hold", () => {
  const cases: Readonly<Record<string, { readonly rule: Rule; readonly value: object; readonly found: string }>> = {
    "answers with its message": {
      rule: { rule: "self.a == 'x'", message: "must be x" },
      value: { a: "y" },
      found: "spec must be x",
    },
    "answers with the rule where there is no message": {
      rule: { rule: "self.a == 'x'" },
      value: { a: "y" },
      found: "spec violates the rule self.a == 'x'",
    },
    "answers with what it works out": {
      rule: { rule: "self.a == 'x'", message: "must be x", messageExpression: "'must not be ' + self.a" },
      value: { a: "y" },
      found: "spec must not be y",
    },
    "answers with its message where it cannot": {
      rule: { rule: "self.n == 1", message: "must be 1", messageExpression: "'must not be ' + self.a" },
      value: { n: 2 },
      found: "spec must be 1",
    },
    "names the field": {
      rule: { rule: "self.a == 'x'", message: "must be x", fieldPath: ".a" },
      value: { a: "y" },
      found: "spec.a must be x",
    },
    "reads what is not there": {
      rule: { rule: "self.a == 'x'" },
      value: {},
      found: "spec cannot be evaluated: No such key: a, in the rule \"self.a == 'x'\"",
    },
    "looks beyond a text": {
      rule: { rule: "self.a.charAt(2) == ''" },
      value: { a: "x" },
      found: "spec cannot be evaluated: index out of range: 2, in the rule \"self.a.charAt(2) == ''\"",
    },
    "looks before one": {
      rule: { rule: "self.a.indexOf('x', -1) == 0" },
      value: { a: "x" },
      found: "spec cannot be evaluated: index out of range: -1, in the rule \"self.a.indexOf('x', -1) == 0\"",
    },
    "takes a part that ends before it begins": {
      rule: { rule: "self.a.substring(1, 0) == ''" },
      value: { a: "x" },
      found:
        "spec cannot be evaluated: invalid substring range. start: 1, end: 0, in the rule \"self.a.substring(1, 0) == ''\"",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { rule, value, found }) => {
    expect(evaluate(bag.openapi, rule, value)).toEqual([found]);
  });
});

describe("a rule that cannot be evaluated here", () => {
  test.each<readonly [string, string]>([
    ["isURL(self.a)", "isURL"],
    ["quantity(self.a).isGreaterThan(quantity('1Gi'))", "quantity"],
    ["self.a ==", "Unexpected token"],
    ["self.a == 'x' || b'\u00e9'.size() == 2", "ASCII"],
    ["self.a.replace('x', 'y', 1) == 'y'", "no matching overload"],
    ["string(timestamp('2024-01-01T00:00:00Z')) == ''", "no matching overload for 'string("],
    ["self.k == [] || self.a == 'x'", "lists of type set or map"],
    ["self.a == 'y' || [] + self.k == []", "lists of type set or map"],
    ["[self].all(s, s.k != [])", "lists of type set or map"],
    ["self.?k.orValue([]) == []", "lists of type set or map"],
  ])("%s is said to be unchecked", (rule, why) => {
    const [found, ...more] = evaluate(bag.openapi, { rule }, { a: "x" });
    expect(found).toMatch(/^unchecked: spec cannot be evaluated: /);
    expect(found).toContain(why);
    expect(more).toEqual([]);
  });
});

describe("an update", () => {
  const field = (schema: OpenAPI): OpenAPI => ({
    type: "object",
    properties: {
      s: { ...schema, "x-kubernetes-validations": [{ rule: "self == oldSelf", message: "cannot be changed" }] },
      z: { type: "string" },
    },
  });
  const text = field({ type: "string" });
  const set = field(list(string(), { set: true }).openapi);
  const keyed = field(list(object({ k: string() }), { key: "k" }).openapi);
  const growing: OpenAPI = {
    type: "object",
    properties: {
      s: { type: "integer", "x-kubernetes-validations": [{ rule: "self >= oldSelf", message: "shrinks" }] },
    },
  };
  const tightened: OpenAPI = {
    type: "object",
    properties: {
      s: { type: "integer", "x-kubernetes-validations": [{ rule: "self > 5", message: "too small" }] },
      z: { type: "string" },
    },
  };
  const items: OpenAPI = {
    ...keyed.properties?.["s"],
    "x-kubernetes-validations": [],
    items: object({ k: string(), v: string().immutable() }).openapi,
  };
  const cases: Readonly<
    Record<
      string,
      { readonly schema: OpenAPI; readonly old: unknown; readonly now: unknown; readonly found: readonly string[] }
    >
  > = {
    "keeps what is immutable": { schema: text, old: { s: "a" }, now: { s: "a", z: "" }, found: [] },
    "changes what is immutable": {
      schema: text,
      old: { s: "a" },
      now: { s: "b" },
      found: ["spec.s cannot be changed"],
    },
    "sets what was not there": { schema: text, old: {}, now: { s: "b" }, found: [] },
    "orders a set anew": { schema: set, old: { s: ["a", "b"] }, now: { s: ["b", "a"] }, found: [] },
    "adds to a set": { schema: set, old: { s: ["a"] }, now: { s: ["a", "b"] }, found: ["spec.s cannot be changed"] },
    "orders a list with a key anew": {
      schema: keyed,
      old: { s: [{ k: "a" }, { k: "b" }] },
      now: { s: [{ k: "b" }, { k: "a" }] },
      found: [],
    },
    "compares what changed": { schema: growing, old: { s: 2 }, now: { s: 1 }, found: ["spec.s shrinks"] },
    "is forgiven what it leaves alone": { schema: tightened, old: { s: 1 }, now: { s: 1, z: "" }, found: [] },
    "is not forgiven what it touches": { schema: tightened, old: { s: 1 }, now: { s: 2 }, found: ["spec.s too small"] },
    "tells items apart by their keys": {
      schema: items,
      old: [
        { k: "a", v: "1" },
        { k: "b", v: "2" },
      ],
      now: [
        { k: "b", v: "x" },
        { k: "a", v: "1" },
        { k: "c", v: "3" },
      ],
      found: ["spec[0].v cannot be changed"],
    },
  };
  test.each(Object.entries(cases))("%s", (_, { schema, old, now, found }) => {
    const { problems } = admit(schema, now, "spec", { rules: celRules, old });
    expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual(found);
  });
});

describe("when rules are evaluated", () => {
  const ruled = object({ a: string({ minLength: 3, maxLength: 5 }).default("abc") }).rule("self.a == 'x'", "must be x");
  const cases: Readonly<
    Record<string, { readonly value: unknown; readonly found: readonly string[]; readonly reason: string }>
  > = {
    "after defaults": { value: {}, found: ["must be x"], reason: "rules see what is stored" },
    "with what is too short": {
      value: { a: "y" },
      found: ["must have at least 3 characters, not 1", "must be x"],
      reason: "a rule can cope with it",
    },
    "not with what is too long": {
      value: { a: "abcdef" },
      found: ["must have at most 5 characters, not 6"],
      reason: "the cost of a rule counts on bounds",
    },
    "not with a wrong type": {
      value: { a: 1 },
      found: ["must be a string, not 1"],
      reason: "rules are compiled for types",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { value, found }) => {
    const { problems } = admit(ruled.openapi, value, "spec", { rules: celRules });
    expect(problems.map(({ message }) => message)).toEqual(found);
  });

  test("not for what lives already", () => {
    expect(admit(ruled.openapi, {}, "spec", { rules: celRules, check: "shape" }).problems).toEqual([]);
  });
});
