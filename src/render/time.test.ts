import { expect, test } from "vitest";
import { readTime } from "./time.js";

// As Go's time.Parse has it, and Kubernetes writes it again.
test.each([
  ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"],
  ["2024-01-01T02:30:00.5+02:30", "2024-01-01T00:00:00Z"],
  ["2024-01-01T1:00:00Z", "2024-01-01T01:00:00Z"],
  ["2024-01-01T00:00:00+24:00", "2023-12-31T00:00:00Z"],
  ["2024-02-29T00:00:00,123Z", "2024-02-29T00:00:00Z"],
  ["2024-02-30T00:00:00Z", undefined],
  ["2024-01-01T24:00:00Z", undefined],
  ["2024-01-01T00:00:60Z", undefined],
  ["2024-01-01 00:00:00Z", undefined],
  ["2024-01-01T00:00:00", undefined],
  ["now", undefined],
  [1, undefined],
  [null, null],
  [undefined, null],
])("%j is %j", (text, time) => {
  expect(readTime(text)).toBe(time);
});
