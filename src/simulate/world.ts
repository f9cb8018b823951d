import { type Definitions, definitions } from "../admission/index.js";
import { type Event } from "../render/event.js";
import { type GVK, uidOf } from "../render/unstructured.js";
import { type RuleEvaluator } from "../schema/index.js";
import { type JsonObject } from "../wire/index.js";
import { ApiServer } from "./api/api-server.js";
import { type Change } from "./api/change.js";
import { type Propagation } from "./api/client.js";
import { GarbageCollector } from "./api/garbage-collector.js";
import { Clock } from "./clock.js";
import { awsStandIns, Cloud, Faults, type ManagedController, managedController } from "./cloud/index.js";
import { Composites } from "./composites.js";
import { type Controller } from "./controller.js";
import { claimController } from "./controllers/claim.js";
import { compositeController, type PlatformController } from "./controllers/composite.js";
import { usageController, usageGuard } from "./controllers/usage.js";
import { type Fault, type FunctionFault } from "./fault.js";
import { type Platform, type SimulateInput } from "./input.js";
import { SecretValues } from "./secret-values.js";
import { type SimulateOptions } from "./simulate.js";
import { type Simulation, type StageEnd } from "./simulation.js";
import { Recorder } from "./timeline/recorder.js";
import { subjectOf } from "./timeline/subject.js";
import { uids } from "./uids.js";
import { WorkQueue } from "./work-queue.js";

/** The field manager of the person who applies and deletes. */
export const PERSON = "kubectl";

/** A cluster, all that works on it, and the cloud behind it. */
export class World {
  readonly clock = new Clock();
  readonly composites = new Composites();
  readonly recorder: Recorder;
  readonly api: ApiServer;
  readonly #input: SimulateInput;
  readonly #cloud: Cloud;
  readonly #faults: Faults;
  readonly #providers: ManagedController;
  readonly #crossplane: readonly PlatformController[];
  readonly #queues = new Map<Controller, WorkQueue>();
  readonly #secrets = new SecretValues();
  readonly #alive = new Set<string>();
  /** What is not there any more, as it was last. */
  readonly #gone: JsonObject[] = [];
  #platform: Platform;
  #definitions: Definitions;
  #functionFaults: { readonly faults: readonly Fault[]; readonly since: number } = { faults: [], since: 0 };

  constructor(input: SimulateInput, rules: RuleEvaluator, { onChange, onHappening }: SimulateOptions) {
    const { clock, composites } = this;
    this.#input = input;
    this.#platform = input.platform;
    this.#definitions = definitionsOf(input.platform, input);
    const now = () => clock.now();
    this.recorder = new Recorder({
      clock,
      person: PERSON,
      isComposite: (kind) => composites.isComposite(kind),
      onHappening: (happening) => onHappening?.(happening),
    });
    this.api = new ApiServer({
      now: () => clock.time(),
      uid: uids(),
      definitions: this.#definitions,
      rules,
      guard: (object, propagation) => this.#guard(object, propagation),
    });
    this.#cloud = new Cloud({ now });
    this.#faults = new Faults(now);
    this.#providers = managedController({
      client: this.api,
      cloud: this.#cloud,
      faults: this.#faults,
      standIns: [...awsStandIns(), ...(input.standIns ?? [])],
      ...(input.pollInterval !== undefined && { pollInterval: input.pollInterval }),
      now,
      time: () => clock.time(),
    });
    const options = {
      client: this.api,
      platform: input.platform,
      clock,
      event: (object: JsonObject, event: Event) => this.recorder.said(object, event),
    };
    const composite: PlatformController = compositeController({
      ...options,
      ...(input.openapi && { openapi: input.openapi }),
      faultOf: (name) => this.#faultOf(name),
      // It hears of the change when it is looked at for the next time.
      passedOver: (key) => this.#queues.get(composite)?.awaitPoll(key),
      isNamespaced: (gvk) => this.#isNamespaced(gvk),
    });
    this.#crossplane = [composite, claimController(options)];
    const controllers = [
      ...this.#crossplane,
      usageController(options),
      new GarbageCollector(this.api),
      this.#providers,
    ];
    for (const controller of controllers) this.#queues.set(controller, new WorkQueue(controller, clock));
    composites.know(input.platform);
    this.#begin(onChange);
  }

  #begin(onChange: SimulateOptions["onChange"]): void {
    let isBegun = false;
    this.api.watch((change) => {
      this.#changed(change);
      if (!isBegun) return;
      this.recorder.changed(change);
      onChange?.(change);
    });
    for (const object of this.#input.objects ?? []) this.#providers.adopt(this.api.load(object));
    isBegun = true;
    this.#cloud.onChange(({ what, object }) => {
      if (what !== "updated") this.recorder.happened(object, what);
    });
    this.#faults.onFault(({ fault }, object) => this.recorder.once(object, "fault", fault));
  }

  #changed(change: Change): void {
    this.composites.changed(change);
    this.#secrets.changed(change);
    if (change.type === "Deleted") {
      this.#alive.delete(uidOf(change.object));
      this.#gone.push(change.object);
    } else this.#alive.add(uidOf(change.object));
    for (const [controller, queue] of this.#queues) for (const key of controller.concerns(change)) queue.add(key);
  }

  /** Whether an object with this uid is there. */
  isAlive(uid: string): boolean {
    return this.#alive.has(uid);
  }

  /** What goes wrong from now on. */
  setFaults(faults: readonly Fault[]): void {
    const since = this.clock.now();
    this.#faults.setFaults(faults, since);
    this.#functionFaults = { faults, since };
    for (const key of this.#providers.keys()) this.#queues.get(this.#providers)?.add(key);
  }

  /** What is installed from now on, in the place of what was. */
  upgrade(platform: Partial<Platform>): void {
    this.#platform = { ...this.#platform, ...platform };
    this.composites.know(this.#platform);
    this.#definitions = definitionsOf(this.#platform, this.#input);
    this.api.setDefinitions(this.#definitions);
    for (const controller of this.#crossplane) {
      const queue = this.#queues.get(controller);
      for (const key of controller.upgrade(this.#platform)) queue?.add(key);
      // Nothing tells of new code: it is called when an XR is looked at for the next time.
      if (platform.functions) queue?.awaitPolls();
    }
  }

  /** What it has come to. */
  end(stages: readonly StageEnd[]): Simulation {
    const objects = this.api.all();
    const clear = [...objects, ...this.#gone].filter(({ kind }) => kind !== "Secret");
    let mask: ((text: string) => string) | undefined;
    return {
      timeline: this.recorder.happenings,
      stages,
      objects,
      cloud: this.#cloud.all().map((external) => ({ ...external, of: subjectOf(external.object) })),
      mask: (text) => {
        mask ??= this.#secrets.mask(clear);
        return mask(text);
      },
    };
  }

  #guard(object: JsonObject, propagation: Propagation | undefined): string | undefined {
    const refusal = usageGuard(this.api)(object, propagation);
    if (refusal !== undefined) this.recorder.once(object, "held", refusal);
    return refusal;
  }

  #faultOf(name: string): FunctionFault | undefined {
    const { faults, since } = this.#functionFaults;
    const now = this.clock.now() - since;
    return faults
      .filter((fault): fault is Fault & FunctionFault => "function" in fault)
      .find((fault) => {
        const { from = 0, for: lasts = Number.POSITIVE_INFINITY } = fault;
        return fault.function === name && now >= from && now < from + lasts;
      });
  }

  #isNamespaced({ group, version, kind }: GVK): boolean | undefined {
    const apiVersion = group === "" ? version : `${group}/${version}`;
    const crd = this.#definitions.crdOf({ apiVersion, kind });
    return crd && crd.spec.scope === "Namespaced";
  }
}

function definitionsOf({ xrds }: Platform, { crds = [] }: SimulateInput): Definitions {
  return definitions([
    ...xrds.map((object) => ({ object, from: "platform.xrds" })),
    ...crds.map((object) => ({ object, from: "crds" })),
  ]);
}
