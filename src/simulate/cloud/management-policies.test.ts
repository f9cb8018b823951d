import { describe, expect, test } from "vitest";
import { resource } from "../../../test/support/cloud-scene.js";
import { managementPoliciesOf } from "./management-policies.js";

const of = (managementPolicies?: readonly string[]) =>
  managementPoliciesOf(resource("Bucket", "bkt", managementPolicies && { managementPolicies }));

const supported: readonly (readonly string[] | undefined)[] = [
  undefined,
  ["*"],
  [],
  ["Observe"],
  ["Observe", "Delete"],
  ["Observe", "Update"],
  ["Observe", "LateInitialize"],
  ["Observe", "LateInitialize", "Update"],
  ["Observe", "Create"],
  ["Observe", "Create", "Delete"],
  ["Observe", "Create", "LateInitialize"],
  ["Observe", "Create", "Update"],
  ["Observe", "Create", "Update", "Delete"],
  ["Observe", "Create", "Update", "LateInitialize"],
  ["Observe", "Create", "Delete", "LateInitialize"],
  ["LateInitialize", "Delete", "Update", "Create", "Observe"],
];

test.each(supported.map((policies) => ({ policies })))("$policies are supported", ({ policies }) => {
  expect(of(policies).problem).toBeUndefined();
});

describe("what is not supported", () => {
  test.each([
    { policies: ["Create"], reason: "nothing goes without Observe" },
    { policies: ["Observe", "Update", "Delete"], reason: "no such combination" },
    { policies: ["*", "Observe"], reason: "all, and one more" },
    { policies: ["Observe", "Look"], reason: "no such action" },
  ])("$policies: $reason", ({ policies }) => {
    expect(of(policies).problem).toBe(
      `\`spec.managementPolicies\` is set to a value([${policies.join(" ")}]) which is not supported. Check docs for supported policies`,
    );
  });
});

test("all is allowed where nothing is said, or everything", () => {
  for (const policies of [undefined, ["*"]]) {
    expect([of(policies).allows("Delete"), of(policies).onlyObserves, of(policies).isPaused]).toEqual([
      true,
      false,
      false,
    ]);
  }
  expect([of(["Observe", "Create"]).allows("Create"), of(["Observe", "Create"]).allows("Delete")]).toEqual([
    true,
    false,
  ]);
});
