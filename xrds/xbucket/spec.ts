import { boolean, list, object, string } from "trimtab/schema";
import { consumer } from "./consumer.js";
import { corsRule, deletion, logging, objectLock } from "./features.js";
import { lifecycleRule } from "./lifecycle.js";

const keyArn = string({ maxLength: 2048, pattern: /^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key\/[A-Za-z0-9-]+$/ });

export const spec = object({
  region: string({ maxLength: 32, pattern: /^[a-z]{2,5}(-[a-z]+)+-[0-9]$/ })
    .immutable()
    .describe("The AWS region of the bucket, such as eu-west-1. Cannot be changed."),
  consumers: list(consumer, { key: "serviceAccount", maxItems: 50 })
    .default([])
    .describe("The services that use the bucket. Each one gets an identity and a Secret of its own."),
  bucketName: string({ minLength: 3, maxLength: 63, pattern: /^[a-z0-9][a-z0-9-]+[a-z0-9]$/ })
    .optional()
    .describe(
      "Adopt this bucket, which exists. The platform must allow the name, and the bucket's tags trimtab.dev/owner and trimtab.dev/cluster name this XBucket.",
    ),
  versioning: boolean().default(true).describe("Whether the bucket keeps old versions of objects."),
  encryption: object({
    kms: object({ keyArn: keyArn.describe("The ARN of the KMS key, which is in the bucket's region.") })
      .optional()
      .describe("Encrypt with a KMS key. Left out: S3 encrypts with keys of its own."),
  })
    .rule(
      "!has(oldSelf.kms) || (has(self.kms) && self.kms.keyArn == oldSelf.kms.keyArn)",
      "a KMS key cannot be changed or taken away: nobody could read what is encrypted with it",
    )
    .default({})
    .describe("How objects are encrypted at rest."),
  lifecycle: list(lifecycleRule, { key: ["prefix", "name"], maxItems: 50 })
    .default([])
    .describe("What becomes of objects in time."),
  cors: list(corsRule, { maxItems: 20 }).default([]).describe("Which web pages may use the bucket from a browser."),
  logging: logging.optional().describe("Where S3 writes who did what with the bucket. Left out: nowhere."),
  objectLock: objectLock
    .optional()
    .describe("Keep objects from being deleted or written over. Cannot be added or taken away."),
  deletion: deletion.default({}).describe("What becomes of the bucket when the XBucket is deleted."),
})
  .rule(
    "has(self.bucketName) == has(oldSelf.bucketName) && (!has(self.bucketName) || self.bucketName == oldSelf.bucketName)",
    "bucketName cannot be changed",
  )
  .rule("has(self.objectLock) == has(oldSelf.objectLock)", "objectLock cannot be added or taken away")
  .rule("!has(self.objectLock) || self.versioning", "objectLock needs versioning")
  .rule("!has(self.objectLock) || !has(self.bucketName)", "objectLock is for new buckets: leave bucketName out")
  .describe("What the bucket is like, and who uses it.");
