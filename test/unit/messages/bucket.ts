import { type Resource } from "trimtab";
import { run, settle } from "trimtab/testing";
import { bucket } from "../../../functions/bucket/function.js";
import { input, roleArn, safe, secret, working, xbucket } from "../../../functions/bucket/testing.js";
import { controlledBy, ready } from "../../../functions/platform/testing.js";
import { type Said, saidBy, withoutAdmission } from "./said.js";
import { account, workloadIdentity } from "./surroundings.js";

/** What the bucket's function says to a developer, situation by situation. */
export const bucketSays: Readonly<Record<string, Said>> = {
  "a region that is not offered": refused({ region: "us-east-1" }),
  "a region that is none": refused({ region: "Frankfurt" }),
  "an isolated region": refused({ region: "us-iso-east-1" }),
  "a region of another partition": refused({ region: "cn-north-1" }, {}, { regions: ["cn-north-1"] }),
  "no region": refused({ region: undefined }),
  "a field of another type": refused({ versioning: "yes" }),
  "a bucket that may not be adopted": refused({ bucketName: "other" }),
  "a bucket where none may be adopted": refused({ bucketName: "other" }, {}, { adoptable: [] }),
  "a bucket's name that AWS reserves": refused({ bucketName: "legacy-s3alias" }),
  "a target for logs that cannot be a bucket": refused({ logging: { targetBucket: "a..b", targetPrefix: "" } }),
  "a bucket without the owner's tag": adopting({}),
  "a bucket with another owner's tag": adopting({
    "trimtab.dev/owner": "XBucket/orders/receipts",
    "trimtab.dev/cluster": input.cluster.arn,
  }),
  "a key of another region": refused(keyed("arn:aws:kms:us-east-1:123456789012:key/0b0cd1f4")),
  "an alias of a key": refused(keyed("arn:aws:kms:eu-west-1:123456789012:alias/payments")),
  "a key of another account": refused(keyed("arn:aws:kms:eu-west-1:999999999999:key/0b0cd1f4")),
  "a key of another partition": refused(keyed("arn:aws-cn:kms:eu-west-1:123456789012:key/0b0cd1f4")),
  "objects that go to infrequent access too soon": refused(
    rule({ transitions: [{ afterDays: 1, storageClass: "STANDARD_IA" }] }),
  ),
  "objects that go to one storage class twice": refused(
    rule({
      transitions: [
        { afterDays: 30, storageClass: "GLACIER" },
        { afterDays: 60, storageClass: "GLACIER" },
      ],
    }),
  ),
  "a bucket whose name the platform has changed": says({
    xr: xbucket(),
    observed: { bucket: { metadata: { annotations: { "crossplane.io/external-name": "old-receipts" } } } },
  }),
  "old versions that move after they have expired": refused(
    rule({
      noncurrent: { expireAfterDays: 30 },
      noncurrentTransitions: [{ afterDays: 60, storageClass: "GLACIER" }],
    }),
  ),
  "a tag of objects that AWS keeps for itself": refused(rule({ expireAfterDays: 1, tags: { "aws:state": "draft" } })),
  "a tag of objects with a value that AWS refuses": refused(rule({ expireAfterDays: 1, tags: { state: "draft!" } })),
  "an origin with two stars": refused(cors({ allowedOrigins: ["https://*.*.example.org"] })),
  "a star among the headers that are exposed": refused(cors({ exposeHeaders: ["*"] })),
  "delete markers by tag": refused(rule({ expireDeleteMarkers: true, tags: { state: "draft" } })),
  "uploads by tag": refused(rule({ abortUploadsAfterDays: 1, tags: { state: "draft" } })),
  "a ServiceAccount that is not a name": refused({}, { serviceAccount: "Api" }),
  "a Secret's default name that is too long": refused({}, { serviceAccount: "a".repeat(250) }),
  "an access that is none": refused({}, { access: "Everything" }),
  "a prefix that IAM does not read literally": refused({}, { prefix: "a*/" }),
  "a prefix that makes the policy too long": refused({}, { prefix: `${"é".repeat(511)}/` }),
  "three access keys": refused({}, { accessKeys: ["1", "2", "3"] }),
  "credentials beside an identity": refused({}, { identity: { name: "shared" }, credentials: "IRSA" }),
  "a ServiceAccount beside an identity": refused({}, { identity: { name: "shared" }, createServiceAccount: true }),
  "credentials that are not offered": refused({}, { credentials: "AccessKey" }, { credentials: {} }),
  "IRSA without an issuer": refused({}, { credentials: "IRSA" }, { cluster: { arn: input.cluster.arn } }),
  "two consumers with one Secret": refused({
    consumers: [
      { serviceAccount: "api", secretName: "s" },
      { serviceAccount: "web", secretName: "s" },
    ],
  }),
  "a Secret that is to be renamed": says({
    xr: xbucket({ secretName: "other" }),
    observed: seen({ ...working.PodIdentity, secret: secret({}) }),
  }),
  "a Secret of somebody else": says({
    xr: xbucket(),
    observed: seen(working.PodIdentity),
    required: [foreignSecret(controlledBy("XBucket", "invoices"))],
  }),
  "a Secret of nobody": says({
    xr: xbucket(),
    observed: seen(working.PodIdentity),
    required: [foreignSecret({})],
  }),
  "a ServiceAccount that is there": says({
    xr: xbucket({ createServiceAccount: true }),
    observed: seen(working.PodIdentity),
    required: [account({})],
  }),
  "an identity of another ServiceAccount": says({
    xr: xbucket({ identity: { name: "shared" } }),
    required: [workloadIdentity("web", {})],
  }),
  "a ServiceAccount that another XBucket has bound": says({ xr: xbucket(), required: [association("XBucket")] }),
  "a ServiceAccount that an identity has bound": says({ xr: xbucket(), required: [association("XWorkloadIdentity")] }),
  "a ServiceAccount that an XR of another kind has bound": says({ xr: xbucket(), required: [association("XApp")] }),
  "a ServiceAccount annotated with the role of another XBucket": says({
    xr: xbucket({ credentials: "IRSA" }),
    required: [account({ annotations: { "eks.amazonaws.com/role-arn": roleArn } }), role()],
  }),
  "a claim's XR without a claim": says({
    xr: { kind: "LegacyXBucket", metadata: { name: "receipts-x7k2p" }, spec: { region: "eu-west-1" } },
  }),
  "a tag that AWS refuses": refused({}, {}, { tags: { "aws:team": "core" } }),
  "a tag that differs from ours by its case alone": refused({}, {}, { tags: { "Trimtab.dev/Owner": "core" } }),
  "a boundary that is no policy": refused({}, {}, { permissionsBoundary: "boundary" }),
  "nothing is there yet": says({ xr: xbucket() }),
  "a bucket whose public access is not blocked yet": unsafe("publicAccess"),
  "a bucket that is not encrypted yet": unsafe("encryption"),
  "a bucket that others own objects of": unsafe("ownership"),
  "a bucket that is not versioned yet": unsafe("versioning"),
  "a bucket without its policy": unsafe("policy"),
  "a bucket to adopt that is not there yet": says({ xr: xbucket({}, { bucketName: "legacy-receipts" }) }),
  "a policy that is not attached yet": says({ xr: xbucket(), observed: seen({ policy: { status: ready } }) }),
  "an association that is not there yet": says({
    xr: xbucket({ createServiceAccount: true }),
    observed: seen({
      ...working.PodIdentity,
      podIdentity: { ...working.PodIdentity.podIdentity, association: {} },
    }),
  }),
  "a role that is not there yet": says({
    xr: xbucket({ credentials: "IRSA" }),
    observed: seen({ ...working.IRSA, irsa: { ...working.IRSA.irsa, role: {} } }),
  }),
  "an identity that is not there yet": says({ xr: xbucket({ identity: { name: "shared" } }) }),
  "an identity that does not work yet": says({
    xr: xbucket({ identity: { name: "shared" } }),
    required: [workloadIdentity("api", { role: { name: "new", arn: roleArn } })],
    observed: seen({ shared: { attachments: { new: { attachment: { status: ready } } } } }),
  }),
  "an identity with another role": says({
    xr: xbucket({ identity: { name: "shared" } }),
    required: [workloadIdentity("api", { role: { name: "new", arn: roleArn } })],
    observed: seen({ shared: { attachments: { old: { attachment: { status: ready } } } } }),
  }),
  "an identity whose other role no Pod gets yet": says({
    xr: xbucket({ identity: { name: "shared" } }),
    required: [workloadIdentity("api", { role: { name: "new", arn: roleArn } })],
    observed: seen({
      shared: { attachments: { old: { attachment: { status: ready } }, new: { attachment: { status: ready } } } },
    }),
  }),
  "a change to IRSA whose ServiceAccount names no role yet": says({
    xr: xbucket({ credentials: "IRSA" }),
    observed: seen({ ...working.PodIdentity, ...working.IRSA, secret: secret({ "role-arn": roleArn }) }),
    required: [account({})],
  }),
  "a key that is not there yet": says({
    xr: xbucket({ credentials: "AccessKey", accessKeys: ["1", "2"], createServiceAccount: true }),
    observed: seen(working.AccessKey),
  }),
  "a key that is taken away before the Secret is there": says({
    xr: xbucket({ credentials: "AccessKey", accessKeys: ["2"] }),
    observed: seen(working.AccessKey),
  }),
  "a key that is taken away while the Secret holds it": says({
    xr: xbucket({ credentials: "AccessKey", accessKeys: ["2"] }),
    observed: seen({ ...working.AccessKey, secret: secret({ "access-key-id": "AKIAFAKE1" }) }),
  }),
  "credentials that are changed": says({
    xr: xbucket({ credentials: "AccessKey" }),
    observed: seen({ ...working.PodIdentity, secret: secret({ "role-arn": roleArn }) }),
  }),
  "the developer's own ServiceAccount, by IRSA": says({
    xr: xbucket({ credentials: "IRSA" }),
    observed: seen(working.IRSA),
    required: [account({})],
  }),
  "a ServiceAccount that is about to be made": says({
    xr: xbucket({ credentials: "IRSA", createServiceAccount: true }),
    observed: seen(working.IRSA),
  }),
  "what an older version composed": says({
    xr: xbucket(),
    observed: seen({ ...working.PodIdentity, secret: secret({}) }),
    others: {
      "consumers/api/pod/role": { ...role(), metadata: { annotations: { "trimtab.dev/composed-by": "bucket" } } },
    },
  }),
  "what may not go before the bucket": [usageReason()],
};

/** A spec that the cluster may hold, though the XRD of today would not admit it. */
function refused(spec: object, consumer: object = {}, platform: object = {}): Said {
  const xr = withoutAdmission("XBucket", xbucket(consumer, spec));
  return saidBy(settle(bucket, { xr, input: { ...input, ...platform }, observed: {} }));
}

function says(
  given: Omit<
    Parameters<typeof run<(typeof bucket.composite)[0], typeof bucket.input, typeof bucket.composes>>[1],
    "input" | "xr"
  > & { readonly xr: object },
): Said {
  return saidBy(run(bucket, { ...given, input } as never));
}

function adopting(tags: Readonly<Record<string, string>>): Said {
  const spec = { managementPolicies: ["Observe"], forProvider: { region: "eu-west-1" } } as const;
  const status = { ...ready, atProvider: { arn: "arn:aws:s3:::legacy-receipts", tags } };
  return says({ xr: xbucket({}, { bucketName: "legacy-receipts" }), observed: { bucket: { spec, status } } });
}

function seen(api: object): never {
  return { ...safe, consumers: { api } } as never;
}

function unsafe(lacks: keyof typeof safe): Said {
  return says({ xr: xbucket(), observed: { ...safe, [lacks]: {}, consumers: { api: working.PodIdentity } } });
}

function cors(only: object): object {
  return { cors: [{ allowedOrigins: ["https://app.example.org"], allowedMethods: ["GET"], ...only }] };
}

function keyed(keyArn: string): object {
  return { encryption: { kms: { keyArn } } };
}

function rule(only: object): object {
  return { lifecycle: [only] };
}

function foreignSecret(metadata: object): Resource {
  return { apiVersion: "v1", kind: "Secret", metadata: { namespace: "payments", name: "receipts-api", ...metadata } };
}

function association(kind: string): Resource {
  return {
    apiVersion: "eks.aws.m.upbound.io/v1beta1",
    kind: "PodIdentityAssociation",
    metadata: { namespace: "payments", name: "invoices-1", ...controlledBy(kind, "invoices") },
    spec: { forProvider: { namespace: "payments", serviceAccount: "api", clusterName: "prod" } },
  } as Resource;
}

function role(): Resource {
  return {
    apiVersion: "iam.aws.m.upbound.io/v1beta1",
    kind: "Role",
    metadata: { namespace: "payments", name: "invoices-2", ...controlledBy("XBucket", "invoices") },
    spec: { forProvider: {} },
    status: { atProvider: { arn: roleArn } },
  } as Resource;
}

function usageReason(): string {
  const { desired } = run(bucket, { xr: xbucket({}, { deletion: { policy: "Delete" } }), input });
  return desired.usages.policy?.spec.reason ?? "";
}
