import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { reason } from "./reason.js";

test.each([
  { name: "a system error", error: caught(() => readFileSync("/nowhere/at/all")), says: "no such file or directory" },
  { name: "an error", error: new Error("it is broken"), says: "it is broken" },
  { name: "an error with a number of its own", error: Object.assign(new Error("odd"), { errno: 4242 }), says: "odd" },
  {
    name: "an error of zlib, whose numbers mean something else",
    error: caught(() => gunzipSync("x")),
    says: "unexpected end of file",
  },
  { name: "no error at all", error: "a word", says: "a word" },
])("says why: $name", ({ error, says }) => {
  expect(reason(error)).toBe(says);
});

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
