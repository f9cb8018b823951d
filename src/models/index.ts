export * as aws from "./aws/aws.js";
export * as eks from "./aws/eks.js";
export * as iam from "./aws/iam.js";
export * as kms from "./aws/kms.js";
export * as s3 from "./aws/s3.js";
export * as v1 from "./core.js";
export * as protection from "./protection.js";
