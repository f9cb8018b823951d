// Generated from the CRDs of aws.m.upbound.io, provider-upjet-aws v2.6.0. Do not edit.
import { kind } from "../../resource/kind.js";
import { type Condition, type ObservedMetadata } from "../../resource/resource.js";

export interface ClusterProviderConfig {
  readonly apiVersion: "aws.m.upbound.io/v1beta1";
  readonly kind: "ClusterProviderConfig";
  readonly metadata?: ObservedMetadata;
  readonly spec: {
    readonly assumeRoleChain?: readonly {
      readonly externalID?: string;
      readonly roleARN?: string;
      readonly tags?: readonly {
        readonly key: string;
        readonly value: string;
      }[];
      readonly transitiveTagKeys?: readonly string[];
    }[];
    readonly credentials: {
      readonly env?: {
        readonly name: string;
      };
      readonly fs?: {
        readonly path: string;
      };
      readonly secretRef?: {
        readonly key: string;
        readonly name: string;
        readonly namespace: string;
      };
      readonly source: "None" | "Secret" | "IRSA" | "WebIdentity" | "PodIdentity" | "Upbound";
      readonly upbound?: {
        readonly webIdentity?: {
          readonly roleARN?: string;
          readonly roleSessionName?: string;
          readonly tokenConfig?: {
            readonly fs?: {
              readonly path: string;
            };
            readonly secretRef?: {
              readonly key: string;
              readonly name: string;
              readonly namespace: string;
            };
            readonly source: "Secret" | "Filesystem";
          };
        };
      };
      readonly webIdentity?: {
        readonly roleARN?: string;
        readonly roleSessionName?: string;
        readonly tokenConfig?: {
          readonly fs?: {
            readonly path: string;
          };
          readonly secretRef?: {
            readonly key: string;
            readonly name: string;
            readonly namespace: string;
          };
          readonly source: "Secret" | "Filesystem";
        };
      };
    };
    readonly endpoint?: {
      readonly hostnameImmutable?: boolean;
      readonly partitionId?: string;
      readonly services?: readonly string[];
      readonly signingMethod?: string;
      readonly signingName?: string;
      readonly signingRegion?: string;
      readonly source?: "ServiceMetadata" | "Custom";
      readonly url: {
        readonly dynamic?: {
          readonly host: string;
          readonly protocol: "http" | "https";
        };
        readonly static?: string;
        readonly type: "Static" | "Dynamic" | "Auto";
      };
    };
    readonly reconciliationPolicy?: {
      readonly exponentialFailureRateLimiter?: {
        readonly baseDelay?: string;
        readonly maxDelay?: string;
      };
    };
    readonly s3_use_path_style?: boolean;
    readonly skip_credentials_validation?: boolean;
    readonly skip_metadata_api_check?: boolean;
    readonly skip_region_validation?: boolean;
    readonly skip_requesting_account_id?: boolean;
  };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly users?: number;
  };
}
export const ClusterProviderConfig = kind<ClusterProviderConfig>("aws.m.upbound.io/v1beta1", "ClusterProviderConfig", { scope: "Cluster", managed: false, ready: () => true });

export interface ProviderConfig {
  readonly apiVersion: "aws.m.upbound.io/v1beta1";
  readonly kind: "ProviderConfig";
  readonly metadata?: ObservedMetadata;
  readonly spec: {
    readonly assumeRoleChain?: readonly {
      readonly externalID?: string;
      readonly roleARN?: string;
      readonly tags?: readonly {
        readonly key: string;
        readonly value: string;
      }[];
      readonly transitiveTagKeys?: readonly string[];
    }[];
    readonly credentials: {
      readonly env?: {
        readonly name: string;
      };
      readonly fs?: {
        readonly path: string;
      };
      readonly secretRef?: {
        readonly key: string;
        readonly name: string;
        readonly namespace: string;
      };
      readonly source: "None" | "Secret" | "IRSA" | "WebIdentity" | "PodIdentity" | "Upbound";
      readonly upbound?: {
        readonly webIdentity?: {
          readonly roleARN?: string;
          readonly roleSessionName?: string;
          readonly tokenConfig?: {
            readonly fs?: {
              readonly path: string;
            };
            readonly secretRef?: {
              readonly key: string;
              readonly name: string;
              readonly namespace: string;
            };
            readonly source: "Secret" | "Filesystem";
          };
        };
      };
      readonly webIdentity?: {
        readonly roleARN?: string;
        readonly roleSessionName?: string;
        readonly tokenConfig?: {
          readonly fs?: {
            readonly path: string;
          };
          readonly secretRef?: {
            readonly key: string;
            readonly name: string;
            readonly namespace: string;
          };
          readonly source: "Secret" | "Filesystem";
        };
      };
    };
    readonly endpoint?: {
      readonly hostnameImmutable?: boolean;
      readonly partitionId?: string;
      readonly services?: readonly string[];
      readonly signingMethod?: string;
      readonly signingName?: string;
      readonly signingRegion?: string;
      readonly source?: "ServiceMetadata" | "Custom";
      readonly url: {
        readonly dynamic?: {
          readonly host: string;
          readonly protocol: "http" | "https";
        };
        readonly static?: string;
        readonly type: "Static" | "Dynamic" | "Auto";
      };
    };
    readonly reconciliationPolicy?: {
      readonly exponentialFailureRateLimiter?: {
        readonly baseDelay?: string;
        readonly maxDelay?: string;
      };
    };
    readonly s3_use_path_style?: boolean;
    readonly skip_credentials_validation?: boolean;
    readonly skip_metadata_api_check?: boolean;
    readonly skip_region_validation?: boolean;
    readonly skip_requesting_account_id?: boolean;
  };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly users?: number;
  };
}
export const ProviderConfig = kind<ProviderConfig>("aws.m.upbound.io/v1beta1", "ProviderConfig", { managed: false, ready: () => true });

export interface ProviderConfigUsage {
  readonly apiVersion: "aws.m.upbound.io/v1beta1";
  readonly kind: "ProviderConfigUsage";
  readonly metadata?: ObservedMetadata;
  readonly providerConfigRef: {
    readonly kind: string;
    readonly name: string;
  };
  readonly resourceRef: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly uid?: string;
  };
}
export const ProviderConfigUsage = kind<ProviderConfigUsage>("aws.m.upbound.io/v1beta1", "ProviderConfigUsage", { managed: false, ready: () => true });
