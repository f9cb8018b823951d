import { expect, test } from "vitest";
import { merge } from "./merge.js";

test.each([
  { reason: "maps are merged", base: { a: { b: 1, c: 2 } }, over: { a: { c: 3 } }, makes: { a: { b: 1, c: 3 } } },
  { reason: "lists are replaced", base: { a: [1, 2] }, over: { a: [3] }, makes: { a: [3] } },
  { reason: "so are they by none", base: { a: [1, 2] }, over: { a: [] }, makes: { a: [] } },
  { reason: "null replaces", base: { a: { b: 1 } }, over: { a: null }, makes: { a: null } },
  { reason: "what is empty replaces", base: { a: "x", b: 1 }, over: { a: "", b: 0 }, makes: { a: "", b: 0 } },
  { reason: "an empty map changes nothing", base: { a: { b: 1 } }, over: { a: {} }, makes: { a: { b: 1 } } },
  { reason: "a map replaces a text", base: { a: "x" }, over: { a: { b: 1 } }, makes: { a: { b: 1 } } },
  {
    reason: "large integers stay",
    base: { a: 9007199254740993n },
    over: { b: 1 },
    makes: { a: 9007199254740993n, b: 1 },
  },
])("$reason", ({ base, over, makes }) => {
  expect(merge(base, over)).toEqual(makes);
});
