import { describe, expect, test } from "vitest";
import { apiVersionOf, atProvider, resource, Scene, type Spec } from "../../../../test/support/cloud-scene.js";
import { annotationsOf, textAt } from "../../../render/unstructured.js";
import { decodeBase64 } from "../../../resource/base64.js";
import { type JsonObject } from "../../../wire/index.js";
import { awsStandIns } from "./index.js";

const region = "eu-west-1";
const named = (name: string) => ({ annotations: { "crossplane.io/external-name": name } });
const document = (statement: JsonObject) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", ...statement }] });
const trust = document({ Principal: { Service: "pods.eks.amazonaws.com" } });
const access = document({ Resource: "*" });

const bucket = (name: string, forProvider: JsonObject = {}) =>
  resource("Bucket", name, { forProvider: { region, ...forProvider } });
const role = (name: string, forProvider: JsonObject = {}) =>
  resource("Role", name, { forProvider: { assumeRolePolicy: trust, ...forProvider } });
const policy = (name: string, forProvider: JsonObject = {}) =>
  resource("Policy", name, { forProvider: { policy: access, ...forProvider } });
const user = (name: string, forProvider: JsonObject = {}) => resource("User", name, { forProvider });
const attachment = (name: string, of: string, to: string) =>
  resource("RolePolicyAttachment", name, { forProvider: { roleRef: { name: to }, policyArnRef: { name: of } } });
const key = (name: string, of: string, spec: Spec = {}) =>
  resource("AccessKey", name, { forProvider: { userRef: { name: of } }, ...spec });
const association = (name: string, serviceAccount: string) =>
  resource("PodIdentityAssociation", name, {
    forProvider: { region, clusterName: "prod", namespace: "payments", serviceAccount, roleArnRef: { name: "reader" } },
  });

async function sceneWith(...objects: readonly JsonObject[]): Promise<Scene> {
  const scene = new Scene();
  for (const object of objects) scene.cluster.create(object);
  await scene.pass(120_000);
  return scene;
}

const observed: readonly {
  readonly objects: readonly JsonObject[];
  readonly observed: JsonObject;
  readonly reason: string;
}[] = [
  {
    objects: [bucket("receipts", { tags: { team: "a" } })],
    observed: {
      id: "receipts",
      region,
      arn: "arn:aws:s3:::receipts",
      bucketDomainName: "receipts.s3.amazonaws.com",
      bucketRegionalDomainName: "receipts.s3.eu-west-1.amazonaws.com",
      hostedZoneId: expect.stringMatching(/^Z[A-Z2-7]{13}$/),
      tags: {
        team: "a",
        "crossplane-kind": "bucket.s3.aws.m.upbound.io",
        "crossplane-name": "receipts",
        "crossplane-providerconfig": "default",
      },
    },
    reason: "with the tags that the provider adds",
  },
  {
    objects: [bucket("receipts", { region: "cn-north-1" })],
    observed: { arn: "arn:aws-cn:s3:::receipts", bucketDomainName: "receipts.s3.amazonaws.com.cn" },
    reason: "in the partition of its region",
  },
  {
    objects: [role("reader", { path: "/apps/" })],
    observed: {
      id: "reader",
      arn: "arn:aws:iam::123456789012:role/apps/reader",
      uniqueId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    },
    reason: "with its path",
  },
  {
    objects: [role("reader", { tags: { cluster: "arn:aws-us-gov:eks:us-gov-west-1:123456789012:cluster/prod" } })],
    observed: { arn: "arn:aws-us-gov:iam::123456789012:role/reader" },
    reason: "in the partition that its parameters are of",
  },
  {
    objects: [policy("read")],
    observed: { id: "arn:aws:iam::123456789012:policy/read", arn: "arn:aws:iam::123456789012:policy/read" },
    reason: "known by its ARN",
  },
  { objects: [user("ann")], observed: { arn: "arn:aws:iam::123456789012:user/ann" }, reason: "a user" },
  {
    objects: [policy("read"), role("reader"), attachment("join", "read", "reader")],
    observed: { role: "reader", policyArn: "arn:aws:iam::123456789012:policy/read" },
    reason: "references are resolved",
  },
  {
    objects: [user("ann"), key("ann-1", "ann")],
    observed: { user: "ann", status: "Active", id: expect.stringMatching(/^AKIASIMULATED[A-Z2-7]{7}$/) },
    reason: "the secret is not said",
  },
  {
    objects: [role("reader"), association("api", "api")],
    observed: {
      roleArn: "arn:aws:iam::123456789012:role/reader",
      associationId: expect.stringMatching(/^a-[0-9a-f]{17}$/),
      associationArn: expect.stringMatching(/^arn:aws:eks:eu-west-1:123456789012:podidentityassociation\/prod\/a-/),
    },
    reason: "named by EKS",
  },
  {
    objects: [resource("Key", "main")],
    observed: { arn: expect.stringMatching(/^arn:aws:kms:eu-west-1:123456789012:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-/) },
    reason: "named by KMS",
  },
  {
    objects: [
      resource("Key", "main"),
      resource("Alias", "short", { forProvider: { region, targetKeyIdRef: { name: "main" } } }),
    ],
    observed: {
      id: "alias/short",
      arn: "arn:aws:kms:eu-west-1:123456789012:alias/short",
      targetKeyArn: expect.stringMatching(/:key\/[0-9a-f]{8}-/),
    },
    reason: "another name of a key",
  },
  {
    objects: [resource("OpenIDConnectProvider", "issuer", { forProvider: { url: "https://oidc.example.org/id/1" } })],
    observed: { arn: "arn:aws:iam::123456789012:oidc-provider/oidc.example.org/id/1" },
    reason: "named by its URL",
  },
  {
    objects: [
      bucket("receipts"),
      role("copier"),
      resource("BucketReplicationConfiguration", "copy", {
        forProvider: {
          region,
          bucketRef: { name: "receipts" },
          roleRef: { name: "copier" },
          rule: [{ destination: { bucketRef: { name: "receipts" } } }],
        },
      }),
    ],
    observed: {
      bucket: "receipts",
      role: "arn:aws:iam::123456789012:role/copier",
      rule: [{ destination: { bucket: "arn:aws:s3:::receipts" } }],
    },
    reason: "a bucket that is copied to is named by its ARN",
  },
];

describe("what is observed", () => {
  test.each(observed)("$reason: $observed", async ({ objects, observed }) => {
    const scene = await sceneWith(...objects);
    const last = objects.at(-1) ?? {};
    const object = scene.object(textAt(last, ["kind"]), textAt(last, ["metadata", "name"]));
    expect(scene.condition(object, "Synced")).toBe("True ReconcileSuccess");
    expect(scene.condition(object, "Ready")).toBe("True Available");
    expect(atProvider(object)).toMatchObject(observed);
    expect(JSON.stringify(object)).not.toContain("SimulatedSecret");
  });
});

const tooLarge = document({ Resource: Array.from({ length: 300 }, (_, n) => `arn:aws:s3:::receipts/${n}/and-more/*`) });
const manyPolicies = Array.from({ length: 11 }, (_, index) => `p${index}`);

const refused: readonly { readonly objects: readonly JsonObject[]; readonly said: RegExp; readonly reason: string }[] =
  [
    { objects: [bucket("Receipts")], said: /InvalidBucketName: /, reason: "a capital letter" },
    { objects: [bucket("receipts", { region: "Ireland" })], said: /InvalidLocationConstraint: /, reason: "no region" },
    {
      objects: [resource("BucketPolicy", "p", { forProvider: { region, bucket: "nowhere", policy: access } })],
      said: /NoSuchBucket: The specified bucket does not exist/,
      reason: "a part of a bucket that there is not",
    },
    {
      objects: [role("reader", { assumeRolePolicy: "{" })],
      said: /MalformedPolicyDocument: the policy is not valid JSON/,
      reason: "a trust policy that is no JSON",
    },
    {
      objects: [role("reader", { assumeRolePolicy: access })],
      said: /MalformedPolicyDocument: Has prohibited field Resource/,
      reason: "a trust policy with a resource",
    },
    {
      objects: [policy("read", { policy: document({}) })],
      said: /MalformedPolicyDocument: Missing required field Resource/,
      reason: "a policy without one",
    },
    {
      objects: [policy("read", { policy: trust })],
      said: /MalformedPolicyDocument: Policy document should not specify a principal/,
      reason: "a policy with a principal",
    },
    { objects: [policy("read", { policy: tooLarge })], said: /LimitExceeded: /, reason: "a policy that is too large" },
    {
      objects: [
        role("Reader"),
        resource("Role", "second", { forProvider: { assumeRolePolicy: trust } }, named("reader")),
      ],
      said: /EntityAlreadyExists: Role with name reader already exists\./,
      reason: "names differ in more than case",
    },
    {
      objects: [resource("User", "u", { forProvider: {} }, named("a b"))],
      said: /ValidationError: user name "a b"/,
      reason: "a name that IAM does not take",
    },
    {
      objects: [
        policy("read"),
        resource("RolePolicyAttachment", "a", { forProvider: { role: "nobody", policyArnRef: { name: "read" } } }),
      ],
      said: /NoSuchEntity: The role with name nobody cannot be found/,
      reason: "no such role",
    },
    {
      objects: [
        role("reader"),
        resource("RolePolicyAttachment", "a", {
          forProvider: { roleRef: { name: "reader" }, policyArn: "arn:aws:iam::123456789012:policy/none" },
        }),
      ],
      said: /NoSuchEntity: Policy arn:aws:iam::123456789012:policy\/none does not exist or is not attachable/,
      reason: "no such policy",
    },
    {
      objects: [
        role("reader"),
        ...manyPolicies.flatMap((name) => [policy(name), attachment(`a-${name}`, name, "reader")]),
      ],
      said: /LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10/,
      reason: "more than ten policies",
    },
    {
      objects: [user("ann"), key("one", "ann"), key("two", "ann"), key("three", "ann")],
      said: /LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2/,
      reason: "a third key",
    },
    {
      objects: [role("reader"), association("one", "api"), association("two", "api")],
      said: /ResourceInUseException: Association already exists: a-/,
      reason: "a ServiceAccount has one association",
    },
    {
      objects: [resource("Alias", "short", { forProvider: { region, targetKeyId: "none" } })],
      said: /NotFoundException: Key 'arn:aws:kms:eu-west-1:123456789012:key\/none' does not exist/,
      reason: "no such key",
    },
    {
      objects: [
        role("reader"),
        resource("RolePolicy", "inline", { forProvider: { roleRef: { name: "reader" }, policy: "no" } }),
      ],
      said: /MalformedPolicyDocument/,
      reason: "an inline policy that is none",
    },
  ];

describe("what is refused", () => {
  test.each(refused)("$reason", async ({ objects, said }) => {
    const scene = await sceneWith(...objects);
    const last = objects.at(-1) ?? {};
    const object = scene.object(textAt(last, ["kind"]), textAt(last, ["metadata", "name"]));
    expect(scene.condition(object, "Synced")).toMatch(said);
    expect(scene.condition(object, "Synced")).toMatch(/^False ReconcileError: create failed: cannot create /);
  });

  test("an update to a policy that is none", async () => {
    const scene = await sceneWith(policy("read"));
    scene.cluster.apply(policy("read", { policy: "no" }));
    await scene.pass(10_000);
    expect(scene.condition(scene.object("Policy", "read"), "Synced")).toMatch(
      /update failed: cannot update Policy read: MalformedPolicyDocument/,
    );
    expect(scene.condition(scene.object("Policy", "read"), "Ready")).toBe("True Available");
  });
});

const kept: readonly {
  readonly objects: readonly JsonObject[];
  /** The kind and the name of what is deleted. */
  readonly deleted: readonly [string, string];
  /** Undefined where it goes. */
  readonly said: RegExp | undefined;
  readonly reason: string;
}[] = [
  {
    objects: [policy("read"), role("reader"), attachment("join", "read", "reader")],
    deleted: ["Role", "reader"],
    said: /DeleteConflict: Cannot delete entity, must detach all policies first\./,
    reason: "a role with a policy",
  },
  {
    objects: [policy("read"), role("reader"), attachment("join", "read", "reader")],
    deleted: ["Policy", "read"],
    said: /DeleteConflict: Cannot delete a policy attached to entities\./,
    reason: "a policy that is attached",
  },
  {
    objects: [policy("read"), role("reader", { forceDetachPolicies: true }), attachment("join", "read", "reader")],
    deleted: ["Role", "reader"],
    said: undefined,
    reason: "a role that is told to",
  },
  {
    objects: [role("r"), resource("RolePolicy", "in", { forProvider: { roleRef: { name: "r" }, policy: access } })],
    deleted: ["Role", "r"],
    said: /DeleteConflict: Cannot delete entity, must delete policies first\./,
    reason: "a role with an inline policy",
  },
  {
    objects: [user("ann"), key("one", "ann")],
    deleted: ["User", "ann"],
    said: /DeleteConflict: Cannot delete entity, must delete access keys first\./,
    reason: "a user with a key",
  },
  {
    objects: [user("ann", { forceDestroy: true }), key("one", "ann")],
    deleted: ["User", "ann"],
    said: undefined,
    reason: "a user that is told to",
  },
  {
    objects: [
      user("ann", { forceDestroy: true }),
      policy("read"),
      resource("UserPolicyAttachment", "join", {
        forProvider: { userRef: { name: "ann" }, policyArnRef: { name: "read" } },
      }),
    ],
    deleted: ["User", "ann"],
    said: /DeleteConflict: Cannot delete entity, must detach all policies first\./,
    reason: "a user with a policy, even if it is told to",
  },
  {
    objects: [
      bucket("receipts"),
      resource("BucketObject", "one", { forProvider: { region, bucketRef: { name: "receipts" }, key: "1" } }),
    ],
    deleted: ["Bucket", "receipts"],
    said: /BucketNotEmpty: The bucket you tried to delete is not empty/,
    reason: "a bucket with an object",
  },
  {
    objects: [
      bucket("receipts", { forceDestroy: true }),
      resource("BucketObject", "one", { forProvider: { region, bucketRef: { name: "receipts" }, key: "1" } }),
    ],
    deleted: ["Bucket", "receipts"],
    said: undefined,
    reason: "a bucket that is told to",
  },
];

describe("what is not deleted", () => {
  test.each(kept)("$reason", async ({ objects, deleted: [kind, name], said }) => {
    const scene = await sceneWith(...objects);
    expect(scene.story).toHaveLength(objects.length);
    scene.cluster.delete(scene.object(kind, name));
    await scene.pass(10_000);
    if (!said) return expect(scene.find(kind, name)).toBeUndefined();
    return expect(scene.condition(scene.object(kind, name), "Synced")).toMatch(said);
  });
});

test("what is set of a bucket goes with it, and is gone when it is deleted then", async () => {
  const versioning = resource("BucketVersioning", "v", { forProvider: { region, bucketRef: { name: "receipts" } } });
  const scene = await sceneWith(bucket("receipts"), versioning);
  scene.cluster.delete(scene.object("Bucket", "receipts"));
  await scene.pass(10_000);
  expect(scene.story.slice(2)).toEqual(["removed Bucket receipts", "removed BucketVersioning receipts"]);
  scene.cluster.delete(scene.object("BucketVersioning", "v"));
  await scene.pass(10_000);
  expect(scene.find("BucketVersioning", "v")).toBeUndefined();
  expect(scene.story).toHaveLength(4);
});

test("what is told to leave its traces leaves them", async () => {
  const block = resource("BucketPublicAccessBlock", "b", {
    forProvider: { region, bucketRef: { name: "receipts" }, blockPublicAcls: true, skipDestroy: true },
  });
  const scene = await sceneWith(bucket("receipts"), block);
  scene.cluster.delete(scene.object("BucketPublicAccessBlock", "b"));
  await scene.pass(10_000);
  expect(scene.find("BucketPublicAccessBlock", "b")).toBeUndefined();
  expect(scene.cloud.all().map(({ object }) => object["kind"])).toEqual(["Bucket", "BucketPublicAccessBlock"]);
});

test("the secrets of a key look like none, and each key has others", async () => {
  const to = (name: string) => ({ writeConnectionSecretToRef: { name } });
  const scene = await sceneWith(user("ann"), key("one", "ann", to("s1")), key("two", "ann", to("s2")));
  const read = (secret: string, field: string) => decodeBase64(textAt(scene.object("Secret", secret), ["data", field]));
  expect(read("s1", "username")).toBe(annotationsOf(scene.object("AccessKey", "one"))["crossplane.io/external-name"]);
  expect(read("s1", "password")).toMatch(/^SimulatedSecret[A-Za-z0-9]{25}$/);
  expect(read("s1", "attribute.secret")).toBe(read("s1", "password"));
  expect(read("s1", "attribute.ses_smtp_password_v4")).toMatch(/^SimulatedSecret/);
  expect(read("s2", "password")).not.toBe(read("s1", "password"));
});

test("a provider that may only observe adds no tags", async () => {
  const scene = await sceneWith(
    resource("Bucket", "receipts", { forProvider: { region }, managementPolicies: ["Observe"] }),
  );
  expect(scene.object("Bucket", "receipts")["spec"]).toEqual({
    forProvider: { region },
    managementPolicies: ["Observe"],
  });
});

test("an account and a partition may be given", async () => {
  const scene = new Scene(awsStandIns({ account: "111122223333", partition: "aws-cn" }));
  scene.cluster.create(role("reader"));
  await scene.pass(10_000);
  expect(atProvider(scene.object("Role", "reader"))).toMatchObject({ arn: "arn:aws-cn:iam::111122223333:role/reader" });
});

test("there is a stand-in for each kind once", () => {
  const kinds = awsStandIns().map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const { apiVersion, kind } of awsStandIns()) expect(apiVersion).toBe(apiVersionOf(kind));
});
