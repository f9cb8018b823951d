import { expect, test } from "vitest";
import { bucketAccess } from "./bucket-access.js";
import { bucketPolicy } from "./bucket-policy.js";
import { lintPolicy, type PolicyRule } from "./lint-policy.js";
import { STATEMENT_RULES } from "./lint-rules.js";
import { type MeantPolicy } from "./meant-policy.js";
import { type PolicyUse, policyDocument } from "./policy.js";
import { irsaTrust, podIdentityTrust } from "./trust.js";

const account = "123456789012";
const workload = { namespace: "payments", serviceAccount: "receipts-api" };

/** A right document, changed in one way. */
interface Seed {
  /** Which right document. */
  readonly of: keyof typeof right;
  /** The statement that is changed, counted from 0. Default: the first. */
  readonly at?: number;
  readonly change: (statement: Changed) => Changed | undefined;
  readonly rule: PolicyRule;
  /** The value that is objected to. */
  readonly value: string;
  /** Whether the rule has to be told what was meant. Default: it finds it in any document. */
  readonly told?: true;
}

type Changed = Readonly<Record<string, unknown>>;

const bucketArn = "arn:aws:s3:::receipts";
const keyArn = `arn:aws:kms:eu-west-1:${account}:key/1234abcd`;
const oidc = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE0123";
const kms = { keyArn, region: "eu-west-1", partition: "aws" } as const;
const clusterArn = `arn:aws:eks:eu-west-1:${account}:cluster/main`;

const right = {
  access: document("managed", { mode: "ReadWrite", bucketArn, prefix: "incoming/", kms }),
  reader: document("managed", { mode: "Read", bucketArn }),
  pod: document("trust", { ...workload, account, clusterArn }),
  irsa: document("trust", { ...workload, partition: "aws", account, issuer: oidc }),
  bucket: document("bucket", { bucketArn, encryption: "aws:kms" }),
};

/** Where in `right.access` each statement is. */
const [lists, settings, objects, key] = [0, 1, 2, 3];
const session = "aws:RequestTag/kubernetes-service-account";

const seeds: Readonly<Record<string, Seed>> = {
  "every action": { of: "access", at: objects, ...set({ Action: "*" }), rule: "wildcard-action", value: "*" },
  "every action of S3": {
    of: "access",
    at: objects,
    ...add("Action", "s3:*"),
    rule: "wildcard-action",
    value: "s3:*",
  },
  "every read": { of: "access", at: objects, ...add("Action", "s3:Get*"), rule: "wildcard-action", value: "s3:Get*" },
  "a wildcard of one letter": {
    of: "access",
    at: objects,
    ...add("Action", "S3:PutObject?cl"),
    rule: "wildcard-action",
    value: "S3:PutObject?cl",
  },
  "a write for a reader": {
    of: "reader",
    at: 2,
    ...add("Action", "s3:PutObject"),
    rule: "unexpected-action",
    value: "s3:PutObject",
    told: true,
  },
  "an action of another service": {
    of: "access",
    at: objects,
    ...add("Action", "dynamodb:GetItem"),
    rule: "unexpected-action",
    value: "dynamodb:GetItem",
    told: true,
  },
  "all but some actions": {
    of: "access",
    at: objects,
    change: ({ Action, ...rest }) => ({ ...rest, NotAction: "s3:DeleteBucket" }),
    rule: "inverted-element",
    value: "s3:DeleteBucket",
  },
  "all but some resources": {
    of: "access",
    at: objects,
    change: ({ Resource, ...rest }) => ({ ...rest, NotResource: `${bucketArn}/secret/*` }),
    rule: "inverted-element",
    value: `${bucketArn}/secret/*`,
  },
  "everyone but one": {
    of: "pod",
    change: ({ Principal, ...rest }) => ({ ...rest, NotPrincipal: { AWS: "arn:aws:iam::210987654321:root" } }),
    rule: "inverted-element",
    value: "arn:aws:iam::210987654321:root",
  },
  ...dangerous("s3:PutBucketPolicy", "s3:PutBucketAcl", "s3:PutObjectAcl", "s3:DeleteBucket"),
  ...dangerous("s3:PutBucketPublicAccessBlock", "s3:PutEncryptionConfiguration", "s3:BypassGovernanceRetention"),
  ...dangerous("iam:*", "iam:PassRole", "sts:AssumeRole", "kms:CreateGrant", "S3:putbucketPOLICY"),
  "every resource": { of: "access", at: objects, ...set({ Resource: "*" }), rule: "wildcard-resource", value: "*" },
  "every key to decrypt": { of: "access", at: key, ...set({ Resource: "*" }), rule: "wildcard-resource", value: "*" },
  "every key of the account": {
    of: "access",
    at: key,
    ...set({ Resource: keyArn.replace("1234abcd", "*") }),
    rule: "wildcard-resource",
    value: keyArn.replace("1234abcd", "*"),
  },
  "every bucket": reaching("arn:aws:s3:::*/incoming/*", "wildcard-resource"),
  "buckets whose names begin alike": reaching(`${bucketArn}*`, "wildcard-resource"),
  "every partition": reaching("arn:*:s3:::receipts/incoming/*", "wildcard-resource"),
  "another bucket": { ...reaching("arn:aws:s3:::ledger/incoming/*", "unexpected-resource"), told: true },
  "a bucket of another partition": {
    ...reaching("arn:aws-cn:s3:::receipts/incoming/*", "unexpected-resource"),
    told: true,
  },
  "the whole bucket": { ...reaching(`${bucketArn}/*`, "unexpected-resource"), told: true },
  "another prefix": { ...reaching(`${bucketArn}/outgoing/*`, "unexpected-resource"), told: true },
  "siblings of the prefix": reaching(`${bucketArn}/incoming*`, "prefix-escape"),
  "a step up": reaching(`${bucketArn}/incoming/../*`, "prefix-escape"),
  "a wildcard before the prefix": reaching(`${bucketArn}/*/incoming/*`, "prefix-escape"),
  "a policy variable in a resource": reaching(`${bucketArn}/incoming/\${aws:username}/*`, "policy-variable"),
  "lists without a prefix": {
    of: "access",
    at: lists,
    change: ({ Condition, ...rest }) => rest,
    rule: "lists-outside-prefix",
    value: "s3:ListBucket",
  },
  "lists among the settings": {
    of: "access",
    at: settings,
    ...add("Action", "s3:ListBucketVersions"),
    rule: "lists-outside-prefix",
    value: "s3:ListBucketVersions",
  },
  "uploads of others": {
    of: "access",
    at: lists,
    ...add("Action", "s3:ListBucketMultipartUploads"),
    rule: "lists-outside-prefix",
    value: "s3:ListBucketMultipartUploads",
  },
  "lists of siblings": listing({ StringLike: { "s3:prefix": "incoming*" } }, "prefix-escape", "incoming*"),
  "lists of everything": listing({ StringLike: { "s3:prefix": ["incoming/*", "*"] } }, "prefix-escape", "*"),
  "lists of another prefix": {
    ...listing({ StringLike: { "s3:prefix": ["incoming/*", "outgoing/*"] } }, "unexpected-condition", "outgoing/*"),
    told: true,
  },
  "lists where no prefix is sent": listing(
    { StringLikeIfExists: { "s3:prefix": "incoming/*" } },
    "passes-when-absent",
    "incoming/*",
  ),
  "lists of all but one prefix": listing(
    { StringNotLike: { "s3:prefix": "secret/*" } },
    "passes-when-absent",
    "secret/*",
  ),
  "lists by a set that may be empty": listing(
    { "ForAllValues:StringLike": { "s3:prefix": "incoming/*" } },
    "passes-when-absent",
    "incoming/*",
  ),
  "lists that send no prefix at all": listing({ Null: { "s3:prefix": "true" } }, "passes-when-absent", "true"),
  "lists with any prefix": listing({ Null: { "s3:prefix": "false" } }, "lists-outside-prefix", "s3:ListBucket"),
  "the key outside S3": {
    of: "access",
    at: key,
    change: ({ Condition, ...rest }) => rest,
    rule: "missing-condition",
    value: "kms:ViaService",
  },
  "the key through any service": {
    of: "access",
    at: key,
    ...set({ Condition: { StringLike: { "kms:ViaService": "*.eu-west-1.amazonaws.com" } } }),
    rule: "loose-condition",
    value: "*.eu-west-1.amazonaws.com",
  },
  "the key through another service": {
    of: "access",
    at: key,
    ...set({ Condition: { StringEquals: { "kms:ViaService": "ebs.eu-west-1.amazonaws.com" } } }),
    rule: "unexpected-condition",
    value: "ebs.eu-west-1.amazonaws.com",
    told: true,
  },
  "a role for everyone": { of: "pod", ...set({ Principal: "*" }), rule: "everyone", value: "*" },
  "a role for every account": { of: "pod", ...set({ Principal: { AWS: "*" } }), rule: "everyone", value: "*" },
  "a role for another account": {
    of: "pod",
    ...set({ Principal: { AWS: "arn:aws:iam::210987654321:root" } }),
    rule: "foreign-principal",
    value: "arn:aws:iam::210987654321:root",
    told: true,
  },
  "a role for another service": {
    of: "pod",
    ...set({ Principal: { Service: "ec2.amazonaws.com" } }),
    rule: "foreign-principal",
    value: "ec2.amazonaws.com",
    told: true,
  },
  "a role for every association": {
    of: "pod",
    change: ({ Condition, ...rest }) => rest,
    rule: "missing-condition",
    value: session,
  },
  "a role for every ServiceAccount": { of: "pod", ...without(session), rule: "missing-condition", value: session },
  "a role for another namespace": {
    of: "pod",
    ...condition("StringEquals", "aws:RequestTag/kubernetes-namespace", "ledger"),
    rule: "unexpected-condition",
    value: "ledger",
    told: true,
  },
  "a role for clusters that differ in case": {
    of: "pod",
    ...condition("StringEqualsIgnoreCase", "aws:RequestTag/eks-cluster-arn", clusterArn),
    rule: "loose-condition",
    value: clusterArn,
  },
  "a role by a tag that callers choose": {
    of: "pod",
    ...condition("StringEquals", session, `\${aws:PrincipalTag/name}`),
    rule: "policy-variable",
    value: `\${aws:PrincipalTag/name}`,
  },
  "a role to assume otherwise": {
    of: "pod",
    ...add("Action", "sts:AssumeRoleWithSAML"),
    rule: "unexpected-action",
    value: "sts:AssumeRoleWithSAML",
    told: true,
  },
  "every token of the issuer": {
    of: "irsa",
    ...without(`${oidc}:sub`),
    rule: "missing-condition",
    value: `${oidc}:sub`,
  },
  "tokens for other audiences": {
    of: "irsa",
    ...without(`${oidc}:aud`),
    rule: "missing-condition",
    value: `${oidc}:aud`,
  },
  "every ServiceAccount of a namespace": {
    of: "irsa",
    ...condition("StringLike", `${oidc}:sub`, "system:serviceaccount:payments:*"),
    rule: "loose-condition",
    value: "system:serviceaccount:payments:*",
  },
  "tokens of another cluster": {
    of: "irsa",
    ...set({ Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/oidc.example.org` } }),
    rule: "foreign-principal",
    value: `arn:aws:iam::${account}:oidc-provider/oidc.example.org`,
    told: true,
  },
  "tokens that another account vouches for": {
    of: "irsa",
    ...set({ Principal: { Federated: `arn:aws:iam::210987654321:oidc-provider/${oidc}` } }),
    rule: "foreign-principal",
    value: `arn:aws:iam::210987654321:oidc-provider/${oidc}`,
    told: true,
  },
  "a public bucket": { of: "bucket", ...set({ Effect: "Allow" }), rule: "everyone", value: "*" },
  "a bucket that grants": {
    of: "bucket",
    ...set({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:role/reader` }, Action: "s3:GetObject" }),
    rule: "bucket-grant",
    value: "Allow",
    told: true,
  },
  "log delivery for any account": {
    of: "bucket",
    ...set({ Effect: "Allow", Principal: { Service: "logging.s3.amazonaws.com" }, Action: "s3:PutObject" }),
    rule: "missing-condition",
    value: "aws:SourceAccount",
  },
  "plain HTTP": {
    of: "bucket",
    change: () => undefined,
    rule: "missing-denial",
    value: "DenyWithoutTls",
    told: true,
  },
  "old TLS": {
    of: "bucket",
    at: 1,
    ...set({ Condition: { NumericLessThan: { "s3:TlsVersion": "1.0" } } }),
    rule: "missing-denial",
    value: "DenyOldTls",
    told: true,
  },
  "plain HTTP to the objects": {
    of: "bucket",
    ...set({ Resource: bucketArn }),
    rule: "missing-denial",
    value: "DenyWithoutTls",
    told: true,
  },
};

test.each(Object.entries(seeds))(
  "a seeded widening is found by the rule for it: %s",
  (_, { of, at = 0, change, rule, value, told }) => {
    const { use, text, lint } = right[of];
    const given: { Statement: Changed[] } = JSON.parse(text);
    const changed = given.Statement.flatMap((statement, index) =>
      index === at ? (change(statement) ?? []) : statement,
    );
    const seeded = { ...given, Statement: changed };
    const found = lint(seeded).filter((finding) => finding.rule === rule && finding.value === value);
    expect(found).not.toEqual([]);
    expect(found[0]?.message).toMatch(/: [a-z]/);
    expect(found[0]?.message).toContain(rule === "missing-denial" ? value : JSON.stringify(value));
    const untold = lintPolicy(JSON.stringify(seeded, undefined, 2), use).filter((finding) => finding.rule === rule);
    expect(untold.some((finding) => finding.value === value)).toBe(!told);
  },
);

test("every rule has a widening of its own", () => {
  const seeded = new Set(Object.values(seeds).map(({ rule }) => rule));
  expect(STATEMENT_RULES.filter(({ name }) => !seeded.has(name))).toEqual([]);
});

function document<Use extends PolicyUse>(use: Use, meant: MeantPolicy[Use]) {
  return { use, text: written(meant), lint: (given: string | object) => lintPolicy(given, use, meant) };
}

function written(meant: MeantPolicy[PolicyUse]): string {
  if ("mode" in meant) return policyDocument(bucketAccess(meant));
  if ("bucketArn" in meant) return policyDocument(bucketPolicy(meant), "bucket");
  return "issuer" in meant ? irsaTrust(meant) : podIdentityTrust(meant);
}

function set(elements: Changed): Pick<Seed, "change"> {
  return { change: (statement) => ({ ...statement, ...elements }) };
}

function add(element: string, value: string): Pick<Seed, "change"> {
  return { change: (statement) => ({ ...statement, [element]: [statement[element], value].flat() }) };
}

function reaching(resource: string, rule: PolicyRule): Seed {
  return { of: "access", at: objects, ...add("Resource", resource), rule, value: resource };
}

function listing(Condition: Changed, rule: PolicyRule, value: string): Seed {
  return { of: "access", at: lists, ...set({ Condition }), rule, value };
}

function dangerous(...actions: readonly string[]): Readonly<Record<string, Seed>> {
  const seed = (action: string): Seed => ({
    of: "access",
    at: objects,
    ...add("Action", action),
    rule: "dangerous-action",
    value: action,
  });
  return Object.fromEntries(actions.map((action) => [action, seed(action)]));
}

/** Compares a key by another operator, or with another value. */
function condition(operator: string, name: string, value: string): Pick<Seed, "change"> {
  return {
    change: (statement) => {
      const others = { StringEquals: compared(statement, name) };
      return {
        ...statement,
        Condition: { ...others, [operator]: { ...(operator in others && others.StringEquals), [name]: value } },
      };
    },
  };
}

function without(name: string): Pick<Seed, "change"> {
  return { change: (statement) => ({ ...statement, Condition: { StringEquals: compared(statement, name) } }) };
}

/** What a statement compares with StringEquals, but for one key. */
function compared({ Condition }: Changed, name: string): Changed {
  const { StringEquals } = Condition as { readonly StringEquals: Changed };
  return Object.fromEntries(Object.entries(StringEquals).filter(([key]) => key !== name));
}
