import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { externalName } from "../platform/external-name.js";
import { controlledBy, ready } from "../platform/testing.js";
import { bucket } from "./function.js";
import { input, kinds, roleArn, safe, secret, uid, working, xbucket } from "./testing.js";

// Nothing of others is taken: it is refused with its owner's name and the remedy, or has another name.

const xbucketOf = (namespace: string, name: string, more: object = {}) => ({
  ...xbucket(),
  ...more,
  metadata: { namespace, name, uid } as { readonly name: string },
});
interface Around {
  readonly consumer?: object;
  readonly observed?: object;
  readonly required?: readonly object[];
}
const compose = ({ consumer, observed = {}, required = [] }: Around = {}) =>
  run(bucket, { xr: xbucket(consumer), input, observed: observed as never, required: required as never });
const works = { ...safe, consumers: { api: working.PodIdentity } };

const named = (kind: object, name: string, metadata: object = {}) => ({
  ...kind,
  metadata: { namespace: "payments", name, ...metadata },
});
const association = (metadata: object, bound: object = {}) => ({
  ...named(kinds.association, "x", metadata),
  spec: { forProvider: { clusterName: "prod", namespace: "payments", serviceAccount: "api", ...bound } },
});
const role = (metadata: object, arn: string) => ({
  ...named(kinds.role, "x", metadata),
  status: { ...ready, atProvider: { arn } },
});
const annotated = (arn: string) =>
  named(kinds.serviceAccount, "api", { annotations: { "eks.amazonaws.com/role-arn": arn } });
const theirArn = "arn:aws:iam::123456789012:role/theirs";
const byRole = (kind: string, name: string) => [annotated(theirArn), role(controlledBy(kind, name), theirArn)];
const bound = (owner: string, remedy: string) =>
  `spec.consumers[0].serviceAccount api is bound by ${owner} already, and EKS gives a ServiceAccount one role: ${remedy}, or choose another ServiceAccount`;
const shareWith = (owner: string) => `make an XWorkloadIdentity of api, and name it in identity here and in ${owner}`;

describe("refused, with the owner's name and the remedy; nothing changes", () => {
  const cases: Record<string, { given: Around; says: string }> = {
    "a Secret of another XBucket": {
      given: {
        observed: works,
        required: [named(kinds.secret, "receipts-api", controlledBy("XBucket", "receipts-a"))],
      },
      says: "spec.consumers[0].secretName: the Secret payments/receipts-api exists and is XBucket receipts-a's: choose another secretName, or delete that Secret",
    },
    "a Secret of nobody": {
      given: { observed: works, required: [named(kinds.secret, "receipts-api")] },
      says: "spec.consumers[0].secretName: the Secret payments/receipts-api exists and is not this XBucket's: choose another secretName, or delete that Secret",
    },
    "a Secret with the name that was chosen": {
      given: {
        consumer: { secretName: "database" },
        observed: works,
        required: [named(kinds.secret, "database", controlledBy("Release", "postgres"))],
      },
      says: "spec.consumers[0].secretName: the Secret payments/database exists and is Release postgres's: choose another secretName, or delete that Secret",
    },
    "a ServiceAccount of nobody": {
      given: {
        consumer: { createServiceAccount: true },
        observed: works,
        required: [named(kinds.serviceAccount, "api")],
      },
      says: "spec.consumers[0].createServiceAccount: the ServiceAccount payments/api exists and is not this XBucket's: leave createServiceAccount out, or delete that ServiceAccount",
    },
    "a ServiceAccount of another XBucket": {
      given: {
        consumer: { createServiceAccount: true, credentials: "AccessKey" },
        observed: {
          ...safe,
          consumers: { api: { ...working.AccessKey, secret: secret({ "access-key-id": "AKIAFAKE1" }) } },
        },
        required: [named(kinds.serviceAccount, "api", controlledBy("XBucket", "invoices"))],
      },
      says: "spec.consumers[0].createServiceAccount: the ServiceAccount payments/api exists and is XBucket invoices's: leave createServiceAccount out, or delete that ServiceAccount",
    },
    "an association of another XBucket": {
      given: { required: [association(controlledBy("XBucket", "invoices"))] },
      says: bound("XBucket invoices", shareWith("XBucket invoices")),
    },
    "an association of the XBucket of a claim": {
      given: { required: [association(controlledBy("LegacyXBucket", "invoices-x7k2p"))] },
      says: bound("LegacyXBucket invoices-x7k2p", shareWith("LegacyXBucket invoices-x7k2p")),
    },
    "an association of an XWorkloadIdentity": {
      given: { required: [association(controlledBy("XWorkloadIdentity", "shared"))] },
      says: bound("XWorkloadIdentity shared", "write identity.name: shared"),
    },
    "an association of something else": {
      given: { required: [association(controlledBy("XDatabase", "orders"))] },
      says: bound("XDatabase orders", "take it out of XDatabase orders"),
    },
    "an association of nobody": {
      given: { required: [association({})] },
      says: bound("the PodIdentityAssociation x", "delete the PodIdentityAssociation x"),
    },
    "an association that leaves the cluster to the provider": {
      given: { required: [association(controlledBy("XBucket", "invoices"), { clusterName: undefined })] },
      says: bound("XBucket invoices", shareWith("XBucket invoices")),
    },
    "an association, by IRSA": {
      given: { consumer: { credentials: "IRSA" }, required: [association(controlledBy("XBucket", "invoices"))] },
      says: bound("XBucket invoices", shareWith("XBucket invoices")),
    },
    "the role of another XBucket in the annotation, by IRSA": {
      given: { consumer: { credentials: "IRSA" }, required: byRole("XBucket", "invoices") },
      says: bound("XBucket invoices", shareWith("XBucket invoices")),
    },
    "the role of another XBucket in the annotation, by an association": {
      given: { required: byRole("XBucket", "invoices") },
      says: bound("XBucket invoices", shareWith("XBucket invoices")),
    },
    "the role of an XWorkloadIdentity in the annotation": {
      given: { consumer: { credentials: "IRSA" }, required: byRole("XWorkloadIdentity", "shared") },
      says: bound("XWorkloadIdentity shared", "write identity.name: shared"),
    },
  };
  test.each(Object.entries(cases))("%s", (_, { given, says }) => {
    const { results, resources, removed, status, connectionDetails } = compose(given);
    expect(results).toEqual([{ severity: "Fatal", message: says, claim: true }]);
    expect([resources, removed, status, connectionDetails]).toEqual([{}, [], {}, {}]);
  });

  test("the bucket of another XBucket", () => {
    const xr = xbucket({}, { bucketName: "legacy-receipts" });
    const tags = { "trimtab.dev/owner": "XBucket/payments/invoices", "trimtab.dev/cluster": input.cluster.arn };
    const theirs = {
      spec: { forProvider: {}, managementPolicies: ["Observe"] },
      status: { ...ready, atProvider: { arn: "arn:aws:s3:::legacy-receipts", tags } },
    };
    const { results, resources } = run(bucket, { xr, input, observed: { bucket: theirs } as never });
    expect(results[0]?.message).toMatch(
      /is XBucket\/payments\/invoices; .* set trimtab\.dev\/owner to XBucket\/payments\/receipts$/,
    );
    expect(resources).toEqual({});
  });
});

describe("left alone, and no reason to refuse", () => {
  const cases: Record<string, Around> = {
    "an association of another ServiceAccount": {
      required: [association(controlledBy("XBucket", "b"), { serviceAccount: "web" })],
    },
    "an association of another cluster": {
      required: [association(controlledBy("XBucket", "b"), { clusterName: "test" })],
    },
    "an association for another namespace": {
      required: [association(controlledBy("XBucket", "b"), { namespace: "shop" })],
    },
    "a role of another XBucket that the ServiceAccount does not name": {
      consumer: { credentials: "IRSA" },
      required: [annotated(roleArn), role(controlledBy("XBucket", "b"), theirArn)],
    },
    "a role of another XBucket that has no ARN yet": {
      consumer: { credentials: "IRSA" },
      required: [named(kinds.serviceAccount, "api"), { ...role(controlledBy("XBucket", "b"), ""), status: {} }],
    },
    "an annotation with a role of nobody here": { consumer: { credentials: "IRSA" }, required: [annotated(theirArn)] },
    "our own association, which is not observed yet": {
      required: [association(controlledBy("XBucket", "receipts", uid))],
    },
    "our own role": {
      consumer: { credentials: "IRSA" },
      required: [annotated(roleArn), role(controlledBy("XBucket", "receipts", uid), roleArn)],
    },
    "a Secret in another namespace": {
      observed: works,
      required: [{ ...kinds.secret, metadata: { namespace: "shop", name: "receipts-api" } }],
    },
    "a ServiceAccount that nobody asked to make": { observed: works, required: [named(kinds.serviceAccount, "api")] },
    "an association, for a key that binds no ServiceAccount": {
      consumer: { credentials: "AccessKey" },
      required: [association(controlledBy("XBucket", "b"))],
    },
  };
  test.each(Object.entries(cases))("%s", (_, given) => {
    const { results, resources } = compose(given);
    expect(results).toEqual([]);
    expect(Object.keys(resources)).toContain("bucket");
    for (const { kind, metadata } of Object.values(resources))
      expect([kind, metadata?.name]).not.toEqual(["ServiceAccount", "api"]);
  });

  test("what is there already is not asked for again: it stays, whoever comes later", () => {
    const { results, removed } = compose({
      observed: works,
      required: [association(controlledBy("XBucket", "invoices"))],
    });
    expect([results, removed]).toEqual([[], []]);
  });
});

describe("names that differ", () => {
  const claim = (namespace: string, name: string) => ({
    kind: "LegacyXBucket",
    metadata: { name: `${name}-x7k2p`, uid } as { readonly name: string },
    spec: {
      ...xbucket().spec,
      claimRef: { apiVersion: "platform.trimtab.dev/v1alpha1", kind: "XBucketClaim", name, namespace },
    },
  });
  const pairs: Record<string, readonly [ReturnType<typeof xbucketOf>, ReturnType<typeof xbucketOf>]> = {
    "a claim and an XBucket of one name": [xbucketOf("payments", "receipts"), claim("payments", "receipts")],
    "two XBuckets of one name in two namespaces": [xbucketOf("payments", "receipts"), xbucketOf("shop", "receipts")],
    "two claims of one name in two namespaces": [claim("payments", "receipts"), claim("shop", "receipts")],
    "names that read alike": [xbucketOf("payments", "a-receipts"), xbucketOf("payments-a", "receipts")],
    "names that are cut": [xbucketOf("payments", `${"r".repeat(60)}-1`), xbucketOf("payments", `${"r".repeat(60)}-2`)],
  };
  const namesOf = (xr: ReturnType<typeof xbucketOf>, credentials: string) => {
    const spec = { ...xr.spec, consumers: [{ serviceAccount: "api", credentials }] };
    const { resources } = run(bucket, { xr: { ...xr, spec } as never, input });
    return Object.values(resources).flatMap((resource) => externalName(resource) ?? []);
  };
  test.each(Object.entries(pairs))("%s", (_, [one, other]) => {
    for (const credentials of ["PodIdentity", "IRSA", "AccessKey"]) {
      const names = [...namesOf(one, credentials), ...namesOf(other, credentials)];
      expect(names).toHaveLength(6);
      expect(new Set(names.map((name) => name.toLowerCase())).size, "IAM knows no case").toBe(6);
      for (const name of names) expect(name.length).toBeLessThanOrEqual(64);
    }
  });

  test("their owner tags differ too", () => {
    const tagOf = (xr: ReturnType<typeof xbucketOf>) =>
      run(bucket, { xr: xr as never, input }).desired.bucket?.spec.forProvider.tags?.["trimtab.dev/owner"];
    const [one, other] = pairs["a claim and an XBucket of one name"] ?? [];
    expect(one && tagOf(one)).toBe("XBucket/payments/receipts");
    expect(other && tagOf(other)).toBe("LegacyXBucket/payments/receipts");
  });

  test("where a claim and an XBucket want one Secret, the second is told whose it is", () => {
    const required = [named(kinds.secret, "receipts-api", controlledBy("LegacyXBucket", "receipts-x7k2p"))];
    expect(compose({ observed: works, required }).results[0]?.message).toContain("is LegacyXBucket receipts-x7k2p's");
    const theirs = [named(kinds.secret, "receipts-api", controlledBy("XBucket", "receipts"))];
    const { results } = run(bucket, {
      xr: {
        ...claim("payments", "receipts"),
        metadata: { name: "receipts-x7k2p", uid: "5" } as { readonly name: string },
      } as never,
      input,
      observed: works,
      required: theirs as never,
    });
    expect(results[0]?.message).toMatch(/^spec\.consumers\[0\]\.secretName: .* is XBucket receipts's: choose another/);
  });
});
