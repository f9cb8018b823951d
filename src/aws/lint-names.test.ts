import { expect, test } from "vitest";
import { lintNames } from "./lint-names.js";

test("names that AWS takes have no finding", () => {
  expect(lintNames({ bucket: "receipts", role: "a".repeat(64), policy: "a".repeat(128), user: "reader" })).toEqual([]);
  expect(lintNames({})).toEqual([]);
});

const cases = {
  "a role that is too long": { names: { role: "a".repeat(65) }, field: "role", says: "use at most 64 characters" },
  "a policy that is too long": { names: { policy: "a".repeat(129) }, field: "policy", says: "use at most 128" },
  "a user with a slash": { names: { user: "a/b" }, field: "user", says: "use letters, digits and _+=,.@-" },
  "a bucket with a dot": { names: { bucket: "a.b.c" }, field: "bucket", says: "use dashes" },
} as const;

test.each(Object.entries(cases))("%s is found", (_, { names, field, says }) => {
  const [finding, ...others] = lintNames(names);
  expect(finding).toMatchObject({ rule: "name", field, value: Object.values(names)[0] });
  expect(finding?.message).toContain(says);
  expect(others).toEqual([]);
});

test("each name has its finding", () => {
  expect(lintNames({ role: "", bucket: "" }).map(({ field }) => field)).toEqual(["bucket", "role"]);
});
