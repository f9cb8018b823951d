import { expect, test } from "vitest";
import { type ReportEntry } from "./report-entry.js";
import { toJSON } from "./to-json.js";

test("integers keep all their digits", () => {
  const entry = { objects: [{ a: 9007199254740993n, b: -1n, c: "9007199254740993" }] } as unknown as ReportEntry;
  const text = toJSON([entry], "");
  expect(text).toContain('"a": 9007199254740993,');
  expect(text).toContain('"b": -1,');
  expect(text).toContain('"c": "9007199254740993"');
});
