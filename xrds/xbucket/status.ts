import { list, object, string } from "trimtab/schema";

const binding = object({ name: string().describe("The name of the Secret.") });

export const status = object({
  bucket: object({
    name: string().describe("The bucket's name in S3."),
    arn: string().describe("The bucket's ARN."),
    region: string().describe("The bucket's region."),
    endpoint: string().describe("The URL of S3 for it."),
  })
    .optional()
    .describe("Where the bucket is."),
  consumers: list(
    object({
      serviceAccount: string().describe("The ServiceAccount."),
      roleArn: string().optional().describe("The role that its Pods use, once there is one."),
      binding: binding.describe("The Secret for this service."),
    }),
    { key: "serviceAccount", maxItems: 50 },
  )
    .optional()
    .describe("What each consumer got."),
  binding: binding
    .optional()
    .describe("Where there is one consumer, its Secret (servicebinding.io, Provisioned Service)."),
});
