import { describe, expect, test } from "vitest";
import { readStruct } from "./decode-struct.js";
import { writeStruct } from "./encode-struct.js";
import { MAX_DEPTH } from "./max-depth.js";
import { Reader } from "./reader.js";
import { Trail } from "./trail.js";
import { Writer } from "./writer.js";

const withLength = (bytes: number[]) =>
  bytes.length < 128 ? [bytes.length, ...bytes] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7, ...bytes];
const field = (tag: number, ...parts: number[][]) => [tag, ...withLength(parts.flat())];
const text = (tag: number, value: string) => field(tag, [...Buffer.from(value)]);
const entry = (key: string, ...parts: number[][]) =>
  field(0x0a, text(0x0a, key), ...parts.map((part) => field(0x12, part)));
const struct = (...entries: number[][]) => field(0x2a, ...entries);
const list = (...values: number[][]) => field(0x32, ...values.map((value) => field(0x0a, value)));
const number = (...bytes: number[]) => [0x11, ...bytes];
const TRUE = [0x20, 0x01];
const NULL = [0x08, 0x00];

const decode = (...entries: number[][]) =>
  readStruct(new Reader(Uint8Array.from(withLength(entries.flat())), new Trail("decode Struct")));

describe("readStruct", () => {
  const cases: Record<string, { entries: number[][]; want: object; reason?: string }> = {
    nothing: { entries: [], want: {} },
    "each kind": {
      entries: [
        entry("null", NULL),
        entry("number", number(0, 0, 0, 0, 0, 0, 0xf8, 0x3f)),
        entry("string", text(0x1a, "déjà 🚀")),
        entry("bool", TRUE),
        entry("struct", struct(entry("a", TRUE))),
        entry("list", list(TRUE, NULL)),
      ],
      want: { null: null, number: 1.5, string: "déjà 🚀", bool: true, struct: { a: true }, list: [true, null] },
    },
    "empty ones": {
      entries: [entry("s", text(0x1a, "")), entry("o", struct()), entry("l", list()), entry("", [0x20, 0x00])],
      want: { s: "", o: {}, l: [], "": false },
    },
    "minus zero": { entries: [entry("z", number(0, 0, 0, 0, 0, 0, 0, 0x80))], want: { z: -0 } },
    "a leading U+FEFF": { reason: "it is text", entries: [entry("s", text(0x1a, "\ufeffx"))], want: { s: "\ufeffx" } },
    "a bool of many bits": { entries: [entry("b", [0x20, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01])], want: { b: true } },
    "a null of another number": { reason: "NullValue is open", entries: [entry("n", [0x08, 0x07])], want: { n: null } },
    "a Value of no kind": {
      reason: "null, as in Go",
      entries: [entry("n", []), entry("l", list([], TRUE))],
      want: { n: null, l: [null, true] },
    },
    "an entry without a value": { entries: [field(0x0a, text(0x0a, "k"))], want: { k: null } },
    "an entry without a key": { entries: [field(0x0a, field(0x12, TRUE))], want: { "": true } },
    "a value before its key": { entries: [field(0x0a, field(0x12, TRUE), text(0x0a, "k"))], want: { k: true } },
    "a key twice": {
      reason: "the last entry wins, and objects are not merged",
      entries: [entry("k", struct(entry("a", TRUE))), entry("k", struct(entry("b", TRUE)))],
      want: { k: { b: true } },
    },
    "two kinds in a Value": {
      reason: "the last one wins",
      entries: [entry("k", [...text(0x1a, "x"), ...TRUE])],
      want: { k: true },
    },
    "two objects in a Value": {
      reason: "messages of one kind are merged",
      entries: [
        entry("k", [...struct(entry("a", TRUE), entry("c", TRUE)), ...struct(entry("b", NULL), entry("c", NULL))]),
      ],
      want: { k: { a: true, b: null, c: null } },
    },
    "two lists in a Value": {
      reason: "merging joins lists",
      entries: [entry("k", [...list(TRUE), ...list(NULL)])],
      want: { k: [true, null] },
    },
    "two objects and something between": {
      reason: "what a oneof held before is gone",
      entries: [entry("k", [...struct(entry("a", TRUE)), ...NULL, ...struct(entry("b", TRUE))])],
      want: { k: { b: true } },
    },
    "a Value in two parts": {
      reason: "an entry's value is a message, which is merged",
      entries: [entry("k", struct(entry("a", TRUE)), [], struct(entry("b", TRUE)))],
      want: { k: { a: true, b: true } },
    },
    "unknown fields": {
      entries: [[0x18, 0x01], field(0x0a, [0x1d, 1, 2, 3, 4], text(0x0a, "k"), field(0x12, [0x3a, 0x00], TRUE))],
      want: { k: true },
    },
  };

  test.each(Object.entries(cases))("takes %s", (_name, { entries, want, reason }) => {
    expect(decode(...entries), reason).toEqual(want);
  });

  test.each([
    ["NaN", number(0, 0, 0, 0, 0, 0, 0xf8, 0x7f), "at k: NaN is not a number"],
    ["an infinity", number(0, 0, 0, 0, 0, 0, 0xf0, 0xff), "at k: -Infinity is not a number"],
    ["a string of no UTF-8", field(0x1a, [0xff]), "at k: the string is not valid UTF-8"],
    ["an error in a list", list(TRUE, field(0x1a, [0xff])), "at k[1]: the string is not valid UTF-8"],
    ["a double cut short", [0x11, 0, 0], "at k: a field is cut short"],
  ])("refuses %s", (_name, value, message) => {
    expect(() => decode(entry("k", value))).toThrow(message);
  });

  test.each<[string, (inner: unknown) => unknown]>([
    ["objects", (inner) => ({ a: inner })],
    ["lists", (inner) => [inner]],
  ])("takes %s nested as deep as the limit, and no deeper", (_name, wrap) => {
    let value: unknown = {};
    for (let level = 3; level <= MAX_DEPTH; level++) value = wrap(value);
    const writer = new Writer(new Trail("encode Struct"));
    writeStruct(writer, { k: value });
    const deepest = [...writer.finish()];
    expect(Object.keys(decode(deepest))).toEqual(["k"]);
    expect(() => decode(entry("a", struct(deepest)))).toThrow(`nested deeper than ${MAX_DEPTH} levels`);
  });
});
