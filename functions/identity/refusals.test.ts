import fc from "fast-check";
import { run, settle } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { controlledBy } from "../platform/testing.js";
import { identity } from "./function.js";
import { input } from "./testing.js";

const uid = "11111111-1111-1111-1111-111111111111";
const xr = (spec: object = {}) => ({
  metadata: { name: "shared", namespace: "payments", uid } as { readonly name: string },
  spec: { serviceAccount: "api", ...spec },
});

/** What comes of an XR as it may lie in a cluster whose XRD was looser once: nothing here has been through admission. */
const settled = (spec: unknown, platform: unknown = input) =>
  settle(identity, {
    xr: {
      apiVersion: "platform.trimtab.dev/v1alpha1",
      kind: "XWorkloadIdentity",
      metadata: { name: "shared", namespace: "payments" },
      spec,
    } as never,
    input: platform,
    observed: {},
  });

describe("refused, with field, value and remedy", () => {
  const cases: Record<string, { spec: unknown; platform?: unknown; says: RegExp }> = {
    "a ServiceAccount that is not a name": {
      spec: { serviceAccount: "Api*" },
      says: /^spec\.serviceAccount "Api\*" is not a name: use lower-case letters/,
    },
    "a name that is too long": {
      spec: { serviceAccount: "a".repeat(254) },
      says: /^spec\.serviceAccount .*at most 253/,
    },
    "no ServiceAccount": { spec: {}, says: /^spec\.serviceAccount / },
    "credentials that are not offered": {
      spec: { serviceAccount: "api", credentials: "IRSA" },
      platform: { cluster: input.cluster },
      says: /^spec\.credentials "IRSA" is not offered here: choose PodIdentity$/,
    },
    "credentials that there are not": {
      spec: { serviceAccount: "api", credentials: "AccessKey" },
      says: /^spec\.credentials "AccessKey" is not offered here: choose PodIdentity or IRSA$/,
    },
    "IRSA without an issuer": {
      spec: { serviceAccount: "api", credentials: "IRSA" },
      platform: { ...input, cluster: { arn: input.cluster.arn } },
      says: /^input\.cluster\.issuer is missing, and IRSA needs it: write/,
    },
    "a default that is not allowed": {
      spec: { serviceAccount: "api" },
      platform: { ...input, credentials: { default: "IRSA" } },
      says: /^input\.credentials\.default IRSA is not among .*: choose PodIdentity$/,
    },
    "a cluster that is none": {
      spec: { serviceAccount: "api" },
      platform: { cluster: { arn: "prod" } },
      says: /^input\.cluster\.arn .*prod/,
    },
    "an issuer with a scheme": {
      spec: { serviceAccount: "api" },
      platform: { cluster: { ...input.cluster, issuer: "https://oidc.example.org" } },
      says: /^input\.cluster\.issuer .*https/,
    },
  };
  test.each(Object.entries(cases))("%s", (_, { spec, platform, says }) => {
    const { results, resources } = settled(spec, platform ?? input);
    expect(results[0]).toMatchObject({ severity: "Fatal", message: expect.stringMatching(says) });
    expect(resources).toEqual({});
  });
});

describe("a ServiceAccount that is there", () => {
  const there = (metadata: object) => [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: "payments", name: "api", ...metadata } },
  ];
  const message = (metadata: object, spec: object = { createServiceAccount: true }) =>
    run(identity, { xr: xr(spec), input, required: there(metadata) }).results[0]?.message;

  test("is not seized", () => {
    expect(message({})).toBe(
      "spec.createServiceAccount: the ServiceAccount payments/api exists and is not this XWorkloadIdentity's: leave spec.createServiceAccount out, or delete that ServiceAccount",
    );
    expect(message(controlledBy("XBucket", "receipts"))).toContain("exists and is XBucket receipts's");
  });
  test("is fine where it is ours, or not asked for", () => {
    expect(message(controlledBy("XWorkloadIdentity", "shared", uid))).toBeUndefined();
    expect(message({}, {})).toBeUndefined();
  });
});

describe("a ServiceAccount that somebody else has bound", () => {
  const association = (metadata: object, forProvider: object = {}) => ({
    apiVersion: "eks.aws.m.upbound.io/v1beta1",
    kind: "PodIdentityAssociation",
    metadata: { namespace: "payments", name: "receipts-1", ...metadata },
    spec: { forProvider: { namespace: "payments", serviceAccount: "api", clusterName: "prod", ...forProvider } },
  });
  const refusal = (object: ReturnType<typeof association>, spec: object = {}, observed: object = {}) =>
    run(identity, { xr: xr(spec), input, observed, required: [object] }).results[0]?.message;
  const bound = (by: string, remedy: string) =>
    `spec.serviceAccount api is bound by ${by} already, and EKS gives a ServiceAccount one role: ${remedy}, or choose another ServiceAccount`;

  const cases = {
    "an XBucket": {
      metadata: controlledBy("XBucket", "receipts"),
      says: bound("XBucket receipts", "write identity.name: shared at that consumer of XBucket receipts"),
    },
    "a claim's XR": {
      metadata: controlledBy("LegacyXBucket", "receipts-x7k2p"),
      says: bound(
        "LegacyXBucket receipts-x7k2p",
        "write identity.name: shared at that consumer of LegacyXBucket receipts-x7k2p",
      ),
    },
    "another identity": {
      metadata: controlledBy("XWorkloadIdentity", "other"),
      says: bound("XWorkloadIdentity other", "use XWorkloadIdentity other"),
    },
    "an XR of another kind": {
      metadata: controlledBy("XApp", "shop"),
      says: bound("XApp shop", "take it out of XApp shop"),
    },
    nobody: {
      metadata: {},
      says: bound("the PodIdentityAssociation receipts-1", "delete the PodIdentityAssociation receipts-1"),
    },
  };
  test.each(Object.entries(cases))("is refused, with the owner's name: %s", (_, { metadata, says }) => {
    expect(refusal(association(metadata))).toBe(says);
    expect(refusal(association(metadata), { credentials: "IRSA" })).toBe(says);
  });

  const others = controlledBy("XBucket", "receipts");
  const fine = {
    "our own association": association(controlledBy("XWorkloadIdentity", "shared", uid)),
    "another ServiceAccount": association(others, { serviceAccount: "web" }),
    "another cluster's": association(others, { clusterName: "test" }),
    "another namespace's": association(others, { namespace: "orders" }),
  };
  test.each(Object.entries(fine))("is none of it: %s", (_, object) => {
    expect(refusal(object)).toBeUndefined();
  });

  test("does not wedge an identity that has its association already", () => {
    const some = { spec: { forProvider: {} } };
    expect(refusal(association(others), {}, { podIdentity: { association: some } })).toBeUndefined();
  });
  describe("and that is about to use this identity instead", () => {
    const bucket = (identity: string) => ({
      apiVersion: "platform.trimtab.dev/v1alpha1",
      kind: "XBucket",
      metadata: { namespace: "payments", name: "receipts" },
      spec: { consumers: [{ serviceAccount: "api", identity: { name: identity } }] },
    });
    const go = (spec: object, named: string, observed: object = {}) =>
      run(identity, { xr: xr(spec), input, observed, required: [association(others), bucket(named)] });

    test("gets the role at once, and the association once it is free", () => {
      const { resources, results, waiting } = go({}, "shared");
      expect(results).toEqual([]);
      expect(Object.keys(resources)).toEqual(["podIdentity/role"]);
      expect(waiting).toEqual({
        "podIdentity/association": "XBucket receipts to release the ServiceAccount payments/api",
      });
    });
    test("gets the role by IRSA", () => {
      expect(Object.keys(go({ credentials: "IRSA" }, "shared").resources)).toEqual(["irsa/role"]);
    });
    test("is refused while it names another identity", () => {
      expect(go({}, "other").results[0]?.message).toContain("is bound by XBucket receipts already");
    });
  });

  test("keeps one by IRSA from being ready, since EKS prefers the association", () => {
    const role = {
      status: {
        conditions: [{ type: "Ready", status: "True" }],
        atProvider: { arn: "arn:aws:iam::123456789012:role/shared" },
      },
    };
    const { conditions } = run(identity, {
      xr: xr({ credentials: "IRSA" }),
      input,
      observed: { irsa: { role } },
      required: [association(others)],
    });
    expect(conditions[0]).toMatchObject({ status: "False", reason: "ServiceAccountBound" });
    expect(conditions[0]?.message).toContain("XBucket receipts to release the ServiceAccount payments/api");
  });
});

test("whatever the spec is, the answer is a composition or a refusal that names a field", () => {
  const scalar = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom("api", "IRSA", "PodIdentity", "*", `$\{aws:username}`, ""),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const spec = fc.oneof(
    scalar,
    fc.record({ serviceAccount: scalar, createServiceAccount: scalar, credentials: scalar }, { requiredKeys: [] }),
  );
  fc.assert(
    fc.property(spec, (value) => {
      const { results, resources, waiting, removed } = settled(value);
      expect(removed).toEqual([]);
      if (results.length === 0) {
        const composed = [...Object.keys(resources), ...Object.keys(waiting)];
        expect(composed.some((path) => path === "" || /podIdentity\/role|irsa\/role/.test(path))).toBe(true);
        return;
      }
      expect(results[0]).toMatchObject({ severity: "Fatal", message: expect.stringMatching(/spec/) });
      expect(resources).toEqual({});
    }),
    { numRuns: 300 },
  );
});
