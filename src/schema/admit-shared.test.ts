import { describe, expect, test } from "vitest";
import { admit } from "./admit.js";
import { celRules } from "./cel-rules.js";
import { type OpenAPI } from "./openapi.js";

// What an update shares with what was there before is passed over. What comes of it must be what comes of equal values.

const text: OpenAPI = { type: "string" };
const part: OpenAPI = {
  type: "object",
  properties: {
    name: { ...text, minLength: 2 },
    count: { type: "integer", "x-kubernetes-validations": [{ rule: "self >= oldSelf", message: "must not shrink" }] },
    up: { type: "integer", "x-kubernetes-validations": [{ rule: "self > oldSelf", message: "must grow" }] },
    set: { type: "array", items: text, "x-kubernetes-list-type": "set" },
    open: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    given: { ...text, default: "x" },
  },
  "x-kubernetes-validations": [{ rule: "!has(self.name) || self.name != 'bad'", message: "must not be bad" }],
};
const schema: OpenAPI = {
  type: "object",
  properties: { a: part, b: part, list: { type: "array", items: part } },
  "x-kubernetes-validations": [{ rule: "!has(self.a) || !has(self.b) || self.a != self.b", message: "must differ" }],
};

type Part = Readonly<Record<string, unknown>>;
interface Whole {
  readonly a: Part;
  readonly b: Part;
  readonly list: readonly Part[];
}

const olds: Readonly<Record<string, Whole>> = {
  "what is as it should be": {
    a: { name: "one", count: 1, set: ["x", "y"], open: { any: 1 } },
    b: { name: "two", count: 2 },
    list: [{ name: "three" }],
  },
  "what would be refused if it were new": {
    a: { name: "bad", set: ["x", "x"], open: { any: 1 } },
    b: { name: "b", count: 2 },
    list: [{ name: "c" }, { name: "bad" }],
  },
  "a rule that no value keeps": { a: { name: "one", up: 1 }, b: { name: "two" }, list: [] },
};

const updates: Readonly<Record<string, (old: Whole) => unknown>> = {
  nothing: (old) => old,
  "the object itself": (old) => ({ ...old }),
  "one part": (old) => ({ ...old, b: { ...old.b, name: "new", unknown: 1 } }),
  "one part, to what is refused": (old) => ({ ...old, b: { ...old.b, name: "n", count: 1, set: ["z", "z"] } }),
  "one part, to what the other is": (old) => ({ ...old, b: old.a }),
  "a list": (old) => ({ ...old, list: [...old.list, { name: "bad", set: ["q", "q"] }] }),
};

describe.each(Object.entries(olds))("%s", (_, written) => {
  const old = admit(schema, written).value as Whole;
  test.each(Object.entries(updates))("updated in %s", (__, update) => {
    const shared = admit(schema, update(old), "", { old, isOldAdmitted: true, rules: celRules });
    const apart = admit(schema, structuredClone(update(old)), "", { old: structuredClone(old), rules: celRules });
    expect(shared).toEqual(apart);
  });
});
