import { defineFunction, fatal } from "trimtab";
import { kms, s3, v1 } from "trimtab/models";
import { list, object, string } from "trimtab/schema";
import { XArchive } from "./xarchive.js";

export const archive = defineFunction({
  name: "archive",
  composite: XArchive,
  // What the platform decides, in the Composition's step.
  input: object({ regions: list(string(), { minItems: 1 }) }),
  // What may exist, by composition resource name.
  composes: {
    bucket: s3.Bucket,
    key: kms.Key,
    encryption: s3.BucketServerSideEncryptionConfiguration,
    settings: v1.ConfigMap,
  },

  compose({ xr, input, composed }) {
    const { region, ownKey } = xr.spec;
    if (!input.regions.includes(region)) {
      fatal(`spec.region ${region} is not offered here: choose ${input.regions.join(" or ")}`);
    }
    return {
      resources: {
        bucket: s3.Bucket({ spec: { forProvider: { region } } }),
        // null: must not be there. A key that is left out does not compile.
        key: ownKey ? kms.Key({ spec: { forProvider: { region, enableKeyRotation: true } } }) : null,
        encryption: ownKey
          ? s3.BucketServerSideEncryptionConfiguration({
              spec: {
                forProvider: {
                  region,
                  // A reference, known before either of the two exists.
                  bucketRef: composed.bucket,
                  rule: [
                    {
                      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyIdRef: composed.key },
                    },
                  ],
                },
              },
            })
          : null,
        // An arrow sees what is observed. Until the ARN is known it waits, and the XR is not ready.
        settings: ({ observed, need }) =>
          v1.ConfigMap({ data: { arn: need(observed.bucket.status?.atProvider?.arn, "the bucket's ARN") } }),
      },
      status: ({ observed }) => ({ bucketArn: observed.bucket.status?.atProvider?.arn }),
    };
  },
});
