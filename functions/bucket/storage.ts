import {
  type Composed,
  type Composite,
  type Desired,
  fatal,
  type ManagementPolicy,
  type ObservedResource,
  omit,
  type Tree,
} from "trimtab";
import { bucketPolicy, policyDocument } from "trimtab/aws";
import { s3 } from "trimtab/models";
import { type XBucket } from "../../xrds/xbucket.js";
import { externalName } from "../platform/external-name.js";
import { type Make } from "../platform/make.js";
import { isOurs, tagsOfOthers } from "./adoption.js";
import { type Place } from "./place.js";

/** What makes a bucket safe. */
export const safetyKinds = {
  publicAccess: s3.BucketPublicAccessBlock,
  encryption: s3.BucketServerSideEncryptionConfiguration,
  ownership: s3.BucketOwnershipControls,
  versioning: s3.BucketVersioning,
  policy: s3.BucketPolicy,
};

/** All but Delete: whatever becomes of the XR, the bucket keeps its data and what protects it. */
const retain: readonly ManagementPolicy[] = ["Observe", "Create", "Update", "LateInitialize"];

/** How what belongs to the bucket is made: it goes with the XBucket, or stays. */
export function keptAs({ policy }: Composite<typeof XBucket>["spec"]["deletion"], { aws }: Make): Make["aws"] {
  return policy === "Delete" ? aws : aws.with({ managementPolicies: retain });
}

/** The bucket itself; one that is not ours yet is only looked at. */
export function theBucket(
  xr: Composite<typeof XBucket>,
  place: Place,
  make: Make,
  observed: ObservedResource<s3.Bucket>,
): Desired<s3.Bucket> {
  const { region, name } = place;
  const { deletion, objectLock, bucketName } = xr.spec;
  refuseRenamed(name, observed);
  const named = { externalName: name };
  if (!isOurs(xr, place, observed))
    return make.aws.with({ managementPolicies: ["Observe"] })(s3.Bucket, { region }, named);
  const parameters = {
    region,
    forceDestroy: deletion.force,
    objectLockEnabled: objectLock ? true : omit,
    tags: { ...(bucketName !== undefined && tagsOfOthers(observed)), ...make.tags },
  };
  return keptAs(deletion, make)(s3.Bucket, parameters, named);
}

/** Refuses a name other than the bucket's own: the provider would make another bucket, and let go of this one. */
function refuseRenamed(name: string, { object }: ObservedResource<s3.Bucket>): void {
  const is = externalName(object);
  if (!is || is === name) return;
  fatal(
    `input.namePrefix or input.cluster.arn: the bucket is called ${is}, and would be replaced by ${name}: write what was there before`,
  );
}

export function safety(
  { spec }: Composite<typeof XBucket>,
  place: Place,
  composed: Composed<{ readonly bucket: typeof s3.Bucket }>,
  make: Make,
): Tree<typeof safetyKinds, unknown> {
  const kept = keptAs(spec.deletion, make);
  const inBucket = { region: place.region, bucketRef: composed.bucket };
  const { kms } = spec.encryption;
  const sseAlgorithm = kms ? "aws:kms" : "AES256";
  return {
    publicAccess: kept(s3.BucketPublicAccessBlock, {
      ...inBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
      // Deleting the bucket takes it away; before that nothing may.
      skipDestroy: true,
    }),
    encryption: kept(s3.BucketServerSideEncryptionConfiguration, {
      ...inBucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: kms?.keyArn ?? omit },
          bucketKeyEnabled: kms !== undefined,
          // AWS answers with a value of its own where none is given, and the provider would update for ever.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    }),
    ownership: kept(s3.BucketOwnershipControls, { ...inBucket, rule: { objectOwnership: "BucketOwnerEnforced" } }),
    versioning: kept(s3.BucketVersioning, {
      ...inBucket,
      versioningConfiguration: { status: spec.versioning ? "Enabled" : "Suspended" },
    }),
    policy: kept(s3.BucketPolicy, {
      ...inBucket,
      policy: policyDocument(bucketPolicy({ bucketArn: place.arn, encryption: sseAlgorithm }), "bucket"),
    }),
  };
}
