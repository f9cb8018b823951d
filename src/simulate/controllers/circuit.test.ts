import { expect, test } from "vitest";
import { type JsonObject } from "../../wire/index.js";
import { Circuits } from "./circuit.js";

const bucket: JsonObject = { apiVersion: "v1", kind: "Bucket", metadata: { name: "receipts", namespace: "payments" } };
const role: JsonObject = { apiVersion: "v1", kind: "Role", metadata: { name: "api" } };
const going: JsonObject = { ...bucket, metadata: { name: "receipts", deletionTimestamp: "2024-01-01T00:00:00Z" } };

/** Circuits at a time that a test sets. */
function circuits() {
  let now = 0;
  const all = new Circuits(() => now);
  return {
    all,
    at: (ms: number) => {
      now = ms;
    },
    /** How many of so many events pass. */
    passed: (count: number, object = bucket) =>
      Array.from({ length: count }, () => all.passes("xr", object)).filter((isPassed) => isPassed).length,
  };
}

test("a hundred events pass at once, and the one that finds no token as well", () => {
  const { passed, all } = circuits();
  expect(passed(200)).toBe(101);
  expect(all.openedBy("xr")).toBe("Bucket/receipts (payments)");
});

test("a second gives one more", () => {
  const { passed, at } = circuits();
  passed(100);
  at(5_000);
  expect(passed(200)).toBe(6);
});

test("while it is open, one event passes every half minute", () => {
  const { passed, at } = circuits();
  passed(101);
  at(30_000);
  expect(passed(10)).toBe(0);
  at(30_001);
  expect(passed(10)).toBe(1);
  at(60_002);
  expect(passed(10)).toBe(1);
});

test("after five minutes the next event closes it", () => {
  const { passed, at, all } = circuits();
  passed(101);
  at(300_000);
  expect(passed(1)).toBe(1);
  expect(all.openedBy("xr")).toBeUndefined();
  expect(passed(50)).toBe(50);
});

test("deletions pass, and take nothing", () => {
  const { passed, all } = circuits();
  passed(101);
  expect(passed(10, going)).toBe(10);
  expect(all.passes("xr", bucket)).toBe(false);
});

test("what has changed most often of late is to blame", () => {
  const { passed, all } = circuits();
  passed(90);
  passed(11, role);
  expect(all.openedBy("xr")).toBe("Role/api");
});

test("an XR of the same name begins anew, and others have circuits of their own", () => {
  const { passed, all } = circuits();
  passed(101);
  expect(all.passes("other", bucket)).toBe(true);
  all.forget("xr");
  expect(passed(5)).toBe(5);
});

test("of several that have changed as often, the one in the last of sixteen places is to blame", () => {
  const { passed, all } = circuits();
  // The hundred and first takes the fifth place again.
  passed(88);
  passed(8, role);
  passed(5);
  expect(all.openedBy("xr")).toBe("Role/api");
});
