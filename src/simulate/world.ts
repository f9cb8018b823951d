import { type Definitions, definitions } from "../admission/index.js";
import { type Event } from "../render/event.js";
import { type GVK } from "../render/unstructured.js";
import { type Mask } from "../resource/secrets.js";
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
import { type ControllerOptions, compositeController, type PlatformController } from "./controllers/composite.js";
import { usageController, usageGuard } from "./controllers/usage.js";
import { type Fault } from "./fault.js";
import { FunctionFaults, type PresentFault } from "./function-faults.js";
import { type Platform, type SimulateInput, type SimulateOptions } from "./input.js";
import { Presence } from "./presence.js";
import { SecretValues } from "./secret-values.js";
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
  readonly presence = new Presence();
  readonly recorder: Recorder;
  readonly api: ApiServer;
  readonly #input: SimulateInput;
  readonly #cloud = new Cloud({ now: () => this.clock.now() });
  readonly #cloudFaults = new Faults(() => this.clock.now());
  readonly #functionFaults = new FunctionFaults(() => this.clock.now());
  readonly #secrets = new SecretValues();
  readonly #providers: ManagedController;
  readonly #crossplane: readonly PlatformController[];
  readonly #queues = new Map<Controller, WorkQueue>();
  #platform: Platform;
  #definitions: Definitions;

  /** @param rules evaluates the CEL rules of XRDs and CRDs */
  constructor(input: SimulateInput, rules: RuleEvaluator, { onChange, onHappening }: SimulateOptions) {
    const { clock, composites } = this;
    this.#input = input;
    this.#platform = input.platform;
    this.#definitions = definitionsOf(input.platform, input);
    composites.know(input.platform);
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
    this.#providers = this.#providersOf(input);
    this.#crossplane = this.#crossplaneOf(input);
    const others = [usageController(this.#controllerOptions(input)), new GarbageCollector(this.api)];
    for (const controller of [...this.#crossplane, ...others, this.#providers]) {
      this.#queues.set(controller, new WorkQueue(controller, clock));
    }
    this.#begin(onChange);
  }

  #providersOf({ standIns = [], pollInterval }: SimulateInput): ManagedController {
    return managedController({
      client: this.api,
      cloud: this.#cloud,
      faults: this.#cloudFaults,
      standIns: [...awsStandIns(), ...standIns],
      ...(pollInterval !== undefined && { pollInterval }),
      now: () => this.clock.now(),
      time: () => this.clock.time(),
    });
  }

  #controllerOptions({ platform }: SimulateInput): ControllerOptions {
    const event = (object: JsonObject, said: Event) => this.recorder.said(object, said);
    return { client: this.api, platform, clock: this.clock, event };
  }

  #crossplaneOf(input: SimulateInput): readonly PlatformController[] {
    const options = this.#controllerOptions(input);
    const composite: PlatformController = compositeController({
      ...options,
      ...(input.openapi && { openapi: input.openapi }),
      faultOf: (name) => this.#functionFaultOf(name),
      // It hears of the change when it is looked at for the next time.
      passedOver: (key) => this.#queues.get(composite)?.awaitPoll(key),
      isNamespaced: (gvk) => this.#isNamespaced(gvk),
    });
    return [composite, claimController(options)];
  }

  /** What is there already is nothing that happens. */
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
    this.#cloudFaults.onFault(({ fault }, object) => this.recorder.once(object, "fault", fault));
  }

  #changed(change: Change): void {
    this.composites.changed(change);
    this.presence.changed(change);
    this.#secrets.changed(change);
    for (const [controller, queue] of this.#queues) for (const key of controller.concerns(change)) queue.add(key);
  }

  /** What goes wrong from now on. */
  setFaults(faults: readonly Fault[]): void {
    this.#cloudFaults.setFaults(faults, this.clock.now());
    this.#functionFaults.set(faults);
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
    const clear = [...objects, ...this.presence.gone].filter(({ kind }) => kind !== "Secret");
    let mask: Mask | undefined;
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

  #functionFaultOf(name: string): PresentFault | undefined {
    const present = this.#functionFaults.of(name);
    const struck = { apiVersion: "pkg.crossplane.io/v1", kind: "Function", metadata: { name } };
    if (present) this.recorder.once(struck, "fault", present.fault.fault);
    return present;
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
