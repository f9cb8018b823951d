import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { reason } from "../../../src/runtime/reason.js";
import { type Cluster } from "./cluster.js";
import { PORT } from "./container.js";
import { type Deployment, newestOf } from "./deployment.js";
import { openDoor } from "./door.js";
import { writeHosts } from "./hosts-file.js";
import { KeptPod, type KeptPodOptions } from "./kept-pod.js";
import { podSpecOf } from "./pod-spec.js";
import { statusOf } from "./status.js";
import { refreshVolumes } from "./volumes.js";

export interface PodKeeperOptions extends Pick<KeptPodOptions, "images" | "shim" | "maxGraceSeconds" | "onEvent"> {
  readonly cluster: Cluster;
  readonly folder: string;
  /** The first three numbers of the addresses of functions. */
  readonly net: string;
  readonly hostsFile: string;
  /** What could not be done, and is tried again. */
  onError(message: string): void;
}

const POLL = 300;

/** Has a pod run for each function that the cluster has a Deployment of, as long as it has one. */
export class PodKeeper {
  readonly #options: PodKeeperOptions;
  readonly #pods = new Map<string, KeptPod>();
  /** Those that are being stopped, by name: their addresses are not free yet. */
  readonly #leaving = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: PodKeeperOptions) {
    this.#options = options;
    writeHosts(options.hostsFile, []);
    this.#running = this.#run();
  }

  pods(): readonly KeptPod[] {
    return [...this.#pods.values()];
  }

  pod(name: string): KeptPod | undefined {
    return this.#pods.get(name);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await Promise.all([...this.pods().map((pod) => pod.stop()), ...this.#leaving.values()]);
    this.#pods.clear();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#reconcile().catch((error: unknown) => this.#options.onError(reason(error)));
      await pause(POLL, undefined, { signal }).catch(() => undefined);
    }
  }

  async #reconcile(): Promise<void> {
    const wanted = newestOf(await this.#options.cluster.deployments());
    for (const name of this.#pods.keys()) if (!wanted.has(name)) this.#remove(name);
    for (const name of wanted.keys()) await this.#add(name);
    this.#writeHosts();
    const all = [...wanted].map(([name, deployment]) => this.#keep(name, deployment));
    for (const result of await Promise.allSettled(all)) {
      if (result.status === "rejected") this.#options.onError(reason(result.reason));
    }
  }

  #remove(name: string): void {
    const pod = this.#pods.get(name);
    this.#pods.delete(name);
    const left = pod?.stop().finally(() => this.#leaving.delete(name));
    if (left) this.#leaving.set(name, left);
  }

  async #add(name: string): Promise<void> {
    if (this.#pods.has(name) || this.#leaving.has(name)) return;
    const door = await this.#openDoor();
    const folder = join(this.#options.folder, name);
    this.#pods.set(name, new KeptPod({ ...this.#options, name, door, folder }));
  }

  /** At the lowest address where nobody listens yet. */
  async #openDoor() {
    for (let host = 1; host < 255; host++) {
      const address = `${this.#options.net}.${host}`;
      const isTaken = this.pods().some((pod) => pod.state().address === address);
      const door = isTaken ? undefined : await openDoor(address, PORT).catch(ignoreTaken);
      if (door) return door;
    }
    throw new Error(`cannot listen for a function: all addresses of ${this.#options.net} are taken`);
  }

  #writeHosts(): void {
    writeHosts(
      this.#options.hostsFile,
      this.pods().map((pod) => pod.state()),
    );
  }

  async #keep(name: string, deployment: Deployment): Promise<void> {
    const pod = this.#pods.get(name);
    if (!pod) return;
    await this.#want(pod, deployment);
    const status = statusOf(deployment, pod.state(), new Date());
    if (status) await this.#options.cluster.report(deployment.metadata.name, status);
  }

  /** What keeps a pod from being started stops the one before it; one that runs goes on with the volumes that it has. */
  async #want(pod: KeptPod, deployment: Deployment): Promise<void> {
    const { cluster, folder, onError } = this.#options;
    try {
      const spec = podSpecOf(deployment);
      const volumes = join(folder, pod.state().name, "volumes");
      await refreshVolumes(volumes, spec.volumes, cluster.readSecret).catch((error: unknown) => {
        if (!pod.isWanted(spec)) throw error;
        onError(reason(error));
      });
      pod.want(spec);
    } catch (error) {
      pod.want(undefined, reason(error));
    }
  }
}

function ignoreTaken(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
}
