import { expect, test } from "vitest";
import { fieldOwner } from "./field-owner.js";

test("fieldOwner is the manager that Crossplane applies with", () => {
  expect(fieldOwner({ name: "x", kind: "X", group: "example.org" })).toBe(
    "apiextensions.crossplane.io/composed/88c7291a0d923ba049a3695245b4d1360cf94114ef70a1ef0117d24c81df4a1c",
  );
});
