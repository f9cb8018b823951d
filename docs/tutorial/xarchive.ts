import { boolean, defineXRD, object, string } from "trimtab/schema";

export const XArchive = defineXRD({
  group: "platform.example.org",
  version: "v1alpha1",
  kind: "XArchive",
  description: "A bucket for records that nobody changes.",
  spec: object({
    region: string({ maxLength: 32 }).immutable().describe("The AWS region. Cannot be changed."),
    ownKey: boolean().default(false).describe("Whether the archive is encrypted with a KMS key of its own."),
  }),
  status: object({
    bucketArn: string().optional(),
  }),
});
