import { describe, expect, test } from "vitest";
import { defineXRD, object, string } from "../schema/index.js";
import { step } from "./step.js";

const XLamp = defineXRD({ group: "example.org", version: "v1", kind: "XLamp", spec: object({}), status: object({}) });
const lamp = { name: "lamp", composite: [XLamp], input: object({ account: string({ maxLength: 3 }) }) };

describe("step", () => {
  test("takes input in the type of the function's schema", () => {
    expect(step(lamp, { input: { account: "1" } })).toMatchObject({ input: { account: "1" } });
    // @ts-expect-error account is a string
    expect(() => step(lamp, { input: { account: 1 } })).toThrow(/^cannot define the step lamp: input\.account /);
  });

  test.each([
    { name: "a value that the schema refuses", input: { account: "1234" }, says: /input\.account / },
    {
      name: "a field that the schema does not know",
      input: { account: "1", acount: "1" },
      says: /input\.acount is not in the schema/,
    },
  ])("refuses $name", ({ input, says }) => {
    expect(() => step(lamp, { input })).toThrow(says);
  });

  test("refuses to leave out what the schema requires", () => {
    expect(() => step(lamp)).toThrow(/^cannot define the step lamp: input\.account /);
  });

  test("has no input where the function takes none", () => {
    expect(step({ ...lamp, input: object({}) })).not.toHaveProperty("input");
  });
});
