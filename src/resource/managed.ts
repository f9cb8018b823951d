import { type Desired, type Kind } from "./kind.js";
import { type Condition, type Metadata, type ObservedMetadata } from "./resource.js";

/** What Crossplane may do with an external resource (`spec.managementPolicies`). */
export type ManagementPolicy = "Observe" | "Create" | "Update" | "Delete" | "LateInitialize" | "*";

export interface ProviderConfigRef {
  readonly kind: string;
  readonly name: string;
}

/** A managed resource of a namespaced Crossplane v2 provider. */
export interface Managed<
  A extends string = string,
  K extends string = string,
  Parameters = object,
  Observation = object,
> {
  readonly apiVersion: A;
  readonly kind: K;
  readonly metadata?: ObservedMetadata;
  readonly spec: {
    readonly forProvider: Parameters;
    readonly initProvider?: Partial<Parameters>;
    readonly managementPolicies?: readonly ManagementPolicy[];
    readonly providerConfigRef?: ProviderConfigRef;
    readonly writeConnectionSecretToRef?: { readonly name: string };
  };
  readonly status?: { readonly atProvider?: Observation; readonly conditions?: readonly Condition[] };
}

export interface ManagedDefaults {
  /** Default: the provider's own, the ClusterProviderConfig named default. */
  readonly providerConfigRef?: ProviderConfigRef;
  /** Default: the provider's own, `["*"]`. */
  readonly managementPolicies?: readonly ManagementPolicy[];
}

export interface ManagedOptions {
  /** The name in the cloud (annotation crossplane.io/external-name). Default: metadata.name, or what the cloud assigns. */
  readonly externalName?: string;
  /** The Secret, in the same namespace, to which the provider writes connection details. Default: none. */
  readonly connectionSecret?: string;
  /** Default: what Crossplane adds. */
  readonly metadata?: Metadata;
}

/** Makes a managed resource from its parameters. */
export interface Maker {
  <T extends Managed>(kind: Kind<T>, forProvider: T["spec"]["forProvider"], options?: ManagedOptions): Desired<T>;
  /** The same with these defaults over the present ones. */
  with(defaults: ManagedDefaults): Maker;
}

/** Shorthand for managed resources that share a ProviderConfig and management policies. */
export function managed(defaults: ManagedDefaults = {}): Maker {
  const make = (kind: (draft: object) => unknown, forProvider: object, options: ManagedOptions = {}) => {
    const { connectionSecret } = options;
    const metadata = named(options);
    return kind({
      ...(metadata && { metadata }),
      spec: {
        ...defaults,
        forProvider,
        ...(connectionSecret !== undefined && { writeConnectionSecretToRef: { name: connectionSecret } }),
      },
    });
  };
  return Object.assign(make, {
    with: (more: ManagedDefaults) => managed({ ...defaults, ...more }),
  }) as unknown as Maker;
}

function named({ externalName, metadata }: ManagedOptions): Metadata | undefined {
  if (externalName === undefined) return metadata;
  return { ...metadata, annotations: { ...metadata?.annotations, "crossplane.io/external-name": externalName } };
}
