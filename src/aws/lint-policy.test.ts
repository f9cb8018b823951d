import { describe, expect, test } from "vitest";
import { type AccessMode, type BucketAccess, bucketAccess } from "./bucket-access.js";
import { bucketPolicy } from "./bucket-policy.js";
import { lintPolicy, type PolicyRule } from "./lint-policy.js";
import { dnsSuffixes, isPartition, type Partition } from "./partition.js";
import { policyDocument } from "./policy.js";
import { irsaTrust, podIdentityTrust } from "./trust.js";

const account = "123456789012";
const workload = { namespace: "payments", serviceAccount: "receipts-api" };
const regions: Readonly<Record<Partition, string>> = {
  aws: "eu-west-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-eusc": "eusc-de-east-1",
};
const bucketArn = "arn:aws:s3:::receipts";
const reader: BucketAccess = { mode: "Read", bucketArn };
const readers = policyDocument(bucketAccess(reader));
const partitions = Object.keys(dnsSuffixes).filter(isPartition);
const modes: readonly AccessMode[] = ["Read", "Write", "ReadWrite", "Admin"];

describe("what the toolkit writes has no finding", () => {
  const accesses = partitions.flatMap((partition) =>
    modes.flatMap((mode) =>
      ["", "incoming/", "in coming/été/"].flatMap((prefix) =>
        [true, false].map((encrypted) => access(partition, mode, prefix, encrypted)),
      ),
    ),
  );
  test.each(accesses)("$mode of $bucketArn below '$prefix'", (meant) => {
    const document = policyDocument(bucketAccess(meant));
    expect(lintPolicy(document, "managed", meant)).toEqual([]);
    expect(lintPolicy(JSON.parse(document), "managed")).toEqual([]);
  });

  test.each(partitions)("trust and bucket policy in %s", (partition) => {
    const pod = podIdentity(partition);
    const token = { ...workload, partition, account, issuer: issuer(partition) };
    const bucketArn = `arn:${partition}:s3:::receipts`;
    expect(lintPolicy(podIdentityTrust(pod), "trust", pod)).toEqual([]);
    expect(lintPolicy(podIdentityTrust(pod), "trust")).toEqual([]);
    expect(lintPolicy(irsaTrust(token), "trust", token)).toEqual([]);
    expect(lintPolicy(irsaTrust(token), "trust")).toEqual([]);
    for (const meant of [{ bucketArn }, { bucketArn, encryption: "aws:kms" as const }]) {
      const document = policyDocument(bucketPolicy(meant), "bucket");
      expect(lintPolicy(document, "bucket", meant)).toEqual([]);
      expect(lintPolicy(document, "bucket")).toEqual([]);
    }
  });
});

describe("a finding", () => {
  test("says where, what, why and what to do", () => {
    const statement = { Sid: "Objects", Effect: "Allow", Action: "s3:PutObjectAcl", Resource: `${bucketArn}/*` };
    expect(lintPolicy({ Version: "2012-10-17", Statement: statement }, "managed")).toEqual([
      {
        rule: "dangerous-action",
        statement: "Objects",
        field: "Action",
        value: "s3:PutObjectAcl",
        message:
          'statement Objects, Action "s3:PutObjectAcl" lets the identity publish objects: leave it to the platform',
      },
    ]);
  });

  test("is one for a value, though several rules object to it", () => {
    const document = readers.replace('"s3:GetBucketLocation"', '"*"');
    expect(lintPolicy(document, "managed", reader).map(({ rule }) => rule)).toEqual(["wildcard-action"]);
  });

  test("is of what is allowed: what is denied may be as wide as it likes", () => {
    const everything = { Effect: "Deny", NotAction: "s3:*", Resource: "*" };
    expect(lintPolicy({ Version: "2012-10-17", Statement: everything }, "managed")).toEqual([]);
  });
});

test("plain HTTP, where nobody said what the bucket denies", () => {
  const { Statement } = JSON.parse(policyDocument(bucketPolicy({ bucketArn }), "bucket"));
  const found = lintPolicy({ Version: "2012-10-17", Statement: Statement.slice(1) }, "bucket");
  expect(found).toMatchObject([{ rule: "missing-denial", value: "aws:SecureTransport" }]);
});

describe("what AWS would refuse is found before it is sent", () => {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketArn}/*` };
  const cases: Readonly<Record<string, { document: string | object; rule: PolicyRule; says: string }>> = {
    "no JSON": { document: "{", rule: "malformed", says: "it is not JSON" },
    "a list": { document: [], rule: "malformed", says: "it is not a JSON object" },
    "no statement": { document: policy([]), rule: "malformed", says: "Statement is empty" },
    "the old version": {
      document: { ...policy(statement), Version: "2008-10-17" },
      rule: "malformed",
      says: 'Version "2008-10-17" is not "2012-10-17"',
    },
    "an element that AWS does not know": {
      document: policy({ ...statement, Conditions: {} }),
      rule: "malformed",
      says: 'statement 1 has the element "Conditions"',
    },
    "an odd effect": { document: policy({ ...statement, Effect: "allow" }), rule: "malformed", says: 'Effect "allow"' },
    "no action": { document: policy({ Effect: "Allow", Resource: "*" }), rule: "malformed", says: "has no Action" },
    "an empty list": { document: policy({ ...statement, Action: [] }), rule: "malformed", says: "Action is empty" },
    "an object for a name": {
      document: policy({ ...statement, Resource: [{}] }),
      rule: "malformed",
      says: "statement 1 Resource holds {}: write text",
    },
    "too many characters": {
      document: policy({ ...statement, Resource: `${bucketArn}/${"a".repeat(6_144)}/*` }),
      rule: "size",
      says: "and AWS takes 6144",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { document, rule, says }) => {
    const found = lintPolicy(document, "managed").filter((finding) => finding.rule === rule);
    expect(found.map(({ message }) => message).join()).toContain(says);
  });

  test("white space between elements is not counted", () => {
    const spaced = JSON.stringify(policy(statement), undefined, 10).replaceAll("\n", `\n${" ".repeat(1_000)}`);
    expect(lintPolicy(spaced, "managed")).toEqual([]);
  });

  test("and what cannot be meant is the caller's error", () => {
    const meant: BucketAccess = { mode: "Read", bucketArn: "arn:aws:s3:::*" };
    expect(() => lintPolicy(readers, "managed", meant)).toThrow("cannot grant Read access");
  });
});

function access(partition: Partition, mode: AccessMode, prefix: string, encrypted: boolean): BucketAccess {
  const region = regions[partition];
  const kms = { keyArn: `arn:${partition}:kms:${region}:${account}:key/1234abcd`, region, partition };
  return { mode, bucketArn: `arn:${partition}:s3:::receipts`, prefix, ...(encrypted && { kms }) };
}

function podIdentity(partition: Partition) {
  return { ...workload, account, clusterArn: `arn:${partition}:eks:${regions[partition]}:${account}:cluster/main` };
}

function issuer(partition: Partition): string {
  return `oidc.eks.${regions[partition]}.${dnsSuffixes[partition]}/id/EXAMPLE0123`;
}

function policy(statements: unknown): object {
  return { Version: "2012-10-17", Statement: statements };
}
