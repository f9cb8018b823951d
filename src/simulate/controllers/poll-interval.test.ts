import { expect, test } from "vitest";
import { pollIntervalOf } from "./poll-interval.js";

test.each([
  { reason: "minutes", text: "5m", ms: 300_000 },
  { reason: "several units", text: "1h1m1.5s", ms: 3_661_500 },
  { reason: "less than a second is a second", text: "20ms", ms: 1000 },
  { reason: "no unit", text: "5", ms: 0 },
  { reason: "nothing", text: "", ms: 0 },
  { reason: "less than nothing", text: "-5m", ms: 0 },
])("$reason", ({ text, ms }) => {
  expect(pollIntervalOf({ metadata: { annotations: { "crossplane.io/poll-interval": text } } })).toBe(ms);
});
