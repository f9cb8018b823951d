import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { externalName } from "../platform/external-name.js";
import { ready } from "../platform/testing.js";
import { identity } from "./function.js";
import { input } from "./testing.js";

type Spec = Parameters<typeof run<(typeof identity)["composite"][number], never, never>>[1]["xr"]["spec"];
const api = (spec: Partial<Spec> = {}) => ({
  metadata: { name: "shared", namespace: "payments" },
  spec: { serviceAccount: "api", ...spec },
});
const arn = "arn:aws:iam::123456789012:role/shared";
const role = { status: { ...ready, atProvider: { arn } } };
const podIdentity = { role, association: { status: ready } };
const irsa = { role };
const account = (roleArn?: string) => ({
  metadata: { name: "api", ...(roleArn && { annotations: { "eks.amazonaws.com/role-arn": roleArn } }) },
});
const accountThere = (roleArn?: string) => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { namespace: "payments", ...account(roleArn).metadata },
});
const trustOf = (text = "{}") => JSON.parse(text) as { readonly Statement: readonly object[] };

describe("the role", () => {
  test("by Pod Identity: only this ServiceAccount of this cluster may assume it", () => {
    const { desired } = run(identity, { xr: api(), input });
    const { role, association } = desired.podIdentity;
    expect(trustOf(role?.spec.forProvider.assumeRolePolicy).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "123456789012",
            "aws:RequestTag/eks-cluster-arn": input.cluster.arn,
            "aws:RequestTag/kubernetes-namespace": "payments",
            "aws:RequestTag/kubernetes-service-account": "api",
          },
        },
      },
    ]);
    expect(association?.spec.forProvider).toMatchObject({
      region: "eu-west-1",
      clusterName: "prod",
      namespace: "payments",
      serviceAccount: "api",
      roleArnRef: { name: role?.metadata?.name },
    });
    expect(desired.irsa.role).toBeUndefined();
  });

  test("by IRSA: only this ServiceAccount's tokens, meant for STS", () => {
    const { desired } = run(identity, { xr: api({ credentials: "IRSA" }), input });
    expect(trustOf(desired.irsa.role?.spec.forProvider.assumeRolePolicy).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${input.cluster.issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${input.cluster.issuer}:aud`]: "sts.amazonaws.com",
            [`${input.cluster.issuer}:sub`]: "system:serviceaccount:payments:api",
          },
        },
      },
    ]);
    expect(desired.podIdentity).toEqual({ role: undefined, association: undefined });
  });

  test.each(["PodIdentity", "IRSA"] as const)(
    "by %s: has the boundary and the tags, and no late initialisation",
    (credentials) => {
      const boundary = "arn:aws:iam::123456789012:policy/boundary";
      const { desired } = run(identity, {
        xr: api({ credentials }),
        input: { ...input, permissionsBoundary: boundary, providerConfig: "payments", tags: { team: "core" } },
      });
      const made = desired.irsa.role ?? desired.podIdentity.role;
      expect(made?.spec.forProvider).toMatchObject({
        permissionsBoundary: boundary,
        tags: { team: "core", "trimtab.dev/owner": "XWorkloadIdentity/payments/shared" },
      });
      expect(made?.spec.forProvider).not.toHaveProperty("managedPolicyArns");
      expect(made?.spec.forProvider).not.toHaveProperty("inlinePolicy");
      expect(made?.spec.managementPolicies).toEqual(["Observe", "Create", "Update", "Delete"]);
      expect(made?.spec.providerConfigRef).toEqual({ kind: "ClusterProviderConfig", name: "payments" });
    },
  );

  test("has a name in IAM that differs by identity, namespace, cluster and credentials", () => {
    const other = { ...input, cluster: { ...input.cluster, arn: "arn:aws:eks:eu-west-1:123456789012:cluster/test" } };
    const nameIn = (xr: ReturnType<typeof api>, platform: typeof input = input) => {
      const { podIdentity, irsa } = run(identity, { xr, input: platform }).desired;
      return externalName(podIdentity.role ?? irsa.role) ?? "";
    };
    const elsewhere = (metadata: object) => ({ ...api(), metadata: { ...api().metadata, ...metadata } });
    const names = [
      nameIn(api()),
      nameIn(api({ credentials: "IRSA" })),
      nameIn(elsewhere({ name: "other" })),
      nameIn(elsewhere({ namespace: "orders" })),
      nameIn(api(), other as unknown as typeof input),
      nameIn(elsewhere({ name: "x".repeat(63) })),
    ];
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9-]{12,64}$/);
    expect(names[0]).toMatch(/^payments-shared-/);
  });
});

describe("credentials", () => {
  const cases = {
    "what the platform prefers": { spec: {}, credentials: { default: "IRSA", allowed: ["IRSA"] }, is: "irsa/role" },
    "what the developer chooses": { spec: { credentials: "IRSA" }, credentials: input.credentials, is: "irsa/role" },
    "Pod Identity where nobody says": { spec: {}, credentials: {}, is: "podIdentity/role" },
  } as const;
  test.each(Object.entries(cases))("%s", (_, { spec, credentials, is }) => {
    const { resources } = run(identity, { xr: api(spec), input: { ...input, credentials } });
    expect(Object.keys(resources)).toContain(is);
  });
});

describe("the ServiceAccount", () => {
  test("is the developer's, unless it is asked for", () => {
    const { desired, waiting } = run(identity, { xr: api(), input, observed: { podIdentity } });
    expect(desired.serviceAccount).toBeUndefined();
    expect(waiting).toEqual({});
  });

  const asked = { createServiceAccount: true } as const;
  const early = {
    "Pod Identity without the role": {
      spec: asked,
      observed: { podIdentity: { ...podIdentity, role: {} } },
      needs: "the role",
    },
    "Pod Identity without the association": {
      spec: asked,
      observed: { podIdentity: { role } },
      needs: "the Pod Identity association",
    },
    "IRSA without the role": { spec: { ...asked, credentials: "IRSA" }, observed: {}, needs: "the role" },
    "IRSA whose role has no ARN yet": {
      spec: { ...asked, credentials: "IRSA" },
      observed: { irsa: { role: { status: { ...ready, atProvider: { arn: "" } } } } },
      needs: "the role",
    },
  } as const;
  test.each(Object.entries(early))("is not there before the identity works: %s", (_, { spec, observed, needs }) => {
    const { desired, waiting, complete } = run(identity, { xr: api(spec), input, observed });
    expect(desired.serviceAccount).toBeUndefined();
    expect(waiting).toEqual({ serviceAccount: needs });
    expect(complete).toBe(false);
  });

  test("appears once the identity works, with the role for IRSA", () => {
    const made = (spec: Partial<Spec>, observed: object) =>
      run(identity, { xr: api({ ...asked, ...spec }), input, observed }).desired.serviceAccount?.metadata;
    expect(made({}, { podIdentity })).toMatchObject({ name: "api" });
    expect(made({}, { podIdentity })?.annotations).not.toHaveProperty("eks.amazonaws.com/role-arn");
    expect(made({ credentials: "IRSA" }, { irsa })).toMatchObject({
      name: "api",
      annotations: { "eks.amazonaws.com/role-arn": arn },
    });
  });

  test("goes when it is no longer asked for", () => {
    const observed = { podIdentity, serviceAccount: account() };
    expect(run(identity, { xr: api(), input, observed }).removed).toEqual(["serviceAccount"]);
  });
});

describe("IdentityReady", () => {
  const created = { createServiceAccount: true } as const;
  const byIrsa = { credentials: "IRSA" } as const;
  const cases = {
    "no role": { spec: {}, observed: {}, says: ["False", "RoleNotReady", "the role"] },
    "no association": {
      spec: {},
      observed: { podIdentity: { role } },
      says: ["False", "AssociationNotReady", "association"],
    },
    "Pod Identity works": {
      spec: {},
      observed: { podIdentity },
      says: ["True", "Available", "until they are restarted"],
    },
    "Pod Identity works, and the ServiceAccount is still to come": {
      spec: created,
      observed: { podIdentity },
      says: ["False", "ServiceAccountMissing", "payments/api"],
    },
    "Pod Identity and the ServiceAccount are there": {
      spec: created,
      observed: { podIdentity, serviceAccount: account() },
      says: ["True", "Available", undefined],
    },
    "IRSA, and the ServiceAccount has the role": {
      spec: { ...created, ...byIrsa },
      observed: { irsa, serviceAccount: account(arn) },
      says: ["True", "Available", undefined],
    },
    "IRSA, and the ServiceAccount has another role yet": {
      spec: { ...created, ...byIrsa },
      observed: { irsa, serviceAccount: account("arn:aws:iam::123456789012:role/old") },
      says: ["False", "ServiceAccountNotAnnotated", "where it says arn:aws:iam::123456789012:role/old"],
    },
    "IRSA, and the developer has no ServiceAccount": {
      spec: byIrsa,
      observed: { irsa },
      says: ["False", "ServiceAccountMissing", `payments/api, with the annotation eks.amazonaws.com/role-arn: ${arn}`],
    },
    "IRSA, and the developer's ServiceAccount lacks the annotation": {
      spec: byIrsa,
      observed: { irsa },
      required: [accountThere()],
      says: [
        "False",
        "ServiceAccountNotAnnotated",
        `payments/api to have the annotation eks.amazonaws.com/role-arn: ${arn}`,
      ],
    },
    "IRSA, and the developer's ServiceAccount has it": {
      spec: byIrsa,
      observed: { irsa },
      required: [accountThere(arn)],
      says: ["True", "Available", "until they are restarted"],
    },
  } as const;
  test.each(Object.entries(cases))("%s", (_, { spec, observed, says, ...rest }) => {
    const required = "required" in rest ? rest.required : [];
    const { conditions } = run(identity, { xr: api(spec), input, observed, required });
    const [status, reason, message] = says;
    const [condition] = conditions.filter(({ type }) => type === "IdentityReady");
    expect(condition).toMatchObject({ status, reason });
    if (message === undefined) expect(condition?.message).toBeUndefined();
    else expect(condition?.message).toContain(message);
  });
});

describe("status", () => {
  test("has the role's name before the role exists, and its ARN after", () => {
    const before = run(identity, { xr: api(), input });
    const name = externalName(before.desired.podIdentity.role);
    expect(before.status).toEqual({ serviceAccount: "api", role: { name } });
    const { status } = run(identity, { xr: api(), input, observed: { podIdentity } });
    expect(status).toEqual({ serviceAccount: "api", role: { name, arn } });
  });

  test("keeps the ARN through an empty read, and drops it with the role that had it", () => {
    const reported = { serviceAccount: "api", role: { name: "old", arn } };
    const arnIn = (spec: Partial<Spec>, observed: object) =>
      (run(identity, { xr: { ...api(spec), status: reported }, input, observed }).status as typeof reported).role.arn;
    expect(arnIn({}, { podIdentity: { role: { status: { atProvider: { arn: "" } } } } })).toBe(arn);
    expect(arnIn({ credentials: "IRSA" }, { podIdentity })).toBeUndefined();
  });
});
