import { bucketArn, bucketNameProblem, dnsSuffixes, partitionOf, regionProblem } from "../../../aws/index.js";
import { textAt } from "../../../render/unstructured.js";
import { type JsonObject } from "../../../wire/index.js";
import { madeUp } from "../made-up.js";
import { type CloudView, type External, type StandIn, type Wanted } from "../stand-in.js";
import { regionOf } from "./aws-options.js";
import { tagged, tagsOf } from "./tags.js";

export const BUCKET = { apiVersion: "s3.aws.m.upbound.io/v1beta1", kind: "Bucket" } as const;
export const BUCKET_OBJECT = { apiVersion: "s3.aws.m.upbound.io/v1beta1", kind: "BucketObject" } as const;

/** A bucket, which is not deleted while there is something in it, unless `forceDestroy` says so. */
export const bucket: StandIn = {
  ...BUCKET,
  ...tagged,
  immutable: ["region", "objectLockEnabled"],
  observe,
  connection: (external) => ({ id: external.name, arn: arnOfBucket(external), region: regionOf(external) }),
  refuseCreate,
  taken: () => "BucketAlreadyExists: the requested bucket name is not available: all accounts share one namespace",
  refuseDelete: (external, cloud) =>
    external.parameters["forceDestroy"] === true || countOf(external, cloud) === 0
      ? undefined
      : "BucketNotEmpty: The bucket you tried to delete is not empty",
};

function observe(external: External): JsonObject {
  const { name, parameters } = external;
  const region = regionOf(external);
  const domain = dnsSuffixes[partitionOf(region)];
  return {
    ...parameters,
    ...tagsOf(external),
    id: name,
    arn: arnOfBucket(external),
    bucketDomainName: `${name}.s3.${domain}`,
    bucketRegionalDomainName: `${name}.s3.${region}.${domain}`,
    hostedZoneId: `Z${madeUp(["zone", region], 13)}`,
  };
}

function refuseCreate(wanted: Wanted): string | undefined {
  const region = regionProblem(regionOf(wanted));
  if (region) return `InvalidLocationConstraint: region ${region}`;
  const name = bucketNameProblem(wanted.name);
  return name && `InvalidBucketName: ${name}`;
}

function arnOfBucket(external: External): string {
  return bucketArn(partitionOf(regionOf(external)), external.name);
}

const bucketOf = ({ parameters }: Wanted) => textAt(parameters, ["bucket"]);

/** How many objects are in a bucket: what the cluster has put there, and what others have. */
function countOf({ name, holds }: External, cloud: CloudView): number {
  const own = cloud.list(BUCKET_OBJECT, { by: bucketOf, is: name });
  return holds + own.length;
}
