import { type SimulateInput, type Stage } from "../../src/simulate/input.js";
import { type CompositeEnd, type Simulation } from "../../src/simulate/simulation.js";
import { type Happening, type Subject, type What } from "../../src/simulate/timeline/happening.js";
import { type JsonObject } from "../../src/wire/index.js";

/** A value that no output may show. */
export const PASSWORD = "correct-horse</script><b>&battery";

/** A simulation of an XBucket, written by hand: it becomes ready, is upgraded, and is deleted, and its bucket stays. */
export function simulatedBucket(): { readonly simulation: Simulation; readonly input: SimulateInput } {
  const composites = (isReady: boolean, why?: string): readonly CompositeEnd[] => [
    { object: xr, isReady, isSynced: true, ...(why !== undefined && { why }) },
  ];
  const stages: readonly Stage[] = [{}, { upgrade: {} }, { delete: [] }];
  return {
    input: { platform: { compositions: [], xrds: [], functions: {} }, stages },
    simulation: {
      timeline: [...creation, ...upgrade, ...deletion],
      stages: [
        { title: "apply xr.yaml", isReached: true, began: 0, ended: 14_000, composites: composites(true) },
        { title: "upgrade to ../v2", isReached: true, began: 14_000, ended: 90_000, composites: composites(true) },
        { title: "delete", isReached: true, began: 90_000, ended: 102_000, composites: [] },
      ],
      objects: [
        object("v1", "ServiceAccount", "receipts-api", {}),
        object("v1", "Secret", "other", { data: { password: Buffer.from(PASSWORD).toString("base64") } }),
      ],
      cloud: [
        {
          of: part("bucket"),
          object: object("s3.aws.m.upbound.io/v1beta1", "Bucket", "receipts-8f6e4b9ab392", {}),
          parameters: { region: "eu-west-1" },
          name: "payments-receipts-j54wl7nzoqrt",
          id: "AIDA5XK2LM7NQPRSTUVW",
          holds: 3,
        },
      ],
      mask: (text) => text.replaceAll(PASSWORD, "***"),
    },
  };
}

function object(apiVersion: string, kind: string, name: string, rest: JsonObject): JsonObject {
  return { apiVersion, kind, metadata: { namespace: "payments", name }, ...rest };
}

const xr: Subject = {
  apiVersion: "platform.trimtab.dev/v1alpha1",
  kind: "XBucket",
  namespace: "payments",
  name: "receipts",
};

const PARTS: Readonly<Record<string, readonly [string, string, string]>> = {
  bucket: ["s3.aws.m.upbound.io/v1beta1", "Bucket", "receipts-8f6e4b9ab392"],
  encryption: ["s3.aws.m.upbound.io/v1beta1", "BucketServerSideEncryptionConfiguration", "receipts-a7223662ee87"],
  ownership: ["s3.aws.m.upbound.io/v1beta1", "BucketOwnershipControls", "receipts-f6d0a43a9a4e"],
  policy: ["s3.aws.m.upbound.io/v1beta1", "BucketPolicy", "receipts-404d479a97e5"],
  publicAccess: ["s3.aws.m.upbound.io/v1beta1", "BucketPublicAccessBlock", "receipts-bb6cd807b44a"],
  versioning: ["s3.aws.m.upbound.io/v1beta1", "BucketVersioning", "receipts-de5afa655292"],
  "consumers/receipts-api/policy": ["iam.aws.m.upbound.io/v1beta1", "Policy", "receipts-27039606191a"],
  "consumers/receipts-api/podIdentity/role": ["iam.aws.m.upbound.io/v1beta1", "Role", "receipts-b88782689af2"],
  "consumers/receipts-api/podIdentity/attachment": [
    "iam.aws.m.upbound.io/v1beta1",
    "RolePolicyAttachment",
    "receipts-3cc65be24bc3",
  ],
  "consumers/receipts-api/podIdentity/association": [
    "eks.aws.m.upbound.io/v1beta1",
    "PodIdentityAssociation",
    "receipts-103f93ac213c",
  ],
  "consumers/receipts-api/secret": ["v1", "Secret", "receipts-bucket"],
  "usages/encryption": ["protection.crossplane.io/v1beta1", "Usage", "receipts-5a1b2c3d4e5f"],
};

const EXTERNAL: Readonly<Record<string, string>> = {
  bucket: "payments-receipts-j54wl7nzoqrt",
  "consumers/receipts-api/policy": "payments-receipts-receipts-api-krvmkjlv5hzt",
  "consumers/receipts-api/podIdentity/role": "payments-receipts-receipts-api-thjx3mcc3p5y",
};

function part(resource: string, name?: string): Subject {
  const [apiVersion = "", kind = "", own = ""] = PARTS[resource] ?? [];
  const externalName = EXTERNAL[resource];
  return {
    ...{ apiVersion, kind, namespace: "payments", name: name ?? own, resource, composite: "XBucket/receipts" },
    ...(externalName !== undefined && { externalName }),
  };
}

type Rest = Pick<Happening, "message" | "fields">;

const happen = (stage: number, at: number, what: What, on: Subject, rest: Rest = {}): Happening => ({
  ...{ at, stage, what, object: on },
  ...rest,
});
const each = (stage: number, at: number, what: What, resources: readonly string[]) =>
  resources.map((resource) => happen(stage, at, what, part(resource)));

const settings = ["encryption", "ownership", "policy", "publicAccess", "versioning"];
const consumer = ["policy", "podIdentity/role", "podIdentity/attachment", "podIdentity/association"].map(
  (name) => `consumers/receipts-api/${name}`,
);
const NEEDS = "consumers/receipts-api/secret needs the bucket";

const creation: readonly Happening[] = [
  happen(0, 0, "applied", xr),
  ...each(0, 0, "created", ["bucket", ...settings, ...consumer]),
  happen(0, 0, "waiting", xr, { message: NEEDS }),
  happen(0, 0, "fault", part("bucket"), { message: "creating takes 10s" }),
  happen(0, 1000, "failed", part("policy"), { message: `cannot reach https://user:${PASSWORD}@proxy` }),
  ...each(0, 2000, "made", consumer.slice(0, 2)),
  ...each(0, 2000, "ready", consumer.slice(0, 2)),
  ...each(0, 4000, "made", consumer.slice(2)),
  ...each(0, 4000, "ready", consumer.slice(2)),
  happen(0, 10_000, "made", part("bucket")),
  happen(0, 10_000, "ready", part("bucket")),
  happen(0, 10_000, "created", part("consumers/receipts-api/secret")),
  happen(0, 10_000, "created", part("usages/encryption")),
  happen(0, 10_000, "published", part("consumers/receipts-api/secret"), {
    fields: ["data.AWS_REGION", "data.BUCKET_ARN", "data.BUCKET_NAME", "data.PREFIX"],
  }),
  happen(0, 10_000, "waiting", xr, {
    message: `${NEEDS}; the identity needs the ServiceAccount payments/receipts-api`,
  }),
  ...each(0, 12_000, "made", settings),
  ...each(0, 12_000, "ready", settings),
  happen(0, 12_000, "recovered", part("policy")),
  happen(0, 14_000, "ready", part("usages/encryption")),
  happen(0, 14_000, "ready", xr),
];

const role = "consumers/receipts-api/podIdentity/role";

const upgrade: readonly Happening[] = [
  happen(1, 14_000, "changed", part("policy"), { fields: ["spec.forProvider.policy"] }),
  happen(1, 14_000, "created", part(role, "receipts-0123456789ab")),
  happen(1, 15_000, "deleting", part(role)),
  happen(1, 15_000, "unready", xr, { message: "Unready resources: the role" }),
  happen(1, 16_000, "held", part("publicAccess"), { message: "in use by the bucket" }),
  happen(1, 17_000, "made", part(role, "receipts-0123456789ab")),
  happen(1, 17_000, "ready", part(role, "receipts-0123456789ab")),
  happen(1, 17_000, "removed", part(role)),
  happen(1, 17_000, "deleted", part(role)),
  happen(1, 90_000, "ready", xr),
];

const deletion: readonly Happening[] = [
  happen(2, 90_000, "deletion asked", xr),
  happen(2, 90_000, "deleting", xr),
  ...each(2, 90_000, "deleting", ["bucket", ...settings, "consumers/receipts-api/policy"]),
  ...each(2, 90_000, "deleted", ["consumers/receipts-api/secret", "usages/encryption"]),
  happen(2, 92_000, "deleting", part(role, "receipts-0123456789ab")),
  ...each(2, 94_000, "removed", [...settings, ...consumer.filter((name) => name !== role)]),
  happen(2, 94_000, "removed", part(role, "receipts-0123456789ab")),
  ...each(2, 94_000, "deleted", [...settings, ...consumer.filter((name) => name !== role)]),
  happen(2, 94_000, "deleted", part(role, "receipts-0123456789ab")),
  happen(2, 100_000, "kept", part("bucket")),
  happen(2, 100_000, "deleted", part("bucket")),
  happen(2, 102_000, "deleted", xr),
];
