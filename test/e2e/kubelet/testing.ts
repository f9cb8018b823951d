import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { NAMESPACE } from "./cluster.js";
import { type ContainerSpec, type Deployment, type DeploymentStatus, type VolumeSpec } from "./deployment.js";
import { imageStore } from "./images.js";
import { PodKeeper } from "./pod-keeper.js";
import { type PodEvent, type PodState } from "./pod-state.js";
import { bundleShim } from "./shim.js";

/** What a cluster holds that is made of maps: tests write it, and the pod keeper reads it. */
export interface FakeCluster {
  readonly deployments: Map<string, Deployment>;
  readonly secrets: Map<string, Readonly<Record<string, string>>>;
  /** The last status of each Deployment. */
  readonly statuses: Map<string, DeploymentStatus>;
}

export interface Bench extends FakeCluster {
  readonly folder: string;
  readonly hostsFile: string;
  readonly keeper: PodKeeper;
  readonly events: readonly PodEvent[];
  /** Waits until a pod is ready. */
  ready(name: string): Promise<PodState>;
  /** Removes all Deployments, and waits until nothing of them runs. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

/** A pod keeper with a cluster in memory. */
export async function startBench(net: string): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "trimtab-kubelet-"));
  const deployments = new Map<string, Deployment>();
  const secrets = new Map<string, Readonly<Record<string, string>>>();
  const statuses = new Map<string, DeploymentStatus>();
  const events: PodEvent[] = [];
  const hostsFile = join(folder, "hosts");
  const keeper = new PodKeeper({
    cluster: {
      deployments: async () => [...deployments.values()],
      readSecret: async (name) => buffersOf(secrets.get(name)),
      report: async (name, status) => void statuses.set(name, status),
    },
    folder: join(folder, "pods"),
    images: imageStore(join(folder, "images")),
    shim: await bundleShim(folder),
    net,
    hostsFile,
    maxGraceSeconds: 10,
    onEvent: (event) => events.push(event),
    onError: () => {},
  });
  return {
    ...{ deployments, secrets, statuses, folder, hostsFile, keeper, events },
    ready: (name) =>
      until(
        `${name} to be ready`,
        () => readyState(keeper, name),
        () => keeper.pod(name)?.state(),
      ),
    async clear() {
      deployments.clear();
      const count = (type: PodEvent["type"]) => events.filter((event) => event.type === type).length;
      const isIdle = () => keeper.pods().length === 0 && count("started") === count("ended");
      await until("all pods to be gone", () => isIdle() || undefined);
      events.length = 0;
    },
    async stop() {
      await keeper.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until something is there, at most 20 seconds; then says what there is instead. */
export async function until<T>(
  what: string,
  find: () => Promise<T | undefined> | T | undefined,
  instead: () => unknown = () => "nothing",
): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > deadline) {
      throw new Error(`cannot wait for ${what} any longer than 20 s; there is ${JSON.stringify(instead())}`);
    }
    await pause(10);
  }
}

export interface DeployOptions extends Partial<ContainerSpec> {
  /** Default: 1. */
  readonly revision?: number;
  /** Default: 2000. */
  readonly uid?: number;
  readonly volumes?: readonly VolumeSpec[];
  /** Default: 5. */
  readonly graceSeconds?: number;
}

/** The Deployment that Crossplane makes for a revision of a function, called NAME-REVISION. */
export function deploymentOf(name: string, image: string, options: DeployOptions = {}): Deployment {
  const { revision = 1, uid = 2000, volumes = [], graceSeconds = 5, ...container } = options;
  return {
    metadata: {
      name: `${name}-${revision}`,
      namespace: NAMESPACE,
      generation: 1,
      creationTimestamp: `2026-01-01T00:00:0${revision}Z`,
    },
    spec: {
      replicas: 1,
      template: {
        metadata: { labels: { "pkg.crossplane.io/function": name } },
        spec: {
          containers: [{ ...container, image }],
          volumes,
          securityContext: { runAsUser: uid, runAsGroup: 2000, runAsNonRoot: true },
          terminationGracePeriodSeconds: graceSeconds,
        },
      },
    },
  };
}

function readyState(keeper: PodKeeper, name: string): PodState | undefined {
  const state = keeper.pod(name)?.state();
  return state?.isReady ? state : undefined;
}

function buffersOf(data: Readonly<Record<string, string>> | undefined): Readonly<Record<string, Buffer>> | undefined {
  return data && Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value)]));
}
