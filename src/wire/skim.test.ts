import { describe, expect, test } from "vitest";
import { MAX_DEPTH } from "./max-depth.js";
import { Skim } from "./skim.js";

const length = (count: number) => (count < 0x80 ? [count] : [(count & 0x7f) | 0x80, count >> 7]);
const field = (tag: number, ...parts: number[][]) => [tag, ...length(parts.flat().length), ...parts.flat()];
const text = (tag: number, value: string) => field(tag, [...Buffer.from(value)]);
const entry = (key: string, value: number[]) => field(0x0a, text(0x0a, key), field(0x12, value));
const struct = (...entries: number[][]) => field(0x2a, ...entries);
const list = (...values: number[][]) => field(0x32, ...values.map((value) => field(0x0a, value)));
const double = (value: number) => [0x11, ...new Uint8Array(Float64Array.of(value).buffer)];
const TRUE = [0x20, 1];

/** Within other bytes, at each of the places that a word of four bytes has. */
function verdicts(bytes: number[], check: (skim: Skim, start: number, end: number) => boolean): readonly boolean[] {
  return [0, 1, 2, 3].map((shift) => {
    const around = Buffer.from([...new Array<number>(shift).fill(0xff), ...bytes, 0xff, 0x0a, 0x1a, 0x12, 0x20]);
    return check(new Skim(around.subarray(0, around.length)), shift, shift + bytes.length);
  });
}

const all = (verdict: boolean) => [verdict, verdict, verdict, verdict];

describe("a Struct", () => {
  const plain: Record<string, number[]> = {
    "of nothing": [],
    "of each kind": [
      ...entry("null", [0x08, 0]),
      ...entry("number", double(-1.5)),
      ...entry("string", text(0x1a, "text that is longer than a word")),
      ...entry("bool", TRUE),
      ...entry("struct", struct(entry("a", TRUE), entry("b", struct()))),
      ...entry("list", list(TRUE, text(0x1a, ""), list())),
    ],
    "in any order, and with a name twice": [...entry("b", TRUE), ...entry("a", TRUE), ...entry("b", [0x08, 0])],
    "with text of more than ASCII": entry("é", text(0x1a, "🚀 and a text that is longer than a word, é")),
    "with the largest number of which no digit is lost": entry("n", double(2 ** 53 - 1)),
    "with lengths of two bytes": entry("k", text(0x1a, "x".repeat(300))),
    "as deep as it may be": nested(MAX_DEPTH - 1),
  };
  test.each(Object.entries(plain))("%s is plain", (_name, bytes) => {
    expect(verdicts(bytes, (skim, start, end) => skim.isStruct(start, end))).toEqual(all(true));
  });

  const odd: Record<string, number[]> = {
    "with a field that is not known": [0x18, 1],
    "with an entry that has another field": field(0x0a, text(0x0a, "k"), field(0x12, TRUE), [0x18, 1]),
    "with an entry without a key": field(0x0a, field(0x12, TRUE)),
    "with an entry without a value": field(0x0a, text(0x0a, "k")),
    "with a value before its key": field(0x0a, field(0x12, TRUE), text(0x0a, "k")),
    "with a value in two parts": field(0x0a, text(0x0a, "k"), field(0x12, TRUE), field(0x12, TRUE)),
    "with a Value of no kind": entry("k", []),
    "with a Value of two kinds": entry("k", [...TRUE, 0x08, 0]),
    "with a kind of another wire type": entry("k", [0x18, 1]),
    "with a bool of many bits": entry("k", [0x20, 0x81, 0]),
    "with a bool that is cut short": entry("k", [0x20]),
    "with a null of another number": entry("k", [0x08, 7]),
    "with a number of too few bytes": entry("k", [0x11, 0, 0]),
    "with a number of too many": entry("k", [...double(1), 0]),
    "with NaN": entry("k", double(Number.NaN)),
    "with an infinity": entry("k", double(Number.NEGATIVE_INFINITY)),
    "with an integer of which digits may be lost": entry("k", double(-(2 ** 53))),
    "with a string of no UTF-8": entry("k", field(0x1a, [0xc3, 0x28])),
    "with a long one": entry("k", field(0x1a, [...Buffer.from("a text that is longer than a word"), 0x80])),
    "with one that is wrong at its beginning": entry(
      "k",
      field(0x1a, [0xff, ...Buffer.from("and longer than a word")]),
    ),
    "with a key of no UTF-8": field(0x0a, field(0x0a, [0xff]), field(0x12, TRUE)),
    "with a length that is longer than it need be": [0x0a, 0x87, 0x00, ...entry("k", TRUE).slice(2)],
    "with a length that leaves it": [0x0a, 0x20, ...entry("k", TRUE).slice(2)],
    "with a length that leaves its entry": [0x0a, 5, 0x0a, 1, 0x6b, 0x12, 0x20],
    "with a string that leaves its value": entry("k", [0x1a, 0x20, 0x61]),
    "with a list that leaves its value": entry("k", [0x32, 0x20]),
    "with an item that leaves its list": entry("k", field(0x32, [0x0a, 0x20])),
    "with an item that is no item": entry("k", field(0x32, [0x12, 0])),
    "with a length beyond all bounds": [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f],
    "with a length that wraps around": [0x0a, 0x80, 0x80, 0x80, 0x80, 0x10],
    "deeper than it may be": nested(MAX_DEPTH),
  };
  test.each(Object.entries(odd))("%s is not plain", (_name, bytes) => {
    expect(verdicts(bytes, (skim, start, end) => skim.isStruct(start, end))).toEqual(all(false));
  });
});

describe("a Resource", () => {
  const object = field(0x0a, entry("kind", text(0x1a, "X")));
  const detail = (key: string) => field(0x12, text(0x0a, key), field(0x12, [0xff, 0]));
  const READY = [0x18, 1];

  test.each<[string, boolean, number[]]>([
    ["of nothing", true, []],
    ["with all that it may have", true, [...object, ...detail("a"), ...detail("b"), ...READY]],
    ["that is ready alone", true, READY],
    ["with its object twice", false, [...object, ...object]],
    ["with its readiness twice", false, [...READY, ...READY]],
    ["in another order", false, [...READY, ...object]],
    ["with a field that is not known", false, [...object, 0x20, 1]],
    ["with a readiness of many bits", false, [0x18, 0x81, 0]],
    ["whose readiness is cut short", false, [0x18]],
    ["with a detail without its value", false, field(0x12, text(0x0a, "a"))],
    ["with a detail of more", false, field(0x12, text(0x0a, "a"), field(0x12, []), [0x18, 0])],
    ["with a detail whose name is no UTF-8", false, field(0x12, field(0x0a, [0xff]), field(0x12, []))],
    ["with an object that leaves it", false, [0x0a, 0x20]],
    ["with an object that is not plain", false, field(0x0a, entry("k", []))],
  ])("%s: %s", (_name, expected, bytes) => {
    expect(verdicts(bytes, (skim, start, end) => skim.isResource(start, end))).toEqual(all(expected));
  });
});

/** A field with objects within objects, so many of them. */
function nested(levels: number): number[] {
  let value = TRUE;
  for (let level = 0; level < levels; level++) value = wide(0x2a, entryOf("a", value));
  return entryOf("a", value);
}

function entryOf(key: string, value: number[]): number[] {
  return wide(0x0a, [...text(0x0a, key), ...wide(0x12, value)]);
}

/** With a length of as many bytes as it needs. */
function wide(tag: number, bytes: number[]): number[] {
  return [tag, ...length(bytes.length), ...bytes];
}
