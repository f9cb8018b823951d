import { boolean, integer, list, object, oneOf, string } from "trimtab/schema";

/** Which web pages may use the bucket from a browser. */
export const corsRule = object({
  allowedOrigins: list(string({ minLength: 1, maxLength: 253 }), { minItems: 1, maxItems: 20 }).describe(
    "Such as https://app.example.org; one * is allowed in each.",
  ),
  allowedMethods: list(oneOf("GET", "PUT", "POST", "DELETE", "HEAD"), { set: true, minItems: 1, maxItems: 5 }),
  allowedHeaders: list(string({ maxLength: 128 }), { maxItems: 20 }).optional(),
  exposeHeaders: list(string({ maxLength: 128 }), { maxItems: 20 }).optional(),
  maxAgeSeconds: integer({ minimum: 0, maximum: 86_400 })
    .optional()
    .describe("How long a browser may remember the answer."),
});

/** Where S3 writes who did what with the bucket. */
export const logging = object({
  targetBucket: string({ minLength: 3, maxLength: 63, pattern: /^[a-z0-9][a-z0-9-]+[a-z0-9]$/ }).describe(
    "The name of another bucket, whose policy lets S3 deliver logs.",
  ),
  targetPrefix: string({ maxLength: 512 }).default("").describe("What the keys of logs begin with."),
});

/** Keeps objects from being deleted or written over for a time. Only a new bucket can have it. */
export const objectLock = object({
  mode: oneOf("GOVERNANCE", "COMPLIANCE").describe(
    "Whether somebody with the right to may undo it (GOVERNANCE), or nobody.",
  ),
  days: integer({ minimum: 1, maximum: 36_500 }).describe("How long each new version is kept."),
});

/** What becomes of the bucket with its XBucket. */
export const deletion = object({
  policy: oneOf("Retain", "Delete")
    .default("Retain")
    .describe("Retain keeps the bucket, its data and what protects them."),
  force: boolean().default(false).describe("Delete all objects first. Without it a bucket that is not empty stays."),
}).rule("!self.force || self.policy == 'Delete'", "force needs policy: Delete");
