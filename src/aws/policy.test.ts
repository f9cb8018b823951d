import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PolicyUse, policyDocument, type Statement } from "./policy.js";

const allow: Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };

describe("a policy document", () => {
  test("has AWS's order of elements, sorted lists without repetition, and scalars for lists of one", () => {
    const statement: Statement = {
      Condition: { StringLike: { b: ["2", "1"], a: ["x"] }, Bool: { "aws:SecureTransport": "false" } },
      Resource: ["r2", "r1", "r2"],
      Action: ["s3:PutObject"],
      Effect: "Deny",
      Sid: "One",
    };
    expect(policyDocument([statement])).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Deny","Action":"s3:PutObject","Resource":["r1","r2"],' +
        '"Condition":{"Bool":{"aws:SecureTransport":"false"},"StringLike":{"a":"x","b":["1","2"]}}}]}',
    );
  });

  test("keeps the order of its statements", () => {
    const { Statement } = JSON.parse(
      policyDocument([
        { ...allow, Sid: "B" },
        { ...allow, Sid: "A" },
      ]),
    );
    expect(Statement.map(({ Sid }: Statement) => Sid)).toEqual(["B", "A"]);
  });

  test("is the same whatever the order of actions and of condition values", () => {
    const values = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.nat()), (list, random) => {
        const shuffled = list.map((value) => [random.next().value, value] as const).toSorted(([a], [b]) => a - b);
        const other = shuffled.map(([, value]) => value);
        const of = (given: readonly string[]) =>
          policyDocument([{ ...allow, Action: given, Condition: { StringEquals: { key: given } } }]);
        expect(of([...other, ...other])).toBe(of(list));
      }),
    );
  });

  test("is ASCII, and means what was written", () => {
    const resource = "arn:aws:s3:::b/Größe/😀/\u2028*";
    const text = policyDocument([{ ...allow, Resource: resource }]);
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(text).Statement[0].Resource).toBe(resource);
  });
});

describe("a policy document is refused", () => {
  const everyone: Statement = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" };
  const cases: Readonly<Record<string, { use?: PolicyUse; statements: readonly Statement[]; says: string }>> = {
    "without statements": { statements: [], says: "cannot write a managed policy: it has no statement" },
    "with an odd Sid": { statements: [{ ...allow, Sid: "a-b" }], says: 'statement 1 has the Sid "a-b"' },
    "with an empty Sid": { statements: [{ ...allow, Sid: "" }], says: 'statement 1 has the Sid ""' },
    "with a Sid twice": {
      statements: [
        { ...allow, Sid: "A" },
        { ...allow, Sid: "A" },
      ],
      says: 'statement 2 repeats the Sid "A"',
    },
    "without actions": { statements: [{ ...allow, Action: [] }], says: "statement 1 has an empty Action" },
    "without resources": { statements: [{ ...allow, Resource: "" }], says: "has an empty Resource" },
    "with a condition on nothing": {
      statements: [{ ...allow, Condition: { StringEquals: { "aws:SourceAccount": [] } } }],
      says: "has an empty Condition StringEquals aws:SourceAccount",
    },
    "with a condition without keys": {
      statements: [{ ...allow, Condition: { StringEquals: {} } }],
      says: "has an empty Condition StringEquals",
    },
    "for an identity, with a Principal": {
      statements: [{ ...allow, Principal: "*" }],
      says: "must not have a Principal",
    },
    "for trust, with a Resource": {
      use: "trust",
      statements: [{ ...everyone, Resource: "*" }],
      says: "must not have a Resource",
    },
    "for trust, without a Principal": {
      use: "trust",
      statements: [{ Effect: "Allow", Action: "sts:AssumeRole" }],
      says: "has no Principal",
    },
    "for a bucket, without a Principal": { use: "bucket", statements: [allow], says: "has no Principal" },
  };
  test.each(Object.entries(cases))("%s", (_, { use, statements, says }) => {
    expect(() => policyDocument(statements, use)).toThrow(says);
  });

  const limits: readonly (readonly [PolicyUse, number, Statement])[] = [
    ["managed", 6_144, allow],
    ["trust", 2_048, everyone],
    ["bucket", 20_480, { ...allow, Principal: "*" }],
  ];
  test.each(limits)("when a %s policy has more than %d characters", (use, limit, statement) => {
    const withSid = (length: number) => policyDocument([{ ...statement, Sid: "a".repeat(length) }], use);
    const room = limit - withSid(1).length + 1;
    expect(withSid(room)).toHaveLength(limit);
    expect(() => withSid(room + 1)).toThrow(`it has ${limit + 1} characters and AWS takes ${limit}`);
  });
});
