// Generated from the CRDs of iam.aws.m.upbound.io, provider-upjet-aws v2.6.0. Do not edit.
import { kind } from "../../resource/kind.js";
import { type Managed } from "../../resource/managed.js";
import { type Ref, type Selector } from "../../resource/ref.js";

export interface AccessKey extends Managed<"iam.aws.m.upbound.io/v1beta1", "AccessKey", {
  readonly pgpKey?: string;
  readonly status?: string;
  readonly user?: string;
  readonly userRef?: Ref<"iam.User">;
  readonly userSelector?: Selector;
}, {
  readonly createDate?: string;
  readonly encryptedSecret?: string;
  readonly encryptedSesSmtpPasswordV4?: string;
  readonly id?: string;
  readonly keyFingerprint?: string;
  readonly pgpKey?: string;
  readonly status?: string;
  readonly user?: string;
}> {}
export const AccessKey = kind<AccessKey>("iam.aws.m.upbound.io/v1beta1", "AccessKey");

export interface OpenIDConnectProvider extends Managed<"iam.aws.m.upbound.io/v1beta1", "OpenIDConnectProvider", {
  readonly clientIdList: readonly string[];
  readonly tags?: { readonly [key: string]: string };
  readonly thumbprintList?: readonly string[];
  readonly url: string;
}, {
  readonly arn?: string;
  readonly clientIdList?: readonly string[];
  readonly id?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly tagsAll?: { readonly [key: string]: string };
  readonly thumbprintList?: readonly string[];
  readonly url?: string;
}> {}
export const OpenIDConnectProvider = kind<OpenIDConnectProvider>("iam.aws.m.upbound.io/v1beta1", "OpenIDConnectProvider");

export interface Policy extends Managed<"iam.aws.m.upbound.io/v1beta1", "Policy", {
  readonly delayAfterPolicyCreationInMs?: number;
  readonly description?: string;
  readonly path?: string;
  readonly policy: string;
  readonly tags?: { readonly [key: string]: string };
}, {
  readonly arn?: string;
  readonly attachmentCount?: number;
  readonly delayAfterPolicyCreationInMs?: number;
  readonly description?: string;
  readonly id?: string;
  readonly path?: string;
  readonly policy?: string;
  readonly policyId?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly tagsAll?: { readonly [key: string]: string };
}> {}
export const Policy = kind<Policy>("iam.aws.m.upbound.io/v1beta1", "Policy");

export interface Role extends Managed<"iam.aws.m.upbound.io/v1beta1", "Role", {
  readonly assumeRolePolicy: string;
  readonly description?: string;
  readonly forceDetachPolicies?: boolean;
  readonly inlinePolicy?: readonly {
    readonly name?: string;
    readonly policy?: string;
  }[];
  readonly managedPolicyArns?: readonly string[];
  readonly managedPolicyArnsRefs?: readonly Ref<"iam.Policy">[];
  readonly managedPolicyArnsSelector?: Selector;
  readonly maxSessionDuration?: number;
  readonly path?: string;
  readonly permissionsBoundary?: string;
  readonly tags?: { readonly [key: string]: string };
}, {
  readonly arn?: string;
  readonly assumeRolePolicy?: string;
  readonly createDate?: string;
  readonly description?: string;
  readonly forceDetachPolicies?: boolean;
  readonly id?: string;
  readonly inlinePolicy?: readonly {
    readonly name?: string;
    readonly policy?: string;
  }[];
  readonly managedPolicyArns?: readonly string[];
  readonly maxSessionDuration?: number;
  readonly path?: string;
  readonly permissionsBoundary?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly tagsAll?: { readonly [key: string]: string };
  readonly uniqueId?: string;
}> {}
export const Role = kind<Role>("iam.aws.m.upbound.io/v1beta1", "Role");

export interface RolePolicy extends Managed<"iam.aws.m.upbound.io/v1beta1", "RolePolicy", {
  readonly policy: string;
  readonly role?: string;
  readonly roleRef?: Ref<"iam.Role">;
  readonly roleSelector?: Selector;
}, {
  readonly id?: string;
  readonly policy?: string;
  readonly role?: string;
}> {}
export const RolePolicy = kind<RolePolicy>("iam.aws.m.upbound.io/v1beta1", "RolePolicy");

export interface RolePolicyAttachment extends Managed<"iam.aws.m.upbound.io/v1beta1", "RolePolicyAttachment", {
  readonly policyArn?: string;
  readonly policyArnRef?: Ref<"iam.Policy">;
  readonly policyArnSelector?: Selector;
  readonly role?: string;
  readonly roleRef?: Ref<"iam.Role">;
  readonly roleSelector?: Selector;
}, {
  readonly id?: string;
  readonly policyArn?: string;
  readonly role?: string;
}> {}
export const RolePolicyAttachment = kind<RolePolicyAttachment>("iam.aws.m.upbound.io/v1beta1", "RolePolicyAttachment");

export interface User extends Managed<"iam.aws.m.upbound.io/v1beta1", "User", {
  readonly forceDestroy?: boolean;
  readonly path?: string;
  readonly permissionsBoundary?: string;
  readonly tags?: { readonly [key: string]: string };
}, {
  readonly arn?: string;
  readonly forceDestroy?: boolean;
  readonly id?: string;
  readonly path?: string;
  readonly permissionsBoundary?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly tagsAll?: { readonly [key: string]: string };
  readonly uniqueId?: string;
}> {}
export const User = kind<User>("iam.aws.m.upbound.io/v1beta1", "User");

export interface UserPolicyAttachment extends Managed<"iam.aws.m.upbound.io/v1beta1", "UserPolicyAttachment", {
  readonly policyArn?: string;
  readonly policyArnRef?: Ref<"iam.Policy">;
  readonly policyArnSelector?: Selector;
  readonly user?: string;
  readonly userRef?: Ref<"iam.User">;
  readonly userSelector?: Selector;
}, {
  readonly id?: string;
  readonly policyArn?: string;
  readonly user?: string;
}> {}
export const UserPolicyAttachment = kind<UserPolicyAttachment>("iam.aws.m.upbound.io/v1beta1", "UserPolicyAttachment");
