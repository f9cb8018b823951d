/** A Deployment, as far as is read of it here. */
export interface Deployment {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly generation: number;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    /** The API server writes 1 where it is left out. */
    readonly replicas: number;
    readonly template: PodTemplate;
  };
  readonly status?: DeploymentStatus;
}

export interface PodTemplate {
  readonly metadata: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly containers: readonly ContainerSpec[];
    readonly volumes?: readonly VolumeSpec[];
    readonly securityContext?: SecurityContext;
    readonly terminationGracePeriodSeconds?: number;
  };
}

export interface ContainerSpec {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env?: readonly EnvVar[];
  readonly volumeMounts?: readonly VolumeMount[];
  readonly securityContext?: SecurityContext & { readonly readOnlyRootFilesystem?: boolean };
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
}

export interface VolumeSpec {
  readonly name: string;
  readonly secret?: SecretVolume;
  readonly emptyDir?: object;
}

export interface SecretVolume {
  readonly secretName: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[];
  readonly defaultMode?: number;
  readonly optional?: boolean;
}

interface SecurityContext {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
}

export interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly unavailableReplicas?: number;
  readonly conditions?: readonly DeploymentCondition[];
}

export interface DeploymentCondition {
  readonly type: string;
  readonly status: "True" | "False";
  readonly reason: string;
  readonly message: string;
  readonly lastUpdateTime?: string;
  readonly lastTransitionTime?: string;
}

/** The label by which Crossplane says whose pod it is. */
const FUNCTION_LABEL = "pkg.crossplane.io/function";

/** The Deployment to run for each function, by the function's name: that of an older revision may linger beside it. */
export function newestOf(deployments: readonly Deployment[]): ReadonlyMap<string, Deployment> {
  const newest = new Map<string, Deployment>();
  for (const deployment of deployments) {
    const name = deployment.spec.template.metadata.labels?.[FUNCTION_LABEL];
    if (name === undefined || deployment.spec.replicas === 0 || deployment.metadata.deletionTimestamp) continue;
    const other = newest.get(name);
    if (!other || isNewer(deployment, other)) newest.set(name, deployment);
  }
  return newest;
}

/** Times are in whole seconds, so that those of two revisions may be equal; then the later in the list has it. */
function isNewer({ metadata }: Deployment, other: Deployment): boolean {
  return metadata.creationTimestamp >= other.metadata.creationTimestamp;
}
