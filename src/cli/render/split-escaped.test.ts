import { expect, test } from "vitest";
import { splitEscaped } from "./split-escaped.js";

test.each([
  { text: "a", parts: ["a"], reason: "one" },
  { text: "a,b", parts: ["a", "b"], reason: "two" },
  { text: "a\\,b", parts: ["a,b"], reason: "a backslash takes the separator's meaning" },
  { text: "a\\b", parts: ["a\\b"], reason: "elsewhere it is a backslash" },
  { text: "a\\", parts: ["a\\"], reason: "as at the end" },
  { text: "a,,b", parts: ["a", "", "b"], reason: "nothing is a part" },
  { text: "a,", parts: ["a"], reason: "but not at the end" },
  { text: "", parts: [], reason: "nor alone" },
])("$reason: $text", ({ text, parts }) => {
  expect(splitEscaped(text, ",")).toEqual(parts);
});
