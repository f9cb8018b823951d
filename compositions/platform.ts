import { type In } from "trimtab/schema";
import { type Platform as BucketPlatform } from "../functions/bucket/platform.js";
import { type Platform as IdentityPlatform } from "../functions/identity/platform.js";

/** What a platform team changes before it installs this: its cluster, its regions, its tags, what developers may choose. */
const common = {
  cluster: {
    arn: "arn:aws:eks:eu-west-1:123456789012:cluster/prod",
    issuer: "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
  },
  tags: { "managed-by": "trimtab" },
};

export const bucketPlatform: In<typeof BucketPlatform> = {
  ...common,
  regions: ["eu-west-1", "eu-central-1"],
  credentials: { default: "PodIdentity", allowed: ["PodIdentity", "IRSA", "AccessKey"] },
  adoptable: ["legacy-*"],
};

export const identityPlatform: In<typeof IdentityPlatform> = {
  ...common,
  credentials: { default: "PodIdentity", allowed: ["PodIdentity", "IRSA"] },
};

/** Where it publishes each function, and what Crossplane calls a dependency that it installs from there. */
export const functionBucket = {
  package: "registry.example.org/trimtab/function-bucket",
  installedAs: "trimtab-function-bucket",
};

export const functionIdentity = {
  package: "registry.example.org/trimtab/function-identity",
  installedAs: "trimtab-function-identity",
};
