import { defineFunction } from "trimtab";
import { iam, s3, v1 } from "trimtab/models";
import { drafts } from "./drafts.mjs";
import { XArchive } from "./xr.mjs";

/** The eight objects, in our API. */
export const archive = defineFunction({
  name: "archive",
  composite: XArchive,
  composes: {
    bucket: s3.Bucket,
    "public-access": s3.BucketPublicAccessBlock,
    versioning: s3.BucketVersioning,
    encryption: s3.BucketServerSideEncryptionConfiguration,
    role: iam.Role,
    policy: iam.Policy,
    attachment: iam.RolePolicyAttachment,
    secret: v1.Secret,
  },
  compose({ xr }) {
    const made = drafts(xr);
    return {
      resources: {
        bucket: s3.Bucket(made.bucket),
        "public-access": s3.BucketPublicAccessBlock(made["public-access"]),
        versioning: s3.BucketVersioning(made.versioning),
        encryption: s3.BucketServerSideEncryptionConfiguration(made.encryption),
        role: iam.Role(made.role),
        policy: iam.Policy(made.policy),
        attachment: iam.RolePolicyAttachment(made.attachment),
        secret: v1.Secret(made.secret),
      },
    };
  },
});
