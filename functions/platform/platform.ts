import { map, type Out, object, string } from "trimtab/schema";

/** The cluster in which the services run. */
export const clusterSchema = object({
  arn: string({ maxLength: 2048, pattern: /^arn:[a-z-]+:eks:[a-z0-9-]+:[0-9]{12}:cluster\/[A-Za-z0-9_-]+$/ }).describe(
    "The ARN of the EKS cluster in which the services run. Buckets and roles belong to its account.",
  ),
  issuer: string({ maxLength: 255, pattern: /^[a-z0-9.-]+(\/[A-Za-z0-9._~-]+)*$/ })
    .optional()
    .describe("The cluster's OIDC issuer, without https://. IRSA needs it."),
});

/** What the platform decides for every function alike: fields of the input of a Composition's step. */
export const commonPlatform = {
  cluster: clusterSchema,
  providerConfig: string({ minLength: 1, maxLength: 253 })
    .default("default")
    .describe("The ClusterProviderConfig with which the AWS provider works."),
  namePrefix: string({ maxLength: 20, pattern: /^[a-z0-9-]*$/ })
    .default("")
    .describe("The beginning of every name in AWS."),
  permissionsBoundary: string({ maxLength: 2048 })
    .optional()
    .describe("The ARN of the permissions boundary of every role and user."),
  tags: map(string({ maxLength: 256 }), { maxProperties: 40 })
    .default({})
    .describe("Tags of everything that can have them."),
};

export type CommonPlatform = Out<ReturnType<typeof object<typeof commonPlatform>>>;
