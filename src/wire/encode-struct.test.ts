import { describe, expect, test } from "vitest";
import { bothCodecs } from "../../test/support/wire/both-codecs.js";
import { type JsonObject } from "./json.js";
import { MAX_DEPTH } from "./max-depth.js";

class Bucket {
  readonly region = "eu-west-1";
}

describe.each(bothCodecs)("the $name codec, of Structs", ({ decodeRequest, encodeRequest }) => {
  const roundTrip = (input: object): JsonObject | undefined => decodeRequest(encodeRequest({ input })).input;

  test.each<[string, object, object]>([
    ["minus zero", { z: -0 }, { z: -0 }],
    ["the largest and smallest integers", { a: 2 ** 53 - 1, b: 1 - 2 ** 53 }, { a: 2 ** 53 - 1, b: 1 - 2 ** 53 }],
    ["fractions", { a: 0.1, b: 5e-324, c: -2.5e-10 }, { a: 0.1, b: 5e-324, c: -2.5e-10 }],
    ["undefined, which is left out", { a: undefined, b: { c: undefined } }, { b: {} }],
    ["objects without a prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ["one object in two places", ((o) => ({ a: o, b: [o, o] }))({ x: 1 }), { a: { x: 1 }, b: [{ x: 1 }, { x: 1 }] }],
    ["symbols as keys, which do not count", { [Symbol("s")]: 1, a: 1 }, { a: 1 }],
    ["empty keys", { "": { "": "" } }, { "": { "": "" } }],
    ["whole surrogate pairs", { "🚀": "🚀" }, { "🚀": "🚀" }],
  ])("carries %s", (_name, input, want) => {
    expect(roundTrip(input)).toEqual(want);
  });

  test("orders fields by code unit, however they were set", () => {
    const input = { b: 1, "\uffff": 1, "🚀": 1, é: 1, x9: 1, x10: 1, a: 1, A: 1 };
    expect(Object.keys(roundTrip(input) ?? {})).toEqual(["A", "a", "b", "x10", "x9", "é", "🚀", "\uffff"]);
  });

  const cycle: Record<string, unknown> = { name: "x" };
  cycle["parts"] = [{ whole: cycle }];

  test.each<[string, unknown, string, string]>([
    ["NaN", { a: [1, { b: Number.NaN }] }, "input.a[1].b", "NaN is not a JSON number"],
    ["an infinity", { a: Number.NEGATIVE_INFINITY }, "input.a", "-Infinity is not a JSON number"],
    ["an integer beyond 2^53", { a: 2 ** 53 }, "input.a", "9007199254740992 is an integer beyond 2^53"],
    ["a negative one", { a: -(2 ** 60) }, "input.a", "-1152921504606847000 is an integer beyond 2^53"],
    ["a bigint", { a: 1n }, "input.a", "a bigint is not a JSON value: send a number"],
    ["a function", { a: () => 1 }, "input.a", "a function is not a JSON value"],
    ["a symbol", { a: Symbol("s") }, "input.a", "a symbol is not a JSON value"],
    [
      "undefined in a list",
      { a: [1, undefined] },
      "input.a[1]",
      "undefined is not a JSON value: leave it out, or send null",
    ],
    ["a hole in a list", { a: new Array(1) }, "input.a[0]", "undefined is not a JSON value"],
    ["a Date", { "a.b": new Date(0) }, 'input["a.b"]', "a Date is not a JSON value: send its toISOString()"],
    ["a Map", { a: new Map() }, "input.a", "a Map is not a JSON value"],
    ["a Set", { a: new Set() }, "input.a", "a Set is not a JSON value"],
    ["bytes", { a: Buffer.from("x") }, "input.a", "bytes are not a JSON value: send them in base64"],
    [
      "an instance of a class",
      { a: new Bucket() },
      "input.a",
      "an instance of Bucket is not a JSON value: send a plain object",
    ],
    ["a boxed string", { a: Object("x") }, "input.a", "an instance of String is not a JSON value"],
    ["an object that inherits", { a: Object.create({ b: 1 }) }, "input.a", "an instance of Object is not a JSON value"],
    ["toJSON", { a: { toJSON: () => 1 } }, "input.a.toJSON", "a function is not a JSON value"],
    ["half a surrogate pair", { a: "x\ud83d" }, "input.a", "the string holds half of a surrogate pair"],
    ["half a pair in a key", { "\udc00": 1 }, 'input["\\udc00"]', "the string holds half of a surrogate pair"],
    ["a cycle", { a: cycle }, "input.a.parts[0].whole", "it contains itself"],
    ["a list as a Struct", [1], "input", "a Struct is an object with named fields: send one"],
    ["null as a Struct", null, "input", "a Struct is an object with named fields: send one"],
    ["an instance as a Struct", new Bucket(), "input", "an instance of Bucket is not a JSON value"],
  ])("refuses %s", (_name, input, path, problem) => {
    const encode = () => encodeRequest({ input: input as object });
    expect(encode).toThrow(expect.objectContaining({ name: "WireError", path }));
    expect(encode).toThrow(`cannot encode RunFunctionRequest at ${path}: ${problem}`);
  });

  test.each<[string, (inner: unknown) => object]>([
    ["objects", (inner) => ({ a: inner })],
    ["lists", (inner) => [inner]],
  ])("takes %s nested as deep as the limit, and no deeper", (_name, wrap) => {
    let value: unknown = {};
    for (let depth = 2; depth < MAX_DEPTH; depth++) value = wrap(value);
    expect(Object.keys(roundTrip({ k: value }) ?? {})).toEqual(["k"]);
    expect(() => roundTrip({ k: wrap(value) })).toThrow(/k.*….*: objects and lists are nested deeper than 500 levels/);
  });
});
