import { decodeBase64 } from "trimtab";
import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { XBucket } from "../../xrds/xbucket.js";
import { externalName } from "../platform/external-name.js";
import { controlledBy, ready } from "../platform/testing.js";
import { bucket } from "./function.js";
import { input, key, kinds, roleArn, safe, secret, working, xbucket } from "./testing.js";

// One test for each trap of S3, IAM, EKS and Crossplane that is known to have hurt somebody.

interface Around {
  readonly spec?: object;
  readonly observed?: object;
  readonly required?: readonly unknown[];
  readonly platform?: object;
}
const compose = (consumer: object = {}, { spec, observed = {}, required = [], platform }: Around = {}) =>
  run(bucket, {
    xr: xbucket(consumer, spec),
    input: { ...input, ...platform },
    observed: observed as never,
    required: required as never,
  });
const works = { ...safe, consumers: { api: working.PodIdentity } };
const without = (name: "Ready" | "Synced") => ({
  conditions: ready.conditions.map((condition) =>
    condition.type === name ? { ...condition, status: "False" } : condition,
  ),
});

describe("what hurts users", () => {
  test("endless encryption updates: blockedEncryptionTypes is always said", () => {
    const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/0b0cd1f4-6a33-4f0e-9a52-6d1f3f2d8f10";
    for (const encryption of [{}, { kms: { keyArn } }]) {
      const [rule] = compose({}, { spec: { encryption } }).desired.encryption?.spec.forProvider.rule ?? [];
      expect(rule?.blockedEncryptionTypes).toEqual(["SSE-C"]);
      expect(rule?.bucketKeyEnabled).toBe("kms" in encryption);
    }
  });

  test("policies and lists flap on array order: documents are canonical, ids do not depend on places", () => {
    const { desired } = compose({ access: "Admin" });
    for (const text of [
      desired.policy?.spec.forProvider.policy,
      desired.consumers["api"]?.policy?.spec.forProvider.policy,
    ]) {
      const { Statement } = JSON.parse(text ?? "{}") as { readonly Statement: readonly { readonly Action: unknown }[] };
      for (const { Action } of Statement) expect(Action).toEqual(Array.isArray(Action) ? Action.toSorted() : Action);
    }
    const consumers = [{ serviceAccount: "api" }, { serviceAccount: "web", prefix: "a/" }];
    const lifecycle = [
      { prefix: "tmp/", expireAfterDays: 7 },
      { name: "old", noncurrent: { expireAfterDays: 30 } },
    ];
    const turned = { consumers: consumers.toReversed(), lifecycle: lifecycle.toReversed() };
    const { lifecycle: is, ...others } = compose({}, { spec: { consumers, lifecycle } }).resources;
    const { lifecycle: was, ...same } = compose({}, { spec: turned }).resources;
    expect(others).toEqual(same);
    const rulesOf = (resource: unknown) =>
      (resource as { spec: { forProvider: { rule: readonly { id: string }[] } } }).spec.forProvider.rule;
    const byId = (resource: unknown) => rulesOf(resource).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(is)).toEqual(byId(was));
  });

  test("a policy as an object is refused: documents are JSON strings", () => {
    const { desired } = compose();
    const documents = [
      desired.policy?.spec.forProvider.policy,
      desired.consumers["api"]?.policy?.spec.forProvider.policy,
      desired.consumers["api"]?.podIdentity.role?.spec.forProvider.assumeRolePolicy,
    ];
    for (const document of documents) {
      expect(document).toBeTypeOf("string");
      expect(JSON.parse(document ?? "")).toMatchObject({ Version: "2012-10-17" });
    }
  });

  test.each(["PodIdentity", "IRSA"])(
    "late initialisation fights the attachments: a role has none (%s)",
    (credentials) => {
      const { podIdentity, irsa } = compose({ credentials }).desired.consumers["api"] ?? {};
      const role = podIdentity?.role ?? irsa?.role;
      expect(role?.spec.managementPolicies).toEqual(["Observe", "Create", "Update", "Delete"]);
    },
  );

  test("an invalid policy update stays Ready: what is not Synced is of no use", () => {
    const unsynced = {
      ...works,
      consumers: { api: { ...working.PodIdentity, policy: { status: without("Synced") } } },
    };
    const outcome = compose({}, { observed: unsynced });
    expect(outcome.ready["consumers/api/policy"]).toBe(false);
    expect(outcome.waiting).toEqual({ "consumers/api/secret": "the policy of api to be attached" });
    const { ready: all } = compose({}, { observed: { ...works, policy: { status: without("Synced") } } });
    expect(all["policy"]).toBe(false);
  });

  test("name collisions adopt in silence: every name in AWS holds a hash of cluster, namespace and name", () => {
    const namesOf = ({ resources }: ReturnType<typeof compose>) =>
      Object.values(resources).flatMap((resource) => externalName(resource) ?? []);
    const other = { cluster: { ...input.cluster, arn: "arn:aws:eks:eu-west-1:123456789012:cluster/test" } };
    const named = (metadata: object) =>
      run(bucket, { xr: { ...xbucket(), metadata: { ...xbucket().metadata, ...metadata } }, input });
    const all = [
      compose(),
      compose({}, { platform: other }),
      named({ namespace: "payments-receipts", name: "x" }),
      named({ namespace: "payments", name: "receipts-x" }),
    ].flatMap(namesOf);
    expect(all).toHaveLength(12);
    expect(new Set(all).size).toBe(12);
    for (const name of all) expect(name).toMatch(/-[a-z2-7]{12}$/);
    expect(compose({}, { spec: { bucketName: "taken" }, platform: { adoptable: [] } }).results[0]?.message).toContain(
      "may not be adopted here",
    );
  });

  test("a non-empty bucket blocks deletion: nothing is forced, and what secures the bucket outlasts it", () => {
    const { desired } = compose({}, { spec: { deletion: { policy: "Delete" } } });
    expect(desired.bucket?.spec.forProvider.forceDestroy).toBe(false);
    expect(desired.publicAccess?.spec.forProvider.skipDestroy).toBe(true);
    const used = Object.entries(desired.usages).flatMap(([name, usage]) => (usage ? [name] : []));
    expect(used).toEqual(["publicAccess", "encryption", "ownership", "versioning", "policy"]);
    expect(desired.usages.policy?.spec).toMatchObject({
      of: { kind: "BucketPolicy", resourceRef: { name: desired.policy?.metadata?.name } },
      by: { kind: "Bucket", resourceRef: { name: desired.bucket?.metadata?.name } },
    });
  });

  test("a changed region or name wedges the resource: both are immutable", () => {
    const { properties, "x-kubernetes-validations": rules = [] } = XBucket.spec.openapi;
    expect(properties?.["region"]?.["x-kubernetes-validations"]).toMatchObject([{ rule: "self == oldSelf" }]);
    expect(rules.map(({ message }) => message)).toContain("bucketName cannot be changed");
    const changed = { versioning: false, deletion: { policy: "Delete" }, cors: [], consumers: [] };
    expect(externalName(compose({}, { spec: changed }).desired.bucket)).toBe(externalName(compose().desired.bucket));
  });

  test("ACLs against ownership: the bucket's owner owns every object, and there are no ACLs", () => {
    const { desired, resources } = compose({ access: "Admin" });
    expect(desired.ownership?.spec.forProvider.rule).toEqual({ objectOwnership: "BucketOwnerEnforced" });
    expect(Object.values(resources).map(({ kind }) => kind)).not.toContainEqual(expect.stringMatching(/acl/i));
    expect(JSON.stringify(resources)).not.toMatch(/"acl"|Put(Object|Bucket)Acl/i);
  });

  test.each(["PodIdentity", "IRSA", "AccessKey"] as const)(
    "IAM throttling: few resources for a consumer, none for the bucket (%s)",
    (credentials) => {
      const count = (spec: object) =>
        Object.values(compose({ credentials }, { spec }).resources).filter(({ apiVersion }) =>
          apiVersion.startsWith("iam."),
        ).length;
      expect(count({ consumers: [] })).toBe(0);
      expect(count({})).toBe(credentials === "AccessKey" ? 4 : 3);
    },
  );

  test("an inline policy vanishes on a failed update: policies are managed, and proven before they are sent", () => {
    const { podIdentity, policy } = compose().desired.consumers["api"] ?? {};
    expect(policy?.kind).toBe("Policy");
    expect(podIdentity?.attachment?.spec.forProvider.policyArnRef).toEqual({ name: policy?.metadata?.name });
    expect(podIdentity?.role?.spec.forProvider).not.toHaveProperty("inlinePolicy");
    expect(podIdentity?.role?.spec.forProvider).not.toHaveProperty("managedPolicyArns");
    expect(compose({ prefix: `${"é".repeat(511)}/` }).results[0]?.message).toMatch(
      /^spec\.consumers\[0\]\.prefix: .*6144/,
    );
  });
});

describe("what is easily missed", () => {
  test("one association, and one annotation, for a ServiceAccount: two buckets share a role", () => {
    const identity = {
      apiVersion: "platform.trimtab.dev/v1alpha1",
      kind: "XWorkloadIdentity",
      metadata: { namespace: "payments", name: "api" },
      spec: { serviceAccount: "api" },
      status: { role: { name: "payments-api", arn: roleArn } },
    };
    const bucketNamed = (name: string) =>
      run(bucket, {
        xr: { ...xbucket({ identity: { name: "api" } }), metadata: { ...xbucket().metadata, name } },
        input,
        required: [identity as never],
      });
    const [first, second] = [bucketNamed("receipts"), bucketNamed("invoices")];
    const sharedOf = ({ desired }: typeof first) =>
      desired.consumers["api"]?.shared.attachments["payments-api"]?.attachment?.spec.forProvider;
    expect(sharedOf(first)?.role).toBe("payments-api");
    expect(sharedOf(second)?.role).toBe("payments-api");
    expect(sharedOf(first)?.policyArnRef).not.toEqual(sharedOf(second)?.policyArnRef);
    expect(Object.values(first.resources).map(({ kind }) => kind)).not.toContain("Role");
    expect(Object.values(first.resources).map(({ kind }) => kind)).not.toContain("PodIdentityAssociation");

    const bound = {
      ...kinds.association,
      metadata: { namespace: "payments", name: "x", ...controlledBy("XBucket", "invoices") },
      spec: { forProvider: { clusterName: "prod", namespace: "payments", serviceAccount: "api" } },
    };
    expect(compose({}, { required: [bound] }).results[0]?.message).toContain("is bound by XBucket invoices already");
  });

  test("identity webhooks act when a Pod is admitted: the ServiceAccount appears once the identity works", () => {
    const half = { ...working.PodIdentity.podIdentity, association: { status: without("Ready") } };
    const early = compose(
      { createServiceAccount: true },
      { observed: { ...safe, consumers: { api: { policy: { status: ready }, podIdentity: half } } } },
    );
    expect(early.resources).not.toHaveProperty("consumers/api/serviceAccount");
    expect(early.conditions).toContainEqual(expect.objectContaining({ type: "IdentityReady", status: "False" }));
    const now = compose({ createServiceAccount: true }, { observed: works });
    expect(now.resources).toHaveProperty(["consumers/api/serviceAccount"]);
    expect(now.conditions).toContainEqual(expect.objectContaining({ type: "IdentityReady", status: "True" }));
  });

  test("envFrom is read when a container starts: the old key lives until the developer takes it out", () => {
    const seen = (held: string) => ({
      ...safe,
      consumers: {
        api: {
          ...working.AccessKey,
          accessKeys: { ...working.AccessKey.accessKeys, keys: { "1": key("1"), "2": key("2") } },
          secret: secret({ "access-key-id": held }),
        },
      },
    });
    const rotate = (accessKeys: readonly string[]) =>
      compose({ credentials: "AccessKey", accessKeys }, { observed: seen("AKIAFAKE2") });
    const both = rotate(["1", "2"]);
    expect(both.removed).toEqual([]);
    expect(decodeBase64(both.desired.consumers["api"]?.secret?.data?.["access-key-id"] ?? ("" as never))).toBe(
      "AKIAFAKE2",
    );
    expect(rotate(["2"]).removed).toEqual(["consumers/api/accessKeys/keys/1/key"]);
  });

  test("Crossplane collects garbage before it applies: what is replaced waits for its successor", () => {
    const observed = (more: object) => ({ ...safe, consumers: { api: { ...working.PodIdentity, ...more } } });
    const early = compose({ credentials: "IRSA" }, { observed: observed({}) });
    expect(early.removed).toEqual([]);
    expect(Object.keys(early.resources)).toEqual(
      expect.arrayContaining(["consumers/api/podIdentity/role", "consumers/api/irsa/role"]),
    );
    const other = "arn:aws:iam::123456789012:role/irsa";
    const irsa = { ...working.IRSA.irsa, role: { status: { ...ready, atProvider: { arn: other } } } };
    const serviceAccount = (role: string) => ({
      ...kinds.serviceAccount,
      metadata: { namespace: "payments", name: "api", annotations: { "eks.amazonaws.com/role-arn": role } },
    });
    const late = (role: string) =>
      compose(
        { credentials: "IRSA" },
        { observed: observed({ irsa, secret: secret({ "role-arn": other }) }), required: [serviceAccount(role)] },
      );
    expect(late("another").removed, "Pods have no other role yet").toEqual([]);
    expect(late(other).removed).toContain("consumers/api/podIdentity/role");
  });

  test("what is force-applied is taken over: a Secret and a ServiceAccount of others are refused", () => {
    const theirs = (kind: object, name: string) => ({
      ...kind,
      metadata: { namespace: "payments", name, ...controlledBy("Release", "shop") },
    });
    const refused = [
      compose({}, { observed: works, required: [theirs(kinds.secret, "receipts-api")] }),
      compose({ createServiceAccount: true }, { observed: works, required: [theirs(kinds.serviceAccount, "api")] }),
    ];
    for (const { resources, results } of refused) {
      expect(results[0]?.message).toContain("exists and is Release shop's");
      expect(resources).toEqual({});
    }
  });

  test("functions are not called while an XR is deleted: what will be is said beforehand, by the XR and by what stays", () => {
    expect(XBucket.spec.openapi.properties?.["deletion"]?.properties?.["policy"]?.default).toBe("Retain");
    const { desired } = compose();
    expect(desired.bucket?.spec.managementPolicies).not.toContain("Delete");
    expect(desired.bucket?.spec.forProvider.tags).toMatchObject({ "trimtab.dev/owner": "XBucket/payments/receipts" });
    expect(desired.usages).toEqual({});
    const { usages } = compose({}, { spec: { deletion: { policy: "Delete" } } }).desired;
    expect(usages.policy?.spec.reason).toBe("The bucket goes before what secures it.");
  });

  test("a rebuilt cluster gets an empty bucket: the old one is adopted by name, with consent and tags that match", () => {
    const rebuilt = { cluster: { arn: "arn:aws:eks:eu-west-1:123456789012:cluster/rebuilt" } };
    const before = externalName(compose().desired.bucket) ?? "";
    expect(externalName(compose({}, { platform: rebuilt }).desired.bucket)).not.toBe(before);
    const adopt = (platform: object, owner?: string) =>
      compose(
        {},
        {
          spec: { bucketName: before },
          platform: { ...rebuilt, ...platform },
          ...(owner && {
            observed: {
              bucket: {
                spec: { forProvider: { region: "eu-west-1" }, managementPolicies: ["Observe"] },
                status: {
                  ...ready,
                  atProvider: {
                    arn: `arn:aws:s3:::${before}`,
                    tags: { "trimtab.dev/owner": owner, "trimtab.dev/cluster": rebuilt.cluster.arn },
                  },
                },
              },
            },
          }),
        },
      );
    expect(adopt({ adoptable: [] }).results[0]?.message).toContain("may not be adopted here");
    const consent = { adoptable: ["payments-*"] };
    expect(adopt(consent).desired.bucket?.spec.managementPolicies).toEqual(["Observe"]);
    expect(adopt(consent, "XBucket/shop/receipts").results[0]?.message).toContain("is XBucket/shop/receipts");
    expect(adopt(consent, "XBucket/payments/receipts").desired.bucket?.spec.managementPolicies).toContain("Update");
  });
});
