import { decodeBase64 } from "trimtab";
import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { bucket } from "./function.js";
import { safe, working } from "./testing.js";

const input = {
  cluster: { arn: "arn:aws:eks:eu-west-1:123456789012:cluster/prod" },
  regions: ["eu-west-1", "eu-central-1"],
};
const receipts = (spec: object = {}) => ({
  metadata: { name: "receipts", namespace: "payments", uid: "11111111-1111-1111-1111-111111111111" } as object as {
    name: string;
  },
  spec: { region: "eu-west-1", consumers: [{ serviceAccount: "api" }], ...spec },
});
const claimed = {
  ...receipts(),
  kind: "LegacyXBucket",
  metadata: { name: "receipts-x7k2p" },
  spec: {
    ...receipts().spec,
    claimRef: {
      apiVersion: "platform.trimtab.dev/v1alpha1",
      kind: "XBucketClaim",
      name: "receipts",
      namespace: "payments",
    },
  },
};
const roleArn = "arn:aws:iam::123456789012:role/api";
const works = { ...safe, consumers: { api: working.PodIdentity } };
const keys = [
  "AWS_REGION",
  "BUCKET_NAME",
  "BUCKET_PREFIX",
  "bucket",
  "endpoint",
  "prefix",
  "provider",
  "region",
  "role-arn",
  "type",
  "uri",
];

describe("the consumer's Secret", () => {
  const api = working.PodIdentity;
  const lacking = (more: object) => ({ ...works, consumers: { api: { ...api, ...more } } });
  const pod = (more: object) => lacking({ podIdentity: { ...api.podIdentity, ...more } });
  const without = {
    "the bucket": { ...works, bucket: {} },
    "the bucket's public access to be blocked": { ...works, publicAccess: {} },
    "the bucket's encryption": { ...works, encryption: {} },
    "the bucket's ownership of objects": { ...works, ownership: {} },
    "the bucket's versioning": { ...works, versioning: {} },
    "the bucket's policy": { ...works, policy: {} },
    "the policy of api to be attached": pod({ attachment: {} }),
    "the Pod Identity association of api": pod({ association: {} }),
    "the role of api": pod({ role: { status: { atProvider: { arn: "" } } } }),
  };
  test.each(Object.entries(without))("waits for %s", (what, observed) => {
    const { desired, waiting, complete } = run(bucket, { xr: receipts(), input, observed });
    expect(desired.consumers["api"]?.secret).toBeUndefined();
    expect(waiting).toEqual({ "consumers/api/secret": what });
    expect(complete).toBe(false);
  });

  test("is whole once all of it works", () => {
    const { desired, waiting } = run(bucket, {
      xr: receipts({ consumers: [{ serviceAccount: "api", prefix: "in/" }] }),
      input,
      observed: works,
    });
    const secret = desired.consumers["api"]?.secret;
    expect(secret?.metadata?.name).toBe("receipts-api");
    expect(secret?.type).toBe("servicebinding.io/s3");
    const text = Object.fromEntries(
      Object.entries(secret?.data ?? {}).map(([key, value]) => [key, decodeBase64(value)]),
    );
    const name = text["BUCKET_NAME"] ?? "";
    expect(name).toMatch(/^payments-receipts-[a-z2-7]{12}$/);
    expect(text).toEqual({
      BUCKET_NAME: name,
      BUCKET_PREFIX: "in/",
      AWS_REGION: "eu-west-1",
      type: "s3",
      provider: "aws",
      bucket: name,
      region: "eu-west-1",
      endpoint: "https://s3.eu-west-1.amazonaws.com",
      uri: `s3://${name}/in/`,
      prefix: "in/",
      "role-arn": roleArn,
    });
    expect(waiting).toEqual({});
  });

  const foreign = (metadata: object) => [
    { apiVersion: "v1", kind: "Secret", metadata: { name: "receipts-api", namespace: "payments", ...metadata } },
  ];
  test("is refused where another one has its name", () => {
    const owner = {
      ownerReferences: [{ apiVersion: "v1", kind: "XBucket", name: "other", uid: "2", controller: true }],
    };
    const message = (metadata: object) =>
      run(bucket, { xr: receipts(), input, observed: works, required: foreign(metadata) }).results[0]?.message;
    expect(message(owner)).toBe(
      "spec.consumers[0].secretName: the Secret payments/receipts-api exists and is XBucket other's: choose another secretName, or delete that Secret",
    );
    expect(message({})).toContain("exists and is not this XBucket's");
  });
  test("is not refused where it is ours, though not observed yet", () => {
    const mine = {
      ownerReferences: [
        {
          apiVersion: "v1",
          kind: "XBucket",
          name: "receipts",
          uid: receipts().metadata["uid" as "name"],
          controller: true,
        },
      ],
    };
    expect(run(bucket, { xr: receipts(), input, observed: works, required: foreign(mine) }).results).toEqual([]);
  });
});

describe("what is composed", () => {
  const consumers = [{ serviceAccount: "api", access: "ReadWrite" }, { serviceAccount: "web" }] as const;
  const { desired } = run(bucket, {
    xr: receipts({ consumers }),
    input: { ...input, permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary", tags: { team: "core" } },
  });

  test("the bucket and what keeps it safe are retained", () => {
    const { bucket: it, publicAccess, encryption, ownership, versioning, policy } = desired;
    for (const resource of [it, publicAccess, encryption, ownership, versioning, policy]) {
      expect(resource?.spec.managementPolicies, resource?.kind).not.toContain("Delete");
      expect(resource?.spec.managementPolicies, resource?.kind).not.toContain("*");
    }
    expect(it?.spec.forProvider).toMatchObject({
      forceDestroy: false,
      tags: { team: "core", "trimtab.dev/owner": "XBucket/payments/receipts" },
    });
    expect(publicAccess?.spec.forProvider).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
      skipDestroy: true,
    });
    expect(ownership?.spec.forProvider.rule).toEqual({ objectOwnership: "BucketOwnerEnforced" });
    expect(versioning?.spec.forProvider.versioningConfiguration).toEqual({ status: "Enabled" });
    expect(encryption?.spec.forProvider.rule).toEqual([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
        bucketKeyEnabled: false,
        blockedEncryptionTypes: ["SSE-C"],
      },
    ]);
    const denied = JSON.parse(policy?.spec.forProvider.policy ?? "{}") as {
      Statement: { Effect: string; Condition: object }[];
    };
    expect(denied.Statement.map(({ Effect }) => Effect)).toEqual(["Deny", "Deny", "Deny"]);
    expect(JSON.stringify(denied)).toContain('"aws:SecureTransport":"false"');
  });

  test("each consumer has a role that only its ServiceAccount can use", () => {
    const { role, association, attachment } = desired.consumers["api"]?.podIdentity ?? {};
    const trust = JSON.parse(role?.spec.forProvider.assumeRolePolicy ?? "{}") as { Statement: { Condition: object }[] };
    expect(trust.Statement[0]?.Condition).toEqual({
      StringEquals: {
        "aws:SourceAccount": "123456789012",
        "aws:RequestTag/eks-cluster-arn": input.cluster.arn,
        "aws:RequestTag/kubernetes-namespace": "payments",
        "aws:RequestTag/kubernetes-service-account": "api",
      },
    });
    expect(role?.spec.forProvider.permissionsBoundary).toBe("arn:aws:iam::123456789012:policy/boundary");
    expect(role?.spec.managementPolicies).not.toContain("LateInitialize");
    expect(association?.spec.forProvider).toMatchObject({
      clusterName: "prod",
      region: "eu-west-1",
      namespace: "payments",
      serviceAccount: "api",
      roleArnRef: { name: role?.metadata?.name },
    });
    expect(attachment?.spec.forProvider).toEqual({
      roleRef: { name: role?.metadata?.name },
      policyArnRef: { name: desired.consumers["api"]?.policy?.metadata?.name },
    });
  });

  test("names in AWS differ by consumer, cluster and kind of XR", () => {
    const nameOf = (
      resource: { readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> } } | undefined,
    ) => resource?.metadata?.annotations?.["crossplane.io/external-name"];
    const other = run(bucket, {
      xr: receipts(),
      input: { ...input, cluster: { arn: "arn:aws:eks:eu-west-1:123456789012:cluster/test" } },
    }).desired;
    const legacy = run(bucket, { xr: claimed, input }).desired;
    const names = [desired, other, legacy].flatMap((d) => [
      nameOf(d.bucket),
      nameOf(d.consumers["api"]?.podIdentity.role),
    ]);
    expect(new Set([...names, nameOf(desired.consumers["web"]?.podIdentity.role)]).size).toBe(7);
  });

  test("a KMS key encrypts, and each consumer may use it as its access needs", () => {
    const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/0b0cd1f4-6a33-4f0e-9a52-6d1f3f2d8f10";
    const { desired } = run(bucket, { xr: receipts({ encryption: { kms: { keyArn } } }), input });
    expect(desired.encryption?.spec.forProvider.rule[0]).toMatchObject({
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
      bucketKeyEnabled: true,
    });
    expect(desired.consumers["api"]?.policy?.spec.forProvider.policy).toContain(`"Resource":"${keyArn}"`);
  });
});

describe("a consumer that is removed", () => {
  test("goes with all it had, and nothing else goes", () => {
    const some = { spec: { forProvider: {} } } as object;
    const observed = {
      ...works,
      consumers: { ...works.consumers, gone: { policy: some, podIdentity: { role: some }, secret: {} } },
    };
    expect(run(bucket, { xr: receipts(), input, observed }).removed).toEqual([
      "consumers/gone/podIdentity/role",
      "consumers/gone/policy",
      "consumers/gone/secret",
    ]);
  });
});

describe("a claim", () => {
  test("gets the consumer's Secret in its namespace, and connection details with the same keys", () => {
    const { desired, connectionDetails, resources } = run(bucket, { xr: claimed, input, observed: works });
    expect(Object.keys(connectionDetails)).toEqual(keys);
    expect(Object.keys(desired.consumers["api"]?.secret?.data ?? {}).sort()).toEqual(keys);
    expect(new Set(Object.values(resources).map(({ metadata }) => metadata?.namespace))).toEqual(new Set(["payments"]));
    expect(desired.consumers["api"]?.secret?.metadata?.name).toBe("receipts-api");
  });
  test("with several consumers gets the bucket's details alone", () => {
    const spec = { ...claimed.spec, consumers: [{ serviceAccount: "api" }, { serviceAccount: "web" }] };
    const { connectionDetails } = run(bucket, { xr: { ...claimed, spec }, input, observed: works });
    expect(Object.keys(connectionDetails)).toEqual([
      "AWS_REGION",
      "BUCKET_NAME",
      "bucket",
      "endpoint",
      "provider",
      "region",
      "type",
    ]);
  });
});

describe("status", () => {
  test("says where the bucket is, and what each consumer got", () => {
    const { status } = run(bucket, { xr: receipts(), input, observed: works });
    expect(status).toMatchObject({
      bucket: { region: "eu-west-1", endpoint: "https://s3.eu-west-1.amazonaws.com" },
      consumers: [{ serviceAccount: "api", roleArn, binding: { name: "receipts-api" } }],
      binding: { name: "receipts-api" },
    });
  });
  test("has no binding where there are several Secrets", () => {
    const { status } = run(bucket, {
      xr: receipts({ consumers: [{ serviceAccount: "a" }, { serviceAccount: "b" }] }),
      input,
    });
    expect(status).not.toHaveProperty("binding");
  });
});
