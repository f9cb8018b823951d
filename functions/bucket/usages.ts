import { type AnyKind, type Composed, type Composite, type Tree } from "trimtab";
import { protection, s3 } from "trimtab/models";
import { type XBucket } from "../../xrds/xbucket.js";
import { featureKinds } from "./features.js";
import { safetyKinds } from "./storage.js";

const { Usage } = protection;

/** What secures a bucket. */
const securing = { ...safetyKinds, objectLock: featureKinds.objectLock };

/** So that the bucket goes before what secures it. */
export const usageKinds = {
  publicAccess: Usage,
  encryption: Usage,
  ownership: Usage,
  versioning: Usage,
  policy: Usage,
  objectLock: Usage,
};

/**
 * A deletion that fails, since the bucket is not empty, must not have stripped it of its policy first. What stays anyway
 * needs no order.
 */
export function usages(
  { spec }: Composite<typeof XBucket>,
  composed: Composed<{ readonly bucket: typeof s3.Bucket } & typeof securing>,
): Tree<typeof usageKinds, unknown> | null {
  if (spec.deletion.policy !== "Delete") return null;
  const named = ({ apiVersion, kind }: AnyKind, { name }: { readonly name: string }) => ({
    apiVersion,
    kind,
    resourceRef: { name },
  });
  const inUse = (of: keyof typeof securing) =>
    Usage({
      spec: {
        of: named(securing[of], composed[of]),
        by: named(s3.Bucket, composed.bucket),
        reason: "The bucket goes before what secures it.",
        replayDeletion: true,
      },
    });
  return {
    publicAccess: inUse("publicAccess"),
    encryption: inUse("encryption"),
    ownership: inUse("ownership"),
    versioning: inUse("versioning"),
    policy: inUse("policy"),
    objectLock: spec.objectLock ? inUse("objectLock") : null,
  };
}
