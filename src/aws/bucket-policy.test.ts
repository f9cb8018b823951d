import { describe, expect, test } from "vitest";
import { bucketPolicy } from "./bucket-policy.js";
import { policyDocument } from "./policy.js";

const bucketArn = "arn:aws:s3:::receipts";
const header = "s3:x-amz-server-side-encryption";

describe("what a bucket denies", () => {
  test("connections without TLS or with an old one, to itself and to every object", () => {
    const both = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucketArn, `${bucketArn}/*`] };
    expect(JSON.parse(policyDocument(bucketPolicy({ bucketArn }), "bucket")).Statement).toEqual([
      { Sid: "DenyWithoutTls", ...both, Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { Sid: "DenyOldTls", ...both, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ]);
  });

  test.each(["AES256", "aws:kms"] as const)("uploads that ask for another encryption than %s", (encryption) => {
    expect(bucketPolicy({ bucketArn, encryption }).at(-1)).toEqual({
      Sid: "DenyOtherEncryption",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${bucketArn}/*`,
      Condition: { Null: { [header]: "false" }, StringNotEquals: { [header]: encryption } },
    });
  });

  test("and it grants nothing", () => {
    const effects = bucketPolicy({ bucketArn, encryption: "aws:kms" }).map(({ Effect }) => Effect);
    expect(new Set(effects)).toEqual(new Set(["Deny"]));
  });
});

test("anything but one bucket is refused", () => {
  expect(() => bucketPolicy({ bucketArn: "arn:aws:s3:::*" })).toThrow("cannot protect the bucket: bucket name");
});
