import { expect, test } from "vitest";
import { sortedKeys } from "./sorted-keys.js";

test.each([
  ["none", {}, []],
  ["in order already", { a: 1, b: 2, c: 3 }, ["a", "b", "c"]],
  ["out of order at the end", { a: 1, c: 2, b: 3 }, ["a", "b", "c"]],
  ["by code unit, not by number", { 10: 1, 9: 2 }, ["10", "9"]],
])("keys that are %s", (_, object, expected) => {
  expect(sortedKeys(object)).toEqual(expected);
});
