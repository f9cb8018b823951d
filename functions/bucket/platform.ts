import { list, type Out, object, oneOf, string } from "trimtab/schema";
import { commonPlatform } from "../platform/platform.js";

const credentialKind = oneOf("PodIdentity", "IRSA", "AccessKey");

/** What the platform decides and no developer may: input of the Composition's step. */
export const Platform = object({
  ...commonPlatform,
  regions: list(string({ maxLength: 32 }), { minItems: 1, maxItems: 100 }).describe(
    "The regions that developers may choose.",
  ),
  credentials: object({
    default: credentialKind.default("PodIdentity").describe("What a consumer gets that does not choose."),
    allowed: list(credentialKind, { set: true, minItems: 1, maxItems: 3 })
      .default(["PodIdentity"])
      .describe("What a consumer may choose."),
  })
    .default({})
    .describe("How services prove who they are."),
  adoptable: list(string({ minLength: 1, maxLength: 63, pattern: /^[a-z0-9*-]+$/ }), { maxItems: 100 })
    .default([])
    .describe("Names of buckets that may be adopted; a * stands for any characters."),
  keyAccounts: list(string({ pattern: /^[0-9]{12}$/ }), { maxItems: 20 })
    .default([])
    .describe("Accounts beside the cluster's whose KMS keys developers may name."),
  endpoint: string({ maxLength: 512, pattern: /^https?:\/\// })
    .optional()
    .describe("The URL of an emulator of S3. Left out: AWS."),
});

export type Platform = Out<typeof Platform>;
