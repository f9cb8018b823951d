import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeRegExp } from "../resource/escape-reg-exp.js";
import { sendable } from "./sendable.js";

class Money {
  constructor(readonly amount: number) {}
}

describe("what the wire would corrupt is refused with its path", () => {
  const refused = {
    "a Date": [new Date(0), "a Date (write its toISOString())"],
    NaN: [Number.NaN, "the number NaN"],
    Infinity: [Number.POSITIVE_INFINITY, "the number Infinity"],
    "an integer above 2^53": [2 ** 53, "the number 9007199254740992, which is above 2^53 (write it as a string)"],
    "a BigInt": [7n, "the BigInt 7 (write it as a string)"],
    "a function": [() => 1, "a function"],
    "a symbol": [Symbol("s"), "a symbol"],
    "a Map": [new Map(), "a Map"],
    "an object of a class": [new Money(1), "a Money"],
    "undefined in a list": [[undefined], "undefined (leave it out of the list)"],
    "half a surrogate pair": ["\ud800", "text with half a surrogate pair"],
  } as const;
  test.each(Object.entries(refused))("%s", (name, [value, problem]) => {
    const path = name === "undefined in a list" ? "bucket.spec.a[0]" : "bucket.spec.a";
    expect(() => sendable({ spec: { a: value } }, "bucket")).toThrow(`cannot send ${problem} at ${path}`);
  });

  test("wherever it lies", () => {
    const bad = fc.constantFrom<unknown>(new Date(0), Number.NaN, 2 ** 60, 1n);
    const place = fc.array(fc.oneof(fc.constantFrom("a", "b.c", "d"), fc.nat(3)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(bad, place, (value, path) => {
        const nested = path.reduceRight<unknown>(
          (inner, step) => (typeof step === "number" ? [...Array(step).fill(0), inner] : { [step]: inner }),
          value,
        );
        const written = path.map((step) =>
          typeof step === "number" ? `[${step}]` : step === "b.c" ? '["b.c"]' : `.${step}`,
        );
        expect(() => sendable(nested, "x")).toThrow(new RegExp(`at ${escapeRegExp(`x${written.join("")}`)}$`));
      }),
    );
  });
});

describe("what JSON can hold is copied as it is", () => {
  test("any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue().filter(isExact), (value) => {
        const copy = sendable(value, "x");
        expect(copy).toEqual(value);
        if (typeof value === "object" && value !== null) expect(copy).not.toBe(value);
      }),
    );
  });
  test("fields that are undefined are left out", () => {
    expect(sendable({ a: undefined, b: { c: undefined } }, "x")).toEqual({ b: {} });
  });
  test("a field named __proto__ stays a field", () => {
    const copy = sendable(JSON.parse('{"__proto__": {"polluted": true}}'), "x") as object;
    expect(Object.keys(copy)).toEqual(["__proto__"]);
    expect("polluted" in copy).toBe(false);
  });
});

/** Numbers that are whole and above 2^53 are another case. */
function isExact(value: unknown): boolean {
  if (typeof value === "number") return !Number.isInteger(value) || Number.isSafeInteger(value);
  return typeof value !== "object" || value === null || Object.values(value).every(isExact);
}
