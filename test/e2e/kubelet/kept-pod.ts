import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { reason } from "../../../src/runtime/reason.js";
import { containerOf } from "./container.js";
import { type Door } from "./door.js";
import { type ImageStore } from "./images.js";
import { type Pod, startPod } from "./pod.js";
import { type PodSpec } from "./pod-spec.js";
import { backoff, describeEnding, type PodEvent, type PodState } from "./pod-state.js";
import { type Usage, usageOf } from "./processes.js";

export interface KeptPodOptions {
  /** The function's name. */
  readonly name: string;
  readonly door: Door;
  /** For its log, its scratch layer, and its volumes, which are in `volumes/NAME`. */
  readonly folder: string;
  readonly images: ImageStore;
  readonly shim: string;
  /** The longest grace, whatever the pod says. */
  readonly maxGraceSeconds: number;
  onEvent(event: PodEvent): void;
}

/** A container that has run for so long did not fail to start. */
const LONG_ENOUGH = 10_000;

/** Keeps one pod running: starts its container again when it ends, and replaces the pod when another one is wanted. */
export class KeptPod {
  readonly #options: KeptPodOptions;
  /** Aborted when another pod is wanted than the one that runs, or none. */
  #change = new AbortController();
  #spec: PodSpec | undefined;
  #pod: Pod | undefined;
  #isReady = false;
  /** Whether the pod that is wanted has failed since it was last ready. */
  #hasFailed = false;
  #reason = "waiting";
  #restarts = 0;
  #isStopped = false;
  readonly #running: Promise<void>;

  constructor(options: KeptPodOptions) {
    this.#options = options;
    mkdirSync(join(options.folder, "volumes"), { recursive: true });
    this.#running = this.#run();
  }

  /** The pod that there is to be from now on, its volumes being there; or none, and why. */
  want(spec: PodSpec | undefined, why = "waiting"): void {
    if (spec === undefined) this.#reason = why;
    if (this.isWanted(spec)) return;
    this.#spec = spec;
    this.#changed();
  }

  isWanted(spec: PodSpec | undefined): boolean {
    return JSON.stringify(spec) === JSON.stringify(this.#spec);
  }

  state(): PodState {
    const { name, door } = this.#options;
    return {
      name,
      address: door.address,
      image: this.#spec?.image,
      isReady: this.#isReady,
      reason: this.#reason,
      restarts: this.#restarts,
      pid: this.#pod?.pid(),
    };
  }

  usage(): Usage {
    return usageOf(this.#pod?.pid() ?? 0);
  }

  /** All that containers of it have printed. */
  log(): string {
    const file = this.#log();
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** Sends a signal to the process. After SIGKILL, resolves once the process is gone. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const pod = this.#pod;
    const pid = pod?.pid();
    if (pid === undefined) throw new Error(`cannot signal ${this.#options.name}: it has no process; ${this.#reason}`);
    process.kill(pid, signal);
    if (signal === "SIGKILL") await pod?.ended.catch(() => undefined);
  }

  /** Stops the pod for good, and the door. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#changed();
    await this.#running;
    this.#options.door.close();
  }

  #changed(): void {
    this.#change.abort();
    this.#change = new AbortController();
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isStopped) {
      const { signal } = this.#change;
      const began = Date.now();
      if (this.#spec) await this.#live(this.#spec, signal);
      failures = Date.now() - began > LONG_ENOUGH ? 1 : failures + 1;
      const wait = this.#spec ? backoff(failures) : undefined;
      await pause(wait ?? 1e9, undefined, { signal }).catch(() => undefined);
      this.#restarts = signal.aborted ? 0 : this.#restarts + 1;
      if (!signal.aborted) continue;
      failures = 0;
      this.#hasFailed = false;
    }
  }

  /** One life of a container, until it ends by itself or is stopped by a change. */
  async #live(spec: PodSpec, change: AbortSignal): Promise<void> {
    const { name, folder, images, shim } = this.#options;
    let end = () => {};
    try {
      this.#wait(`pulling ${spec.image}`);
      const container = containerOf(spec, await images.unpack(spec.image), folder);
      await rm(container.scratch, { recursive: true, force: true });
      await mkdir(container.scratch);
      if (change.aborted) return;
      this.#wait(`nothing listens in ${spec.image} yet`);
      const options = { shim, log: this.#log(), onReady: (ready: boolean) => this.#ready(ready && !change.aborted) };
      const pod = startPod(container, options);
      this.#pod = pod;
      this.#say("started", `${spec.image} for ${name}`);
      end = () => this.#end(pod, spec);
      change.addEventListener("abort", end);
      const ending = describeEnding(await pod.ended);
      this.#fail(`its process ${ending}`);
      this.#say("ended", ending);
    } catch (error) {
      this.#fail(reason(error));
      this.#say("failed", this.#reason);
    } finally {
      change.removeEventListener("abort", end);
      this.#pod = undefined;
      this.#ready(false);
    }
  }

  #fail(why: string): void {
    this.#reason = why;
    this.#hasFailed = true;
  }

  /** Why it failed says more than what it does about it. */
  #wait(why: string): void {
    if (!this.#hasFailed) this.#reason = why;
  }

  /** New connections wait for what comes after it. */
  #end(pod: Pod, { graceSeconds }: PodSpec): void {
    this.#reason = "stopping";
    this.#ready(false);
    void pod.stop(Math.min(graceSeconds, this.#options.maxGraceSeconds));
  }

  #ready(ready: boolean): void {
    this.#options.door.leadTo(ready ? this.#pod?.connect : undefined);
    if (ready === this.#isReady) return;
    this.#isReady = ready;
    if (ready) this.#hasFailed = false;
    this.#wait(ready ? "listening" : "nothing listens any more");
    this.#say(ready ? "ready" : "unready", this.#reason);
  }

  #log(): string {
    return join(this.#options.folder, "log");
  }

  #say(type: PodEvent["type"], message: string): void {
    this.#options.onEvent({ name: this.#options.name, type, message });
  }
}
