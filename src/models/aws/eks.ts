// Generated from the CRDs of eks.aws.m.upbound.io, provider-upjet-aws v2.6.0. Do not edit.
import { kind } from "../../resource/kind.js";
import { type Managed } from "../../resource/managed.js";
import { type Ref, type Selector } from "../../resource/ref.js";

export interface PodIdentityAssociation extends Managed<"eks.aws.m.upbound.io/v1beta1", "PodIdentityAssociation", {
  readonly clusterName?: string;
  readonly clusterNameRef?: Ref<"eks.Cluster">;
  readonly clusterNameSelector?: Selector;
  readonly disableSessionTags?: boolean;
  readonly namespace: string;
  readonly region: string;
  readonly roleArn?: string;
  readonly roleArnRef?: Ref<"iam.Role">;
  readonly roleArnSelector?: Selector;
  readonly serviceAccount: string;
  readonly tags?: { readonly [key: string]: string };
  readonly targetRoleArn?: string;
  readonly targetRoleArnRef?: Ref<"iam.Role">;
  readonly targetRoleArnSelector?: Selector;
}, {
  readonly associationArn?: string;
  readonly associationId?: string;
  readonly clusterName?: string;
  readonly disableSessionTags?: boolean;
  readonly externalId?: string;
  readonly id?: string;
  readonly namespace?: string;
  readonly region?: string;
  readonly roleArn?: string;
  readonly serviceAccount?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly tagsAll?: { readonly [key: string]: string };
  readonly targetRoleArn?: string;
}> {}
export const PodIdentityAssociation = kind<PodIdentityAssociation>("eks.aws.m.upbound.io/v1beta1", "PodIdentityAssociation");
