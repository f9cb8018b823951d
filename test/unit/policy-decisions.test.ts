import { type AccessMode, bucketAccess, bucketPolicy, irsaTrust, podIdentityTrust, policyDocument } from "trimtab/aws";
import { describe, expect, test } from "vitest";
import { ACCOUNT as account, type Context, decide, undecided } from "../support/policy-evaluator.js";

/**
 * What our policies decide, asked of an evaluator that others wrote. The tables say what is granted, by hand: `yes`,
 * `-` never, `whole` where access has no prefix, `list` where it has none or the request names one below it.
 */
const onBucket = table(`
  action                            Read   Write   ReadWrite   Admin
  s3:ListBucket                     list   -       list        list
  s3:ListBucketVersions             -      -       -           list
  s3:ListBucketMultipartUploads     -      whole   whole       whole
  s3:GetBucketLocation              yes    yes     yes         yes
  s3:GetBucketVersioning            -      -       -           yes
  s3:GetBucketTagging               -      -       -           yes
  s3:GetBucketPolicy                -      -       -           yes
  s3:GetBucketAcl                   -      -       -           yes
  s3:GetEncryptionConfiguration     -      -       -           -
  s3:PutBucketPolicy                -      -       -           -
  s3:DeleteBucketPolicy             -      -       -           -
  s3:PutBucketAcl                   -      -       -           -
  s3:PutBucketPublicAccessBlock     -      -       -           -
  s3:PutEncryptionConfiguration     -      -       -           -
  s3:PutBucketVersioning            -      -       -           -
  s3:PutLifecycleConfiguration      -      -       -           -
  s3:DeleteBucket                   -      -       -           -
`);

const onObjects = table(`
  action                            Read   Write   ReadWrite   Admin
  s3:GetObject                      yes    -       yes         yes
  s3:GetObjectVersion               yes    -       yes         yes
  s3:GetObjectTagging               yes    -       yes         yes
  s3:GetObjectAcl                   -      -       -           -
  s3:PutObject                      -      yes     yes         yes
  s3:PutObjectTagging               -      yes     yes         yes
  s3:AbortMultipartUpload           -      yes     yes         yes
  s3:ListMultipartUploadParts       -      yes     yes         yes
  s3:DeleteObject                   -      -       yes         yes
  s3:DeleteObjectVersion            -      -       -           yes
  s3:DeleteObjectTagging            -      -       -           -
  s3:PutObjectRetention             -      -       -           yes
  s3:PutObjectLegalHold             -      -       -           yes
  s3:RestoreObject                  -      -       -           yes
  s3:PutObjectAcl                   -      -       -           -
  s3:PutObjectVersionAcl            -      -       -           -
  s3:BypassGovernanceRetention      -      -       -           -
`);

const onKey = table(`
  action                            Read   Write   ReadWrite   Admin
  kms:Decrypt                       yes    yes     yes         yes
  kms:GenerateDataKey               -      yes     yes         yes
  kms:Encrypt                       -      -       -           -
  kms:DescribeKey                   -      -       -           -
  kms:ReEncryptFrom                 -      -       -           -
  kms:CreateGrant                   -      -       -           -
  kms:PutKeyPolicy                  -      -       -           -
  kms:ScheduleKeyDeletion           -      -       -           -
`);

const modes: readonly AccessMode[] = ["Read", "Write", "ReadWrite", "Admin"];
const partitions = [
  { partition: "aws", region: "eu-west-1", s3: "s3.eu-west-1.amazonaws.com" },
  { partition: "aws-cn", region: "cn-north-1", s3: "s3.cn-north-1.amazonaws.com.cn" },
  { partition: "aws-us-gov", region: "us-gov-west-1", s3: "s3.us-gov-west-1.amazonaws.com" },
  { partition: "aws-eusc", region: "eusc-de-east-1", s3: "s3.eusc-de-east-1.amazonaws.eu" },
] as const;

/** What S3's requests say of their connection. */
const overTls = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };
const workload = { namespace: "payments", serviceAccount: "receipts-api" };

describe("access is what the table says and nothing else", () => {
  const cells = partitions.flatMap((where) =>
    modes.flatMap((mode) =>
      ["", "incoming/"].flatMap((prefix) => [true, false].map((encrypted) => ({ ...where, mode, prefix, encrypted }))),
    ),
  );

  test.each(cells)("$mode below '$prefix' in $partition, KMS $encrypted", async (cell) => {
    const { partition, region, s3, mode, prefix, encrypted } = cell;
    const bucketArn = `arn:${partition}:s3:::docs`;
    const keyArn = `arn:${partition}:kms:${region}:${account}:key/1234abcd`;
    const kms = { keyArn, region, partition };
    const identity = policyDocument(bucketAccess({ mode, bucketArn, account, prefix, ...(encrypted && { kms }) }));
    const principal = `arn:${partition}:iam::${account}:role/receipts-api`;
    const asked = [...bucketRequests(bucketArn, mode, prefix), ...objectRequests(bucketArn, mode, prefix)];
    const owned = (owner: string) => ({ "aws:ResourceAccount": owner });
    const s3Requests = [
      ...asked.map((request) => ({ ...request, context: { ...request.context, ...owned(account) } })),
      // A bucket of this name that somebody else has made is of no use, whatever its own policy says.
      ...asked.map((request) => ({
        ...request,
        context: { ...request.context, ...owned("999999999999") },
        allowed: false,
      })),
    ];
    const kmsRequests = keyRequests(keyArn, s3, encrypted ? mode : undefined);
    const wrong = await undecided([
      ...s3Requests.map((request) => ({ ...request, principal, identity })),
      ...kmsRequests.map((request) => ({ ...request, principal, identity, trust: delegating(partition) })),
    ]);
    expect(wrong).toEqual([]);
  });
});

describe("a bucket denies what is not safe, whoever asks", () => {
  const plain = { "aws:SecureTransport": "false" };
  const tls = (version: string) => ({ ...overTls, "s3:TlsVersion": version });
  const header = "s3:x-amz-server-side-encryption";
  const asked = (value: string) => ({ ...overTls, [header]: value });
  const cases = [
    { reason: "plain HTTP", on: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], context: plain, passes: "never" },
    { reason: "TLS 1.0", on: ["s3:GetObject", "s3:ListBucket"], context: tls("1.0"), passes: "never" },
    { reason: "TLS 1.1", on: ["s3:PutObject", "s3:ListBucket"], context: tls("1.1"), passes: "never" },
    { reason: "TLS 1.2", on: ["s3:GetObject", "s3:ListBucket"], context: tls("1.2"), passes: "always" },
    { reason: "TLS 1.3", on: ["s3:PutObject", "s3:ListBucket"], context: tls("1.3"), passes: "always" },
    { reason: "no encryption header", on: ["s3:PutObject"], context: overTls, passes: "always" },
    { reason: "AES256", on: ["s3:PutObject"], context: asked("AES256"), passes: "AES256" },
    { reason: "aws:kms", on: ["s3:PutObject"], context: asked("aws:kms"), passes: "aws:kms" },
    { reason: "aws:kms:dsse", on: ["s3:PutObject"], context: asked("aws:kms:dsse"), passes: "none" },
  ];
  const buckets = partitions.flatMap(({ partition }) =>
    ([undefined, "AES256", "aws:kms"] as const).map((encryption) => ({ partition, encryption })),
  );

  test.each(buckets)("in $partition, encrypted with $encryption", async ({ partition, encryption }) => {
    const bucketArn = `arn:${partition}:s3:::docs`;
    const trust = policyDocument(bucketPolicy({ bucketArn, ...(encryption && { encryption }) }), "bucket");
    const identity = JSON.stringify(policy({ Effect: "Allow", Action: "s3:*", Resource: "*" }));
    const principal = `arn:${partition}:iam::${account}:role/administrator`;
    const requests = cases.flatMap(({ reason, on, context, passes }) =>
      on.map((action) => ({
        ...{ reason, action, context, principal, identity, trust },
        resource: action === "s3:ListBucket" ? bucketArn : `${bucketArn}/incoming/a`,
        allowed: passes === "always" || (passes !== "never" && (encryption ?? passes) === passes),
      })),
    );
    expect(await undecided(requests)).toEqual([]);
  });
});

describe("EKS Pod Identity is trusted for one ServiceAccount", () => {
  const tag = (name: string) => `aws:RequestTag/${name}`;
  test.each(partitions)("in $partition", async ({ partition, region }) => {
    const clusterArn = `arn:${partition}:eks:${region}:${account}:cluster/main`;
    const right: Context = {
      "aws:SourceAccount": account,
      [tag("eks-cluster-arn")]: clusterArn,
      [tag("kubernetes-namespace")]: "payments",
      [tag("kubernetes-service-account")]: "receipts-api",
    };
    const contexts = [
      { reason: "the ServiceAccount", context: right, allowed: true },
      { reason: "another account", context: { ...right, "aws:SourceAccount": "210987654321" } },
      { reason: "another cluster", context: { ...right, [tag("eks-cluster-arn")]: `${clusterArn}2` } },
      { reason: "another namespace", context: { ...right, [tag("kubernetes-namespace")]: "ledger" } },
      { reason: "another ServiceAccount", context: { ...right, [tag("kubernetes-service-account")]: "receipts" } },
      { reason: "no tags", context: { "aws:SourceAccount": account } },
      ...Object.keys(right).map((key) => ({ reason: `no ${key}`, context: without(right, key) })),
    ];
    const askers = [
      ...contexts.map((asker) => ({ allowed: false, ...asker, principal: "pods.eks.amazonaws.com" })),
      { reason: "another service", context: right, principal: "ec2.amazonaws.com", allowed: false },
      { reason: "a role", context: right, principal: `arn:${partition}:iam::${account}:role/reader`, allowed: false },
    ];
    const role = {
      identity: JSON.stringify(policy({ Effect: "Allow", Action: "sts:*", Resource: "*" })),
      resource: `arn:${partition}:iam::${account}:role/receipts-api`,
      trust: podIdentityTrust({ ...workload, account, clusterArn }),
    };
    const requests = askers.flatMap((asker) =>
      ["sts:AssumeRole", "sts:TagSession"].map((action) => ({ ...role, ...asker, action })),
    );
    expect(await undecided(requests)).toEqual([]);
  });
});

/**
 * The evaluator takes the keys of a token from AWS's list of identity providers, where no issuer of EKS is: it ignores
 * `<issuer>:aud` and `<issuer>:sub` of those. Two issuers that it knows stand in for two clusters.
 */
const standIns = { here: "accounts.google.com", there: "cognito-identity.amazonaws.com" };
const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE0123";

describe("IRSA is trusted for one ServiceAccount", () => {
  test.each(partitions)("in $partition", async ({ partition }) => {
    const { here, there } = standIns;
    const sub = "system:serviceaccount:payments:receipts-api";
    const provider = (of: string) => `arn:${partition}:iam::${account}:oidc-provider/${of}`;
    const right: Context = { [`${here}:aud`]: "sts.amazonaws.com", [`${here}:sub`]: sub };
    const contexts = [
      { reason: "the ServiceAccount", context: right, allowed: true },
      { reason: "another audience", context: { ...right, [`${here}:aud`]: "vault" } },
      { reason: "another namespace", context: { ...right, [`${here}:sub`]: sub.replace("payments", "ledger") } },
      { reason: "another ServiceAccount", context: { ...right, [`${here}:sub`]: `${sub}-2` } },
      { reason: "no audience", context: without(right, `${here}:aud`) },
      { reason: "no subject", context: without(right, `${here}:sub`) },
      { reason: "another cluster's claims", context: { [`${there}:aud`]: "sts.amazonaws.com", [`${there}:sub`]: sub } },
      { reason: "another cluster", context: right, principal: provider(there) },
      { reason: "another account", context: right, principal: provider(here).replace(account, "210987654321") },
      { reason: "a service", context: right, principal: "pods.eks.amazonaws.com" },
      { reason: "another way", context: {}, action: "sts:AssumeRole" },
    ];
    const trust = irsaTrust({ ...workload, partition, account, issuer }).replaceAll(issuer, here);
    const resource = `arn:${partition}:iam::${account}:role/receipts-api`;
    const asked = contexts.map((context) => ({
      ...{ allowed: false, principal: provider(here), action: "sts:AssumeRoleWithWebIdentity", resource, trust },
      ...context,
    }));
    expect(await undecided(asked)).toEqual([]);
  });

  test("the evaluator still ignores an EKS issuer's own claims", async () => {
    const keys = [`${issuer}:aud`, `${issuer}:sub`];
    const { ignored } = await decide({
      principal: `arn:aws:iam::${account}:oidc-provider/${issuer}`,
      action: "sts:AssumeRoleWithWebIdentity",
      resource: `arn:aws:iam::${account}:role/receipts-api`,
      context: Object.fromEntries(keys.map((key) => [key, "x"])),
      trust: irsaTrust({ ...workload, partition: "aws", account, issuer }),
    });
    expect(ignored).toEqual(keys);
  });
});

function bucketRequests(bucketArn: string, mode: AccessMode, prefix: string) {
  const sent = [undefined, "", "incoming", "incoming/", "incoming/2026/", "incoming2/x", "outgoing/"];
  const below = ["incoming/", "incoming/2026/"];
  return rows(onBucket, mode).flatMap(({ action, granted }) => {
    const knowsPrefix = ["s3:ListBucket", "s3:ListBucketVersions"].includes(action);
    const own = (knowsPrefix ? sent : [undefined]).map((given) => ({
      ...{ action, resource: bucketArn, context: { ...overTls, ...(given !== undefined && { "s3:prefix": given }) } },
      allowed:
        granted === "yes" ||
        (granted === "whole" && prefix === "") ||
        (granted === "list" && (prefix === "" || below.includes(given ?? ""))),
    }));
    const context = { ...overTls, ...(knowsPrefix && { "s3:prefix": "incoming/" }) };
    return [...own, { action, resource: `${bucketArn}2`, context, allowed: false }];
  });
}

function objectRequests(bucketArn: string, mode: AccessMode, prefix: string) {
  return rows(onObjects, mode).flatMap(({ action, granted }) => {
    const yes = granted === "yes";
    return [
      { resource: `${bucketArn}/incoming/a`, allowed: yes },
      { resource: `${bucketArn}/outgoing/a`, allowed: yes && prefix === "" },
      { resource: `${bucketArn}/incoming2/x`, allowed: yes && prefix === "" },
      { resource: `${bucketArn}2/incoming/a`, allowed: false },
    ].map((request) => ({ ...request, action, context: overTls }));
  });
}

/** No mode: nothing is encrypted with a key, and none may be used. */
function keyRequests(keyArn: string, s3: string, mode: AccessMode | undefined) {
  const via = "kms:ViaService";
  const wrong = [
    { resource: keyArn, context: {} },
    { resource: keyArn, context: { [via]: s3.replace("-1.", "-2.") } },
    { resource: keyArn, context: { [via]: s3.replace("s3.", "ebs.") } },
    { resource: keyArn, context: { [via]: s3.replace(/\.[a-z.]+$/, ".example.org") } },
    { resource: `${keyArn}5`, context: { [via]: s3 } },
  ].map((request) => ({ ...request, allowed: false }));
  return rows(onKey, mode ?? "Admin").flatMap(({ action, granted }) => {
    const right = { resource: keyArn, context: { [via]: s3 }, allowed: mode !== undefined && granted === "yes" };
    return [right, ...(mode === undefined ? [] : wrong)].map((request) => ({ ...request, action }));
  });
}

/** The policy that a key has by default: the account decides by its identities' policies. */
function delegating(partition: string): string {
  const Principal = { AWS: `arn:${partition}:iam::${account}:root` };
  return JSON.stringify(policy({ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }));
}

function policy(statement: object): object {
  return { Version: "2012-10-17", Statement: [statement] };
}

function without(context: Context, key: string): Context {
  return Object.fromEntries(Object.entries(context).filter(([name]) => name !== key));
}

type Table = readonly Readonly<Record<string, string>>[];

function table(text: string): Table {
  const [head = [], ...lines] = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  return lines.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ""])));
}

function rows(given: Table, mode: AccessMode) {
  return given.map((row) => ({ action: row["action"] ?? "", granted: row[mode] ?? "" }));
}
