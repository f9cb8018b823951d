import { expect, test } from "vitest";
import { KnownTexts } from "./known-texts.js";

const known = new KnownTexts();
const read = (text: string) => {
  const bytes = Buffer.from(`<${text}>`);
  return known.get(bytes, 1, bytes.length - 2);
};

test.each([
  ["a name", "metadata", "metadata"],
  ["nothing", "", ""],
  ["the longest that is kept", "x".repeat(40), "x".repeat(40)],
  ["what is too long for a name", "x".repeat(41), undefined],
  ["what is not ASCII, which has another length in bytes", "größe", undefined],
])("reads %s", (_, text, expected) => {
  expect(read(text)).toBe(expected);
  expect(read(text), "when it is known").toBe(expected);
});

test("tells texts apart, however many share a place", () => {
  const texts = Array.from({ length: 5000 }, (_, index) => `field-${index}`);
  expect([...texts, ...texts].map(read)).toEqual([...texts, ...texts]);
});
