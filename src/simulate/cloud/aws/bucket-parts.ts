import { textAt } from "../../../render/unstructured.js";
import { type Reference, type StandIn, type Wanted } from "../stand-in.js";
import { BUCKET, BUCKET_OBJECT } from "./bucket.js";
import { ROLE } from "./iam-kinds.js";
import { KEY } from "./kms.js";

const ARN = ["status", "atProvider", "arn"];

const ofBucket: Reference = { ...BUCKET, field: "bucket" };

/**
 * What is set of a bucket. A bucket has each of them once, whoever sets it, so it is known by the bucket's name; it goes with
 * the bucket.
 */
const parts: readonly Pick<StandIn, "kind" | "references">[] = [
  { kind: "BucketACL" },
  { kind: "BucketAbac" },
  { kind: "BucketAccelerateConfiguration" },
  { kind: "BucketCorsConfiguration" },
  { kind: "BucketLifecycleConfiguration" },
  { kind: "BucketLogging", references: { targetBucketRef: { ...BUCKET, field: "targetBucket" } } },
  { kind: "BucketNotification" },
  { kind: "BucketObjectLockConfiguration" },
  { kind: "BucketOwnershipControls" },
  { kind: "BucketPolicy" },
  { kind: "BucketPublicAccessBlock" },
  {
    kind: "BucketReplicationConfiguration",
    references: {
      roleRef: { ...ROLE, field: "role", from: ARN },
      "rule.destination.bucketRef": { ...BUCKET, field: "bucket", from: ARN },
      replicaKmsKeyIdRef: { ...KEY, field: "replicaKmsKeyId", from: ARN },
    },
  },
  { kind: "BucketRequestPaymentConfiguration" },
  {
    kind: "BucketServerSideEncryptionConfiguration",
    references: { kmsMasterKeyIdRef: { ...KEY, field: "kmsMasterKeyId", from: ARN } },
  },
  { kind: "BucketVersioning" },
  { kind: "BucketWebsiteConfiguration" },
];

/** What a bucket may have several of, each with a name, or a key, of its own. */
const namedParts: readonly (Pick<StandIn, "kind" | "references"> & { readonly by: string })[] = [
  { kind: "BucketAnalyticsConfiguration", by: "name", references: { bucketArnRef: arnOfBucket() } },
  { kind: "BucketIntelligentTieringConfiguration", by: "name" },
  { kind: "BucketInventory", by: "name", references: { bucketArnRef: arnOfBucket() } },
  { kind: "BucketMetric", by: "name" },
  {
    kind: BUCKET_OBJECT.kind,
    by: "key",
    references: { kmsKeyIdRef: { ...KEY, field: "kmsKeyId", from: ARN } },
  },
];

export const bucketParts: readonly StandIn[] = [
  ...parts.map((part) => partOfBucket(part, bucketOf)),
  ...namedParts.map(({ by, ...part }) =>
    partOfBucket(part, (wanted) => `${bucketOf(wanted)}:${textAt(wanted.parameters, [by]) || wanted.name}`),
  ),
];

function arnOfBucket(): Reference {
  return { ...BUCKET, field: "bucketArn", from: ARN };
}

function bucketOf({ parameters }: Wanted): string {
  return textAt(parameters, ["bucket"]);
}

function partOfBucket(
  { kind, references }: Pick<StandIn, "kind" | "references">,
  externalName: (wanted: Wanted) => string,
): StandIn {
  return {
    apiVersion: BUCKET.apiVersion,
    kind,
    isNamedByCloud: true,
    externalName,
    immutable: ["bucket", "region"],
    references: { bucketRef: ofBucket, ...references },
    partOf: (wanted) => ({ ...BUCKET, name: bucketOf(wanted) }),
    refuseCreate: (wanted, cloud) =>
      cloud.find(BUCKET, bucketOf(wanted)) ? undefined : "NoSuchBucket: The specified bucket does not exist",
    leaves: ({ parameters }) => parameters["skipDestroy"] === true,
  };
}
