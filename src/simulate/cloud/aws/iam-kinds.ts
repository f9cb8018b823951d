const apiVersion = "iam.aws.m.upbound.io/v1beta1";

export const ROLE = { apiVersion, kind: "Role" } as const;
export const POLICY = { apiVersion, kind: "Policy" } as const;
export const USER = { apiVersion, kind: "User" } as const;
export const ROLE_POLICY = { apiVersion, kind: "RolePolicy" } as const;
export const ROLE_ATTACHMENT = { apiVersion, kind: "RolePolicyAttachment" } as const;
export const USER_ATTACHMENT = { apiVersion, kind: "UserPolicyAttachment" } as const;
export const ACCESS_KEY = { apiVersion, kind: "AccessKey" } as const;
export const OIDC_PROVIDER = { apiVersion, kind: "OpenIDConnectProvider" } as const;
