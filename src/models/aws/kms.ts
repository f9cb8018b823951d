// Generated from the CRDs of kms.aws.m.upbound.io, provider-upjet-aws v2.6.0. Do not edit.
import { kind } from "../../resource/kind.js";
import { type Managed } from "../../resource/managed.js";
import { type Ref, type Selector } from "../../resource/ref.js";

export interface Alias extends Managed<"kms.aws.m.upbound.io/v1beta1", "Alias", {
  readonly region: string;
  readonly targetKeyId?: string;
  readonly targetKeyIdRef?: Ref<"kms.Key">;
  readonly targetKeyIdSelector?: Selector;
}, {
  readonly arn?: string;
  readonly id?: string;
  readonly region?: string;
  readonly targetKeyArn?: string;
  readonly targetKeyId?: string;
}> {}
export const Alias = kind<Alias>("kms.aws.m.upbound.io/v1beta1", "Alias");

export interface Key extends Managed<"kms.aws.m.upbound.io/v1beta1", "Key", {
  readonly bypassPolicyLockoutSafetyCheck?: boolean;
  readonly customKeyStoreId?: string;
  readonly customerMasterKeySpec?: string;
  readonly deletionWindowInDays?: number;
  readonly description?: string;
  readonly enableKeyRotation?: boolean;
  readonly isEnabled?: boolean;
  readonly keyUsage?: string;
  readonly multiRegion?: boolean;
  readonly policy?: string;
  readonly region: string;
  readonly rotationPeriodInDays?: number;
  readonly tags?: { readonly [key: string]: string };
  readonly xksKeyId?: string;
}, {
  readonly arn?: string;
  readonly bypassPolicyLockoutSafetyCheck?: boolean;
  readonly customKeyStoreId?: string;
  readonly customerMasterKeySpec?: string;
  readonly deletionWindowInDays?: number;
  readonly description?: string;
  readonly enableKeyRotation?: boolean;
  readonly id?: string;
  readonly isEnabled?: boolean;
  readonly keyId?: string;
  readonly keyUsage?: string;
  readonly multiRegion?: boolean;
  readonly policy?: string;
  readonly region?: string;
  readonly rotationPeriodInDays?: number;
  readonly tags?: { readonly [key: string]: string };
  readonly tagsAll?: { readonly [key: string]: string };
  readonly xksKeyId?: string;
}> {}
export const Key = kind<Key>("kms.aws.m.upbound.io/v1beta1", "Key");
