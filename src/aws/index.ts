export { type Arn, type ArnParts, accountProblem, bucketArn, bucketArnProblem, formatArn, parseArn } from "./arn.js";
export { type AccessMode, type BucketAccess, type BucketKey, bucketAccess, isAccessMode } from "./bucket-access.js";
export { bucketNameLimit, bucketNameProblem } from "./bucket-name.js";
export { type BucketPolicy, bucketPolicy } from "./bucket-policy.js";
export { type IamEntity, iamNameLimits, iamNameProblem } from "./iam-name.js";
export { keyArnProblem } from "./key-arn.js";
export { lintNames, type PolicyNames } from "./lint-names.js";
export { lintPolicy, type PolicyFinding, type PolicyRule } from "./lint-policy.js";
export type { MeantPolicy } from "./meant-policy.js";
export { dnsSuffixes, isPartition, type Partition, partitionOf, regionProblem, s3Endpoint } from "./partition.js";
export {
  type Condition,
  type OneOrMore,
  type PolicyUse,
  type Principal,
  policyDocument,
  type Statement,
} from "./policy.js";
export { prefixLimit, prefixProblem } from "./prefix.js";
export { type IrsaTrust, irsaTrust, type PodIdentityTrust, podIdentityTrust, type Workload } from "./trust.js";
export { type UniqueName, uniqueName } from "./unique-name.js";
