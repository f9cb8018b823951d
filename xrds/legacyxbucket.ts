import { legacy } from "trimtab/schema";
import { XBucket } from "./xbucket.js";

/** The same API for teams that still use claims: `XBucketClaim`, and the cluster-scoped XR that Crossplane makes of it. */
export const LegacyXBucket = legacy(XBucket, {
  kind: "LegacyXBucket",
  claim: { kind: "XBucketClaim" },
  connectionKeys: [
    "BUCKET_NAME",
    "BUCKET_PREFIX",
    "AWS_REGION",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "type",
    "provider",
    "bucket",
    "region",
    "endpoint",
    "uri",
    "prefix",
    "role-arn",
    "access-key-id",
    "secret-access-key",
  ],
});
