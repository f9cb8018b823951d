import { definitions } from "../../src/admission/index.js";
import { type Event } from "../../src/render/event.js";
import { type FunctionCall } from "../../src/render/run-step.js";
import { nameOf } from "../../src/render/unstructured.js";
import { ApiServer } from "../../src/simulate/api/api-server.js";
import { type Change } from "../../src/simulate/api/change.js";
import { GarbageCollector } from "../../src/simulate/api/garbage-collector.js";
import { Clock } from "../../src/simulate/clock.js";
import { type Controller } from "../../src/simulate/controller.js";
import { claimController } from "../../src/simulate/controllers/claim.js";
import { compositeController } from "../../src/simulate/controllers/composite.js";
import { usageController, usageGuard } from "../../src/simulate/controllers/usage.js";
import { type PresentFault } from "../../src/simulate/function-faults.js";
import { type Platform } from "../../src/simulate/input.js";
import { uids } from "../../src/simulate/uids.js";
import { WorkQueue } from "../../src/simulate/work-queue.js";
import {
  decodeRequest,
  encodeResponse,
  type JsonObject,
  type RunFunctionRequest,
  type RunFunctionResponse,
} from "../../src/wire/index.js";

export interface BenchOptions {
  readonly platform: Platform;
  /** CRDs that objects are admitted by. Default: only the platform's XRDs. */
  readonly crds?: readonly JsonObject[];
  faultOf?(name: string): PresentFault | undefined;
  isNamespaced?(): boolean | undefined;
}

/** Crossplane's controllers, and the garbage collector of Kubernetes, over an API server in memory. */
export class Bench {
  readonly clock = new Clock();
  readonly api: ApiServer;
  /** What is said, by the name of the object. */
  readonly events: (Event & { readonly of: string })[] = [];
  readonly changes: Change[] = [];
  readonly composite: ReturnType<typeof compositeController>;
  readonly #queues = new Map<Controller, WorkQueue>();

  constructor({ platform, crds = [], ...rest }: BenchOptions) {
    const { clock } = this;
    const sources = [...platform.xrds, ...crds].map((object) => ({ object, from: "the bench" }));
    this.api = new ApiServer({
      now: () => clock.time(),
      uid: uids(),
      definitions: definitions(sources),
      guard: (object) => usageGuard(this.api)(object),
    });
    const event = (object: JsonObject, said: Event) => void this.events.push({ of: nameOf(object), ...said });
    const options = { client: this.api, platform, clock, event };
    this.composite = compositeController({ ...options, ...rest });
    const controllers = [
      this.composite,
      claimController(options),
      usageController(options),
      new GarbageCollector(this.api),
    ];
    for (const controller of controllers) this.#queues.set(controller, new WorkQueue(controller, clock));
    this.api.watch((change) => {
      this.changes.push(change);
      for (const [controller, queue] of this.#queues) for (const key of controller.concerns(change)) queue.add(key);
    });
  }

  /** Has keys reconciled by the controller of XRs. */
  add(keys: Iterable<string>): void {
    for (const key of keys) this.#queues.get(this.composite)?.add(key);
  }

  apply(...objects: readonly JsonObject[]): void {
    for (const object of objects) this.api.apply(object, { manager: "kubectl" });
  }

  /** Goes on until nothing is to be done, or for so many milliseconds. */
  async run(ms = 600_000): Promise<void> {
    const end = this.clock.now() + ms;
    for (let steps = 0; this.clock.hasWork && (this.clock.next ?? end) <= end; steps++) {
      if (steps > 2000) throw new Error("there is no end of it");
      await this.clock.advance();
    }
  }

  /** Goes on for so many milliseconds, polls included. */
  async wait(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    for (let next = this.clock.next; next !== undefined && next <= end; next = this.clock.next)
      await this.clock.advance();
    this.clock.pass(end);
  }

  get(
    object: { readonly apiVersion: string; readonly kind: string },
    name: string,
    namespace = "",
  ): JsonObject | undefined {
    return this.api.get(gvk(object), namespace, name);
  }
}

/** A function that answers in the terms of the wire. What it leaves out is empty. */
export function answering(answer: (request: RunFunctionRequest) => Partial<RunFunctionResponse>): FunctionCall {
  return (bytes) => {
    const response = {
      meta: undefined,
      desired: undefined,
      results: [],
      conditions: [],
      requirements: undefined,
      ...answer(decodeRequest(bytes)),
    };
    return encodeResponse(response);
  };
}

function gvk({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }) {
  const [group = "", version] = apiVersion.split("/");
  return version === undefined ? { group: "", version: group, kind } : { group, version, kind };
}
