import { type Composed, type Composite, omit, type Tree } from "trimtab";
import { s3 } from "trimtab/models";
import { type XBucket } from "../../xrds/xbucket.js";
import { type Make } from "../platform/make.js";
import { lifecycleRule } from "./lifecycle.js";
import { type Place } from "./place.js";
import { keptAs } from "./storage.js";

/** What a bucket may have beside. */
export const featureKinds = {
  lifecycle: s3.BucketLifecycleConfiguration,
  cors: s3.BucketCorsConfiguration,
  logging: s3.BucketLogging,
  objectLock: s3.BucketObjectLockConfiguration,
};

export function features(
  { spec }: Composite<typeof XBucket>,
  { region }: Place,
  composed: Composed<{ readonly bucket: typeof s3.Bucket }>,
  make: Make,
): Tree<typeof featureKinds, unknown> {
  const { lifecycle, cors, logging, objectLock } = spec;
  const inBucket = { region, bucketRef: composed.bucket };
  // A bucket that stays must not lose its lock; what is not there any more must not go on deleting objects.
  const { aws } = make;
  return {
    lifecycle:
      lifecycle.length > 0
        ? aws(s3.BucketLifecycleConfiguration, { ...inBucket, rule: lifecycle.map(lifecycleRule) })
        : null,
    cors:
      cors.length > 0
        ? aws(s3.BucketCorsConfiguration, {
            ...inBucket,
            corsRule: cors.map(({ allowedHeaders, exposeHeaders, maxAgeSeconds, ...rule }) => ({
              ...rule,
              allowedHeaders: allowedHeaders ?? omit,
              exposeHeaders: exposeHeaders ?? omit,
              maxAgeSeconds: maxAgeSeconds ?? omit,
            })),
          })
        : null,
    logging: logging ? aws(s3.BucketLogging, { ...inBucket, ...logging }) : null,
    objectLock: objectLock
      ? keptAs(spec.deletion, make)(s3.BucketObjectLockConfiguration, {
          ...inBucket,
          objectLockEnabled: "Enabled",
          rule: { defaultRetention: objectLock },
        })
      : null,
  };
}
