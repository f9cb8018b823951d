import { type ContainerSpec, type Deployment, type EnvVar, type PodTemplate, type VolumeSpec } from "./deployment.js";

/** What a pod is to be: equal ones need not be made anew. */
export interface PodSpec {
  /** The pod's name, and the hostname inside. */
  readonly name: string;
  readonly image: string;
  /** In place of the image's Entrypoint and Cmd; with a command, that Cmd is not used at all. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Default: the image's. */
  readonly workingDir?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Default: the image's. */
  readonly uid?: number;
  readonly gid?: number;
  readonly readOnlyRoot: boolean;
  readonly graceSeconds: number;
  readonly mounts: readonly { readonly path: string; readonly volume: string; readonly readOnly: boolean }[];
  readonly volumes: readonly VolumeSpec[];
}

/** The pod of a Deployment. Throws for what the stand-in cannot do, naming the field. */
export function podSpecOf({ metadata, spec: { template } }: Deployment): PodSpec {
  const { containers, volumes = [], securityContext, terminationGracePeriodSeconds = 30 } = template.spec;
  const [container, ...others] = containers;
  if (!container || others.length > 0) {
    throw new Error(`cannot run ${metadata.name}: its pod has ${containers.length} containers, and one can be run`);
  }
  const security = { ...securityContext, ...container.securityContext };
  const { image, command, args, workingDir, env = [] } = container;
  return {
    name: metadata.name,
    image,
    ...(command && { command }),
    ...(args && { args }),
    ...(workingDir !== undefined && { workingDir }),
    env: Object.fromEntries(env.map((entry) => [entry.name, envValue(entry, metadata, template)])),
    ...(security.runAsUser !== undefined && { uid: security.runAsUser }),
    ...(security.runAsGroup !== undefined && { gid: security.runAsGroup }),
    readOnlyRoot: security.readOnlyRootFilesystem ?? false,
    graceSeconds: terminationGracePeriodSeconds,
    mounts: mountsOf(container, volumes),
    volumes,
  };
}

function envValue({ name, value = "", valueFrom }: EnvVar, own: Deployment["metadata"], pod: PodTemplate): string {
  if (!valueFrom) return value;
  const path = valueFrom.fieldRef?.fieldPath ?? "";
  const [, map, key = ""] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map === "labels" || map === "annotations") return pod.metadata[map]?.[key] ?? "";
  const fields = { "metadata.name": own.name, "metadata.namespace": own.namespace, "status.podIP": "127.0.0.1" };
  const field = Object.entries(fields).find(([known]) => known === path);
  if (field) return field[1];
  throw new Error(`cannot run ${own.name}: its env ${name} is taken from ${path || Object.keys(valueFrom)}`);
}

/** Secrets are read-only whatever the mount says, as kubelet has it. */
function mountsOf({ volumeMounts = [] }: ContainerSpec, volumes: readonly VolumeSpec[]): PodSpec["mounts"] {
  return volumeMounts.map(({ name, mountPath, readOnly = false }) => ({
    path: mountPath,
    volume: name,
    readOnly: readOnly || volumes.some((volume) => volume.name === name && volume.secret !== undefined),
  }));
}
