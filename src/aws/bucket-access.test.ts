import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AccessMode, bucketAccess } from "./bucket-access.js";
import { policyDocument, type Statement } from "./policy.js";

const bucketArn = "arn:aws:s3:::receipts";
const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const kms = { keyArn, region: "eu-west-1", partition: "aws" } as const;
const modes: readonly AccessMode[] = ["Read", "Write", "ReadWrite", "Admin"];

describe("what a mode grants", () => {
  const cases: Readonly<Record<AccessMode, { lists: string; settings: string; objects: string; narrowed: string }>> = {
    Read: {
      lists: "ListBucket",
      settings: "GetBucketLocation",
      narrowed: "GetBucketLocation",
      objects: "GetObject GetObjectTagging GetObjectVersion",
    },
    Write: {
      lists: "",
      settings: "GetBucketLocation ListBucketMultipartUploads",
      narrowed: "GetBucketLocation",
      objects: "AbortMultipartUpload ListMultipartUploadParts PutObject PutObjectTagging",
    },
    ReadWrite: {
      lists: "ListBucket",
      settings: "GetBucketLocation ListBucketMultipartUploads",
      narrowed: "GetBucketLocation",
      objects:
        "AbortMultipartUpload DeleteObject GetObject GetObjectTagging GetObjectVersion ListMultipartUploadParts PutObject PutObjectTagging",
    },
    Admin: {
      lists: "ListBucket ListBucketVersions",
      settings: "GetBucket* ListBucketMultipartUploads",
      narrowed: "GetBucket*",
      objects:
        "AbortMultipartUpload DeleteObject DeleteObjectVersion GetObject GetObjectTagging GetObjectVersion ListMultipartUploadParts " +
        "PutObject PutObjectLegalHold PutObjectRetention PutObjectTagging RestoreObject",
    },
  };
  test.each(Object.entries(cases))("%s in the whole bucket", (mode, { lists, settings, objects }) => {
    expect(granted(bucketAccess({ mode: mode as AccessMode, bucketArn }))).toEqual([
      ...(lists ? [[lists, bucketArn, undefined]] : []),
      [settings, bucketArn, undefined],
      [objects, `${bucketArn}/*`, undefined],
    ]);
  });
  test.each(Object.entries(cases))("%s below a prefix", (mode, { lists, narrowed, objects }) => {
    expect(granted(bucketAccess({ mode: mode as AccessMode, bucketArn, prefix: "incoming/" }))).toEqual([
      ...(lists ? [[lists, bucketArn, { StringLike: { "s3:prefix": "incoming/*" } }]] : []),
      [narrowed, bucketArn, undefined],
      [objects, `${bucketArn}/incoming/*`, undefined],
    ]);
  });

  const keys: Readonly<Record<AccessMode, string>> = {
    Read: "kms:Decrypt",
    Write: "kms:Decrypt kms:GenerateDataKey",
    ReadWrite: "kms:Decrypt kms:GenerateDataKey",
    Admin: "kms:Decrypt kms:GenerateDataKey",
  };
  test.each(Object.entries(keys))("%s with a KMS key, through S3 alone", (mode, actions) => {
    expect(granted(bucketAccess({ mode: mode as AccessMode, bucketArn, kms })).at(-1)).toEqual([
      actions,
      keyArn,
      { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
    ]);
  });

  test("with a KMS key in China, under that partition's domain", () => {
    const china = { keyArn: keyArn.replace("aws:kms:eu-west-1", "aws-cn:kms:cn-north-1"), region: "cn-north-1" };
    const access = { mode: "Read", bucketArn: "arn:aws-cn:s3:::receipts" } as const;
    expect(bucketAccess({ ...access, kms: { ...china, partition: "aws-cn" } }).at(-1)?.Condition).toEqual({
      StringEquals: { "kms:ViaService": "s3.cn-north-1.amazonaws.com.cn" },
    });
  });

  test.each(modes)("%s never grants ACLs, bucket policies, public access or deletion of the bucket", (mode) => {
    const all = bucketAccess({ mode, bucketArn }).flatMap(({ Action }) => Action);
    const dangerous = all.filter((action) =>
      /^s3:(\*|Put\*|Delete\*|PutBucket|DeleteBucket)|Acl|PublicAccess|Policy/.test(action),
    );
    expect(dangerous).toEqual([]);
  });
});

describe("access that is not to one thing is refused", () => {
  const cases = {
    "any bucket": { bucketArn: "arn:aws:s3:::*", says: "cannot grant Read access: bucket name" },
    "objects for a bucket": { bucketArn: "arn:aws:s3:::receipts/a", says: "bucket name" },
    "no bucket": { bucketArn: "receipts", says: "bucket ARN" },
    "any prefix": { prefix: "*", says: 'cannot grant Read access: prefix "*"' },
    "any key": { kms: { ...kms, keyArn: keyArn.replace(/[^/]*$/, "*") }, says: "does not name one key" },
    "a key of another region": { kms: { ...kms, region: "eu-west-2" }, says: "is of region eu-west-1" },
    "a key of another partition": { kms: { ...kms, partition: "aws-cn" }, says: "is not of the partition aws-cn" },
  } as const;
  test.each(Object.entries(cases))("%s", (_, { says, ...change }) => {
    expect(() => bucketAccess({ mode: "Read", bucketArn, ...change })).toThrow(says);
  });
});

test("no prefix that a developer writes widens a grant", () => {
  const segment = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.constantFrom("*", "?", `\${aws:username}`, "..", ".", "", "a", '","Resource":"*'),
  );
  const prefix = fc
    .array(segment, { maxLength: 4 })
    .chain((parts) => fc.constantFrom(parts.join("/"), `${parts.join("/")}/`));
  const granted = { narrowed: 0 };
  fc.assert(
    fc.property(prefix, fc.constantFrom(...modes), (prefix, mode) => {
      const statements = attempt(() => bucketAccess({ mode, bucketArn, prefix, kms }));
      if (!statements) return;
      if (prefix !== "") granted.narrowed += 1;
      const document: { Statement: Statement[] } = JSON.parse(policyDocument(statements));
      for (const { Effect, Resource, Action, Condition } of document.Statement) {
        expect(Effect).toBe("Allow");
        expect([bucketArn, `${bucketArn}/${prefix}*`, keyArn]).toContain(Resource);
        if (prefix !== "" && [Action].flat().includes("s3:ListBucket")) {
          expect(Condition).toEqual({ StringLike: { "s3:prefix": `${prefix}*` } });
        }
      }
      expect(prefix).not.toMatch(/[*?$]/);
    }),
    { numRuns: 500 },
  );
  expect(granted.narrowed).toBeGreaterThan(20);
});

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Actions without their service, but for those of KMS; resource; condition. */
function granted(statements: readonly Statement[]): readonly (readonly unknown[])[] {
  return statements.map(({ Action, Resource, Condition }) => [
    [...new Set([Action].flat())].toSorted().join(" ").replaceAll("s3:", ""),
    Resource,
    Condition,
  ]);
}
