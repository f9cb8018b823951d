import { bucketArnProblem } from "./arn.js";
import { type Statement } from "./policy.js";

export interface BucketPolicy {
  readonly bucketArn: string;
  /** How objects shall be encrypted at rest. Default: what clients ask for is not looked at. */
  readonly encryption?: "AES256" | "aws:kms";
}

/**
 * What a bucket denies to everyone, for a policy of use "bucket": connections without TLS, TLS before 1.2, and with
 * `encryption` uploads that ask for another kind. Uploads that ask for none pass: the bucket's default applies to them.
 * It grants nothing; grants belong to identities. Throws if `bucketArn` is not the ARN of one bucket.
 */
export function bucketPolicy({ bucketArn, encryption }: BucketPolicy): readonly Statement[] {
  const problem = bucketArnProblem(bucketArn);
  if (problem) throw new Error(`cannot protect the bucket: ${problem}`);
  const everything = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
  } as const;
  const secure: readonly Statement[] = [
    { Sid: "DenyWithoutTls", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "DenyOldTls", ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  ];
  return encryption === undefined ? secure : [...secure, otherEncryption(bucketArn, encryption)];
}

const HEADER = "s3:x-amz-server-side-encryption";

/** StringNotEquals is true of an absent header as well, hence Null beside it. */
function otherEncryption(bucketArn: string, encryption: string): Statement {
  return {
    Sid: "DenyOtherEncryption",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: { Null: { [HEADER]: "false" }, StringNotEquals: { [HEADER]: encryption } },
  };
}
