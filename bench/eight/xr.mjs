import { boolean, defineXRD, list, map, number, object, string } from "trimtab/schema";

/** The XR that is composed of eight objects, as its XRD says it. */
export const XArchive = defineXRD({
  group: "bench.trimtab.dev",
  version: "v1alpha1",
  kind: "XArchive",
  description: "A bucket, and who may use it.",
  spec: object({
    region: string(),
    versioning: boolean(),
    retentionDays: number(),
    kmsKeyArn: string(),
    tags: map(string()),
    readers: list(string(), { maxItems: 20 }),
    writers: list(string(), { maxItems: 20 }),
    lifecycle: list(object({ id: string(), prefix: string(), days: number(), storageClass: string() }), {
      maxItems: 20,
    }),
  }),
  status: object({ arn: string().optional() }),
});

const TIME = "2026-03-01T09:15:42Z";

/** One of those, as Crossplane observes it: about 4 KB. */
export function observedXR(name) {
  const spec = {
    region: "eu-central-1",
    versioning: true,
    retentionDays: 365,
    kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/5f0d3c1a-9b7e-4a54-8c39-2f9f0d9f4e21",
    tags: { team: "orders", stage: "production", "data-class": "confidential", owner: "orders@example.org" },
    readers: ["orders-api", "orders-reports"].map((role) => `arn:aws:iam::123456789012:role/${role}`),
    writers: ["arn:aws:iam::123456789012:role/orders-archiver"],
    lifecycle: [
      { id: "seldom", prefix: "orders/", days: 30, storageClass: "STANDARD_IA" },
      { id: "hardly", prefix: "orders/", days: 90, storageClass: "GLACIER" },
      { id: "never", prefix: "drafts/", days: 180, storageClass: "DEEP_ARCHIVE" },
    ],
  };
  const refs = KINDS.map(([kind, group]) => ({
    apiVersion: group === "" ? "v1" : `${group}.aws.m.upbound.io/v1beta1`,
    kind,
    name: `${name}-${kind.toLowerCase()}`,
  }));
  const crossplane = {
    compositionRef: { name: "archives" },
    compositionRevisionRef: { name: "archives-8d2f1b6" },
    compositionUpdatePolicy: "Automatic",
    resourceRefs: refs,
  };
  const condition = (type, reason) => ({
    type,
    status: "True",
    reason,
    lastTransitionTime: TIME,
    observedGeneration: 7,
  });
  const { group, version, kind } = XArchive;
  return {
    apiVersion: `${group}/${version}`,
    kind,
    metadata: {
      name,
      namespace: "orders",
      uid: "3f4b6c1e-7a52-4c8e-9a64-0d5a4a7b9c10",
      resourceVersion: "9182736450",
      generation: 7,
      creationTimestamp: TIME,
      finalizers: ["composite.apiextensions.crossplane.io"],
      labels: { "crossplane.io/composite": name, "app.kubernetes.io/part-of": "orders", "cost-centre": "4711" },
      annotations: {
        "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({ kind, metadata: { name }, spec }),
      },
      managedFields: [
        managed("argocd-controller", `${group}/${version}`, { "f:spec": fieldsOf(spec) }),
        managed("apiextensions.crossplane.io/composite", `${group}/${version}`, {
          "f:metadata": { "f:finalizers": { 'v:"composite.apiextensions.crossplane.io"': {} } },
          "f:spec": { "f:crossplane": fieldsOf(crossplane) },
        }),
      ],
    },
    spec: { ...spec, crossplane },
    status: {
      arn: `arn:aws:s3:::${name}`,
      conditions: [
        condition("Synced", "ReconcileSuccess"),
        condition("Ready", "Available"),
        condition("Responsive", "WatchCircuitClosed"),
      ],
    },
  };
}

const KINDS = [
  ["Bucket", "s3"],
  ["BucketPublicAccessBlock", "s3"],
  ["BucketVersioning", "s3"],
  ["BucketServerSideEncryptionConfiguration", "s3"],
  ["Role", "iam"],
  ["Policy", "iam"],
  ["RolePolicyAttachment", "iam"],
  ["Secret", ""],
];

/** An entry of `metadata.managedFields`. */
export function managed(manager, apiVersion, fieldsV1, subresource) {
  const operation = subresource === undefined ? "Apply" : "Update";
  return {
    apiVersion,
    fieldsType: "FieldsV1",
    fieldsV1,
    manager,
    operation,
    time: TIME,
    ...(subresource && { subresource }),
  };
}

/** The ownership of each field of an object, as FieldsV1 writes it; lists are owned as a whole. */
export function fieldsOf(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [`f:${key}`, fieldsOf(inner)]));
}
