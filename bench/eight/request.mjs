import { drafts, KINDS } from "./drafts.mjs";
import { fieldsOf, managed, observedXR } from "./xr.mjs";

const NAME = "orders-archive-production";

/**
 * What Crossplane asks of a function that composes an XArchive: everything is there and ready. 51 KB with eight objects.
 *
 * @param observed how many objects there are; beyond eight they are of other names, which the function does not compose
 * @param desired how many objects earlier steps of the pipeline desire
 */
export function request({ observed = 8, desired = 0, name = NAME } = {}) {
  const xr = observedXR(name);
  return {
    meta: { tag: "7c0f4a9e2b81d6537c0f4a9e2b81d6537c0f4a9e2b81d6537c0f4a9e2b81d653", capabilities: [1, 2, 3, 4, 5] },
    observed: {
      composite: { resource: xr, connectionDetails: {} },
      resources: numbered(observed, xr, ([key, made], place) => ({
        resource: observedObject(key, made, place),
        connectionDetails: key === "role" || key === "secret" ? details(xr) : {},
      })),
    },
    desired: {
      resources: numbered(desired, xr, ([key, made]) => ({ resource: whole(key, made), ready: 1 }), "before-"),
    },
    input: { apiVersion: "archive.fn.bench.trimtab.dev/v1beta1", kind: "Input" },
    context: {
      "apiextensions.crossplane.io/environment": {
        apiVersion: "internal.crossplane.io/v1alpha1",
        kind: "Environment",
        account: "123456789012",
        subnets: ["subnet-0a1b", "subnet-2c3d", "subnet-4e5f"],
      },
    },
  };
}

function numbered(count, { metadata, spec }, make, prefix = "") {
  const kinds = Object.keys(KINDS);
  const entries = Array.from({ length: count }, (_, place) => {
    const round = Math.floor(place / kinds.length);
    const name = `${prefix}${metadata.name}${round === 0 ? "" : `-${round}`}`;
    const key = kinds[place % kinds.length];
    const made = drafts({ name, namespace: metadata.namespace, spec })[key];
    return [`${prefix}${key}${round === 0 ? "" : `-${round}`}`, make([key, made], place)];
  });
  return Object.fromEntries(entries);
}

function whole(key, draft) {
  const [apiVersion, kind] = KINDS[key];
  return { apiVersion, kind, ...draft };
}

const TIME = "2026-03-01T09:15:42Z";

/** An object as the API server shows it once its provider is done: with managedFields, and a status. */
function observedObject(key, draft, place) {
  const { apiVersion, kind, metadata, spec, ...rest } = whole(key, draft);
  const atProvider = spec && {
    arn: `arn:aws:${key}:::${metadata.name}`,
    id: metadata.name,
    ...spec.forProvider,
    tagsAll: { ...spec.forProvider.tags, "crossplane-providerconfig": "production" },
    hostedZoneId: "Z21DNDUVLTQW6Q",
    bucketDomainName: `${metadata.name}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${metadata.name}.s3.eu-central-1.amazonaws.com`,
    grant: [{ id: "7c1f0a", permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" }],
  };
  const condition = (type, reason) => ({
    type,
    status: "True",
    reason,
    lastTransitionTime: TIME,
    observedGeneration: 3,
  });
  const conditions = [
    condition("Ready", "Available"),
    condition("Synced", "ReconcileSuccess"),
    condition("LastAsyncOperation", "Success"),
  ];
  const added = {
    "crossplane.io/composition-resource-name": key,
    "crossplane.io/external-create-pending": TIME,
    "crossplane.io/external-create-succeeded": TIME,
    "upjet.crossplane.io/provider-meta": '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":1200000000000}}',
  };
  const uid = `3f4b6c1e-7a52-4c8e-9a64-${String(place).padStart(12, "0")}`;
  const applied = {
    "f:metadata": {
      "f:annotations": fieldsOf({ ...metadata.annotations, "crossplane.io/composition-resource-name": key }),
      "f:labels": fieldsOf({ ...metadata.labels, "crossplane.io/composite": "" }),
      "f:ownerReferences": { [`k:{"uid":"${uid}"}`]: {} },
    },
    ...fieldsOf({ ...(spec && { spec }), ...rest }),
  };
  const updated = {
    "f:metadata": { "f:annotations": fieldsOf(added), "f:finalizers": {} },
    "f:spec": { "f:initProvider": {} },
  };
  const provider = "crossplane-provider-aws";
  return {
    apiVersion,
    kind,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, ...added },
      creationTimestamp: TIME,
      finalizers: ["finalizer.managedresource.crossplane.io"],
      generation: 3,
      labels: { ...metadata.labels, "crossplane.io/composite": NAME },
      resourceVersion: String(9182736000 + place),
      uid,
      ownerReferences: [
        {
          apiVersion: "bench.trimtab.dev/v1alpha1",
          blockOwnerDeletion: true,
          controller: true,
          kind: "XArchive",
          name: NAME,
          uid: "3f4b6c1e-7a52-4c8e-9a64-0d5a4a7b9c10",
        },
      ],
      managedFields: [
        managed(`apiextensions.crossplane.io/composed/${"7c7b6a3a8d".repeat(6)}7c7b`, apiVersion, applied),
        ...(spec
          ? [managed(provider, apiVersion, updated), managed(provider, apiVersion, reported(atProvider), "status")]
          : []),
      ],
    },
    ...rest,
    ...(spec && { spec: { ...spec, initProvider: {} }, status: { atProvider, conditions, observedGeneration: 3 } }),
  };
}

const reported = (atProvider) => ({
  "f:status": {
    "f:atProvider": fieldsOf(atProvider),
    "f:conditions": Object.fromEntries(
      ["Ready", "Synced", "LastAsyncOperation"].map((type) => [
        `k:{"type":"${type}"}`,
        fieldsOf({ lastTransitionTime: "", observedGeneration: "", reason: "", status: "", type: "" }),
      ]),
    ),
    "f:observedGeneration": {},
  },
});

function details({ metadata: { name } }) {
  return {
    bucket: Buffer.from(name),
    endpoint: Buffer.from(`https://${name}.s3.eu-central-1.amazonaws.com`),
    roleArn: Buffer.from(`arn:aws:iam::123456789012:role/archives/${name}-role`),
  };
}
