import { appendFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ApiAddress, transport } from "../../cluster/transport.js";
import { clusterOf } from "./cluster.js";
import { imageStore } from "./images.js";
import { type KeptPod } from "./kept-pod.js";
import { PodKeeper } from "./pod-keeper.js";
import { type PodEvent, type PodState } from "./pod-state.js";
import { type Usage } from "./processes.js";
import { bundleShim } from "./shim.js";

export type { PodEvent, PodState } from "./pod-state.js";
export type { Usage } from "./processes.js";

export interface KubeletOptions {
  readonly api: ApiAddress;
  /** For its log, the hosts file, images, and what pods print. */
  readonly folder: string;
  /** The first three numbers of the addresses of functions; another one for each control plane. Default: 127.77.0. */
  readonly net?: string;
  /** Where images are unpacked. Default: in the folder. */
  readonly imageCache?: string;
  /** The longest that a pod is waited for which is to stop, whatever it says itself. Default: 10. */
  readonly maxGraceSeconds?: number;
  onPod?(event: PodEvent): void;
}

/**
 * Stands in for kubelet, scheduler and Deployment controller, on a machine where this process is root: each Function that
 * Crossplane has made a Deployment for runs in one pod, from its image in a registry of this machine, with no network but
 * loopback. Callers reach it at an address of its own on port 9443; who calls while it does not listen waits.
 */
export interface Kubelet {
  /** Says where functions are, as /etc/hosts does: `127.77.0.1 function-bucket.crossplane-system`. */
  readonly hostsFile: string;
  pods(): readonly PodState[];
  /** By the name of the function. */
  pod(name: string): PodState | undefined;
  /**
   * Sends a signal to a function's process, by default SIGKILL, as in a crash; then resolves once the process is gone. It
   * is started again. Throws where there is none.
   */
  kill(name: string, signal?: NodeJS.Signals): Promise<void>;
  /** What the process of a function has used since it started; zeros where there is none. */
  usage(name: string): Usage;
  /** All that a function has printed. */
  log(name: string): string;
  /** Stops all pods. What they had mounted is gone with them. */
  stop(): Promise<void>;
}

export async function startKubelet(options: KubeletOptions): Promise<Kubelet> {
  const { api, folder, net = "127.77.0", imageCache = join(folder, "images"), maxGraceSeconds = 10 } = options;
  await mkdir(folder, { recursive: true });
  const hostsFile = join(folder, "hosts");
  const say = logTo(join(folder, "kubelet.log"));
  const keeper = new PodKeeper({
    cluster: clusterOf(transport(api)),
    folder: join(folder, "pods"),
    images: imageStore(imageCache),
    shim: await bundleShim(folder),
    net,
    hostsFile,
    maxGraceSeconds,
    onError: say,
    onEvent(event) {
      say(`${event.name} ${event.type}: ${event.message}`);
      options.onPod?.(event);
    },
  });
  return {
    hostsFile,
    pods: () => keeper.pods().map((pod) => pod.state()),
    pod: (name) => keeper.pod(name)?.state(),
    kill: (name, signal = "SIGKILL") => running(keeper, name).kill(signal),
    usage: (name) => running(keeper, name).usage(),
    log: (name) => running(keeper, name).log(),
    stop: () => keeper.stop(),
  };
}

function running(keeper: PodKeeper, name: string): KeptPod {
  const pod = keeper.pod(name);
  if (!pod)
    throw new Error(`cannot find the pod of ${name}: there are ${keeper.pods().map((one) => one.state().name)}`);
  return pod;
}

/** Appends lines with their time; one that is the same as before is left out. */
function logTo(file: string): (message: string) => void {
  let last = "";
  return (message) => {
    if (message !== last) appendFileSync(file, `${new Date().toISOString()} ${message}\n`);
    last = message;
  };
}
