import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketNameProblem } from "./bucket-name.js";
import { iamNameProblem } from "./iam-name.js";
import { uniqueName } from "./unique-name.js";

const part = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 10 }),
  fc.constantFrom("payments", "sthree", "amzn-s3-demo", "amzn-s3-demonstration", "xn--a", "-s3alias", "--", "A", "a"),
);
const parts = fc.record({ readable: fc.array(part, { maxLength: 4 }), identity: fc.array(part, { maxLength: 3 }) });
const limit = fc.integer({ min: 12, max: 63 });

describe("a unique name", () => {
  test("begins with what people read and is the same each time", () => {
    const name = uniqueName({ limit: 63, readable: ["acme", "Payments", "receipts"], identity: ["cluster"] });
    expect(name).toMatch(/^acme-payments-receipts-[a-z2-7]{12}$/);
    expect(uniqueName({ limit: 63, readable: ["acme", "Payments", "receipts"], identity: ["cluster"] })).toBe(name);
  });

  const cut = {
    "cut within a word": { limit: 20, readable: ["payments"], says: /^payment-[a-z2-7]{12}$/ },
    "cut at a dash": { limit: 17, readable: ["pay", "ments"], says: /^pay-[a-z2-7]{12}$/ },
    "no room for words": { limit: 13, readable: ["payments"], says: /^[a-z2-7]{12}$/ },
    "room for the hash alone": { limit: 12, readable: ["payments"], says: /^[a-z2-7]{12}$/ },
    "nothing legible": { limit: 63, readable: ["", "é", "--"], says: /^[a-z2-7]{12}$/ },
    "a reserved beginning": { limit: 63, readable: ["sthree", "a"], says: /^x-sthree-a-[a-z2-7]{12}$/ },
    "a beginning that the cut makes reserved": {
      limit: 25,
      readable: ["amzn-s3-demonstration"],
      says: /^x-amzn-s3-de-[a-z2-7]{12}$/,
    },
  };
  test.each(Object.entries(cut))("%s", (_, { limit, readable, says }) => {
    const name = uniqueName({ limit, readable, identity: [] });
    expect(name).toMatch(says);
    expect(name.length).toBeLessThanOrEqual(limit);
  });

  test("is within its limit, and takes S3's and IAM's rules, whatever it is made of", () => {
    fc.assert(
      fc.property(parts, limit, (given, limit) => {
        const name = uniqueName({ ...given, limit });
        expect(name.length).toBeLessThanOrEqual(limit);
        expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(bucketNameProblem(name)).toBeUndefined();
        expect(iamNameProblem("role", name)).toBeUndefined();
      }),
    );
  });

  test("differs where anything that it is made of differs", () => {
    fc.assert(
      fc.property(parts, parts, limit, (one, other, limit) => {
        fc.pre(JSON.stringify([one.readable, one.identity]) !== JSON.stringify([other.readable, other.identity]));
        expect(uniqueName({ ...one, limit })).not.toBe(uniqueName({ ...other, limit }));
      }),
    );
  });

  const alike = {
    "where one part ends": [
      { readable: ["ab", "c"], identity: [] },
      { readable: ["a", "bc"], identity: [] },
    ],
    "a dash within a part": [
      { readable: ["a-b"], identity: [] },
      { readable: ["a", "b"], identity: [] },
    ],
    "readable or identity": [
      { readable: ["a", "b"], identity: [] },
      { readable: ["a"], identity: ["b"] },
    ],
    "case alone": [
      { readable: ["A"], identity: [] },
      { readable: ["a"], identity: [] },
    ],
    "what is cut away": [
      { readable: [`${"a".repeat(80)}1`], identity: [] },
      { readable: [`${"a".repeat(80)}2`], identity: [] },
    ],
  } as const;
  test.each(Object.entries(alike))("tells apart: %s", (_, [one, other]) => {
    expect(uniqueName({ limit: 63, ...one })).not.toBe(uniqueName({ limit: 63, ...other }));
  });

  test.each([11, 0, -1, 20.5, Number.NaN])("is refused with the limit %d", (limit) => {
    expect(() => uniqueName({ limit, readable: [], identity: [] })).toThrow("cannot make a unique name: limit");
  });
});
