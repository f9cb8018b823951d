import { describe, expect, test } from "vitest";
import { type IamEntity, iamNameProblem } from "./iam-name.js";

const limits: readonly (readonly [IamEntity, number])[] = [
  ["role", 64],
  ["policy", 128],
  ["user", 64],
];

describe.each(limits)("the name of a %s", (entity, limit) => {
  test(`may have ${limit} characters`, () => {
    expect(iamNameProblem(entity, "a".repeat(limit))).toBeUndefined();
    expect(iamNameProblem(entity, "a".repeat(limit + 1))).toContain(`use at most ${limit} characters`);
  });
  test("may not be empty", () => expect(iamNameProblem(entity, "")).toBe(`${entity} name "" is empty`));
  test.each(["Team_a+b=c,d.e@f-g", "0"])("may be %s", (name) => expect(iamNameProblem(entity, name)).toBeUndefined());
  test.each(["a b", "a/b", "a*", "é", "a\n"])("may not be %j", (name) =>
    expect(iamNameProblem(entity, name)).toContain("does not take"),
  );
});
