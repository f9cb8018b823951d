import { describe, expect, test } from "vitest";
import { composedName } from "./composed-name.js";

describe("composedName", () => {
  const xr = (name: string, labels?: Record<string, string>) => ({
    apiVersion: "a/v1",
    kind: "X",
    metadata: { name, uid: "0599f109-1b7f-4c39-b1d9-f8de0a6306c9", ...(labels && { labels }) },
  });
  test("is the XR's name and a hash of its uid and the composition resource name", () => {
    expect(composedName(xr("receipts"), "bucket")).toMatch(/^receipts-[0-9a-f]{12}$/);
    expect(composedName(xr("receipts"), "bucket")).not.toBe(composedName(xr("receipts"), "policy"));
  });
  test("begins with the composite label where there is one", () => {
    expect(composedName(xr("receipts-x7k2p", { "crossplane.io/composite": "receipts" }), "bucket")).toMatch(
      /^receipts-[0-9a-f]{12}$/,
    );
  });
  test("has 63 characters at most, and a dash before the hash", () => {
    for (let length = 40; length <= 63; length++) {
      for (const name of ["a".repeat(length), `${"a".repeat(49)}-${"b".repeat(length)}`.slice(0, length)]) {
        const made = composedName(xr(name), "bucket");
        expect(made.length).toBeLessThanOrEqual(63);
        expect(made).toMatch(/-[0-9a-f]{12}$/);
      }
    }
  });
});
