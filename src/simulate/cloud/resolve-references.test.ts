import { expect, test } from "vitest";
import { apiVersionOf, FakeCluster, resource } from "../../../test/support/cloud-scene.js";
import { type JsonObject } from "../../wire/index.js";
import { resolveReferences, Unresolved } from "./resolve-references.js";

const owner = (uid: string) => ({ ownerReferences: [{ kind: "XBucket", name: "x", uid, controller: true }] });
const named = (name: string) => ({ annotations: { "crossplane.io/external-name": name } });
const withStatus = (object: JsonObject, status: JsonObject) => ({ ...object, status });
const arn = "arn:aws:iam::123456789012:role/reader";

const others = [
  resource("Bucket", "receipts", {}, { ...named("receipts-1"), labels: { team: "a" }, ...owner("uid-x") }),
  resource("Bucket", "vouchers", {}, { ...named("vouchers-1"), labels: { team: "a" } }),
  resource("Bucket", "unnamed"),
  withStatus(resource("Role", "reader", {}, named("reader-1")), { atProvider: { arn } }),
  resource("Role", "young", {}, named("young-1")),
  resource("Thing", "thing-a", {}, named("t-1")),
  withStatus(resource("Thing", "thing-b", {}, named("t-2")), { conditions: [{ type: "Ready", status: "True" }] }),
  {
    ...resource("Bucket", "far", {}, named("far-1")),
    metadata: { namespace: "other", name: "far", ...named("far-1") },
  },
];

const references = {
  bucketRef: { apiVersion: apiVersionOf("Bucket"), kind: "Bucket", field: "bucket" },
  "rule.destination.bucketRef": { apiVersion: apiVersionOf("Role"), kind: "Role", field: "bucket" },
  roleRef: { apiVersion: apiVersionOf("Role"), kind: "Role", field: "role", from: ["status", "atProvider", "arn"] },
};

async function resolve(forProvider: JsonObject): Promise<unknown> {
  const cluster = new FakeCluster(() => undefined);
  for (const object of others) cluster.create(object);
  const kinds = ["Role", "Thing", "Bucket"].map((kind) => ({
    group: apiVersionOf(kind).replace(/\/.*/, ""),
    version: "v1beta1",
    kind,
  }));
  const object = resource("Asking", "it", { forProvider }, owner("uid-x"));
  const resolved = await resolveReferences(object, { client: cluster, references, kinds });
  return (resolved["spec"] as JsonObject)["forProvider"];
}

const always = { policy: { resolve: "Always" } };
const optional = { policy: { resolution: "Optional" } };

const resolved: readonly { readonly given: JsonObject; readonly adds: JsonObject; readonly reason: string }[] = [
  { given: { bucketRef: { name: "receipts" } }, adds: { bucket: "receipts-1" }, reason: "the external name" },
  { given: { roleRef: { name: "reader" } }, adds: { role: arn }, reason: "where a reference says it is taken from" },
  {
    given: { bucket: "mine", bucketRef: { name: "receipts" } },
    adds: {},
    reason: "a value that is there stays",
  },
  {
    given: { bucket: "mine", bucketRef: { name: "receipts", ...always } },
    adds: { bucket: "receipts-1" },
    reason: "unless it is always to be taken",
  },
  {
    given: { bucketRef: { name: "far", namespace: "other" } },
    adds: { bucket: "far-1" },
    reason: "in another namespace",
  },
  {
    given: { bucketSelector: { matchLabels: { team: "a" } } },
    adds: { bucket: "receipts-1", bucketRef: { name: "receipts" } },
    reason: "by labels, and says what was chosen",
  },
  {
    given: { bucketSelector: { matchControllerRef: true } },
    adds: { bucket: "receipts-1", bucketRef: { name: "receipts" } },
    reason: "of the same controller",
  },
  { given: { bucketRef: { name: "missing", ...optional } }, adds: {}, reason: "what is optional may be missing" },
  { given: { thingRef: { name: "thing-a" } }, adds: { thing: "t-1" }, reason: "by convention" },
  { given: { thingArnRef: { name: "reader" } }, adds: { thingArn: arn }, reason: "an ARN, of whatever kind" },
  { given: { thingArnRef: { name: "thing-b" } }, adds: { thingArn: "t-2" }, reason: "what is Ready without an ARN" },
  {
    given: { thingIdRefs: [{ name: "thing-a" }, { name: "thing-b" }] },
    adds: { thingIds: ["t-1", "t-2"] },
    reason: "several, into a list",
  },
  { given: { tokenSecretRef: { name: "s", key: "k" } }, adds: {}, reason: "the key of a Secret is no reference" },
  {
    given: { manifest: { apiVersion: "v1", kind: "X", podSelector: {}, roleRef: { name: "nobody" } } },
    adds: {},
    reason: "what is in a manifest is Kubernetes' own",
  },
];

test.each(resolved)("resolves $given: $reason", async ({ given, adds }) => {
  expect(await resolve(given)).toEqual({ ...given, ...adds });
});

test("resolves references in lists, by where they stand", async () => {
  const rule = { destination: { bucketRef: { name: "reader" } } };
  expect(await resolve({ rule: [rule] })).toEqual({
    rule: [{ destination: { ...rule.destination, bucket: "reader-1" } }],
  });
});

const unresolved: readonly { readonly given: JsonObject; readonly message: string; readonly reason: string }[] = [
  {
    given: { bucketRef: { name: "missing" } },
    message:
      'mg.Spec.ForProvider.Bucket: cannot get referenced resource: Bucket.s3.aws.m.upbound.io "missing" not found',
    reason: "it is not there",
  },
  {
    given: { roleRef: { name: "young" } },
    message: "mg.Spec.ForProvider.Role: referenced field was empty (referenced resource may not yet be ready)",
    reason: "it does not say it yet",
  },
  {
    given: { bucketRef: { name: "unnamed" } },
    message: "mg.Spec.ForProvider.Bucket: referenced field was empty (referenced resource may not yet be ready)",
    reason: "it has no external name yet",
  },
  {
    given: { rule: [{ bucketSelector: { matchLabels: { team: "b" } } }] },
    message: "mg.Spec.ForProvider.Rule[0].Bucket: no resources matched selector",
    reason: "nothing has the labels",
  },
  {
    given: { thingArnRef: { name: "thing-a" } },
    message: "mg.Spec.ForProvider.ThingArn: referenced field was empty (referenced resource may not yet be ready)",
    reason: "what has no ARN may still get one",
  },
];

test.each(unresolved)("cannot resolve $given: $reason", async ({ given, message }) => {
  const error = await resolve(given).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Unresolved);
  expect(error).toMatchObject({ message });
});
