import { describe, expect, test } from "vitest";
import { accountProblem, bucketArn, bucketArnProblem, formatArn, parseArn } from "./arn.js";

describe("an ARN is written and read back", () => {
  const cases = {
    "arn:aws:s3:::receipts": { partition: "aws", service: "s3", region: "", account: "", resource: "receipts" },
    "arn:aws-cn:iam::123456789012:role/team/reader": {
      partition: "aws-cn",
      service: "iam",
      region: "",
      account: "123456789012",
      resource: "role/team/reader",
    },
    "arn:aws:iam::aws:policy/ReadOnlyAccess": {
      partition: "aws",
      service: "iam",
      region: "",
      account: "aws",
      resource: "policy/ReadOnlyAccess",
    },
    "arn:aws:logs:eu-west-1:123456789012:log-group:a:*": {
      partition: "aws",
      service: "logs",
      region: "eu-west-1",
      account: "123456789012",
      resource: "log-group:a:*",
    },
  } as const;
  test.each(Object.entries(cases))("%s", (text, parts) => {
    expect(parseArn(text)).toEqual(parts);
    expect(formatArn(parts)).toBe(text);
  });
});

describe("what is no ARN is refused", () => {
  const cases = {
    "no ARN at all": { text: "receipts", says: "must begin with arn:" },
    "an unknown partition": { text: "arn:aws-iso:s3:::b", says: 'partition "aws-iso" is unknown' },
    "an inherited property as partition": { text: "arn:toString:s3:::b", says: "is unknown" },
    "an odd service": { text: "arn:aws:S3:::b", says: 'service "S3"' },
    "no region": { text: "arn:aws:eks:europe:123456789012:cluster/c", says: 'region "europe"' },
    "a short account": { text: "arn:aws:iam::1234:role/r", says: "12 digits" },
    "no resource": { text: "arn:aws:s3:::", says: "names no resource" },
    "a control character": { text: "arn:aws:s3:::a\nb", says: "control character" },
    "too few parts": { text: "arn:aws:s3", says: "names no resource" },
  };
  test.each(Object.entries(cases))("%s", (_, { text, says }) => {
    expect(() => parseArn(text)).toThrow(says);
    expect(() => parseArn(text)).toThrow(/^cannot read the ARN /);
  });
  test("when it is written, too", () => {
    expect(() => formatArn({ partition: "aws", service: "iam", account: "12", resource: "role/r" })).toThrow(
      'cannot write an ARN: account "12" is not an AWS account',
    );
  });
});

describe("the ARN of a bucket", () => {
  test("is of the partition, without region and account", () => {
    expect(bucketArn("aws-us-gov", "receipts")).toBe("arn:aws-us-gov:s3:::receipts");
    expect(() => bucketArn("aws", "*")).toThrow("cannot write the ARN of a bucket: ");
  });
  test.each([
    "arn:aws:s3:::*",
    "arn:aws:s3:::receipts/a",
    "arn:aws:s3:::recei?ts",
    "arn:aws:s3:eu-west-1::receipts",
    "x",
  ])("%j names no single bucket", (text) => expect(bucketArnProblem(text)).toBeTypeOf("string"));
  test("passes where it names one", () => expect(bucketArnProblem("arn:aws-cn:s3:::receipts")).toBeUndefined());
});

test("an account has 12 digits, leading zeros included", () => {
  expect(accountProblem("000123456789")).toBeUndefined();
  expect(accountProblem("123456789")).toContain("12 digits");
  expect(accountProblem("12345678901*")).toContain("12 digits");
});
