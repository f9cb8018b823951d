import { type StandIn } from "../stand-in.js";
import { accessKey } from "./access-key.js";
import { attachments } from "./attachments.js";
import { type AwsOptions } from "./aws-options.js";
import { bucket } from "./bucket.js";
import { bucketParts } from "./bucket-parts.js";
import { podIdentityAssociation } from "./eks.js";
import { iamEntities } from "./iam.js";
import { kms } from "./kms.js";

export type { AwsOptions } from "./aws-options.js";

/** What AWS, and Upbound's provider for it, do with the kinds of the namespaced groups that Trimtab has models of. */
export function awsStandIns(options: AwsOptions = {}): readonly StandIn[] {
  return [
    bucket,
    ...bucketParts,
    ...iamEntities(options),
    ...attachments(options),
    accessKey,
    podIdentityAssociation(options),
    ...kms(options),
  ];
}
