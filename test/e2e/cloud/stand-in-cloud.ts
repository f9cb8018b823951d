import { awsStandIns, Cloud, Faults, managedController } from "../../../src/simulate/cloud/index.js";
import { type External } from "../../../src/simulate/cloud/stand-in.js";
import { type Controller, SOON } from "../../../src/simulate/controller.js";
import { type Fault } from "../../../src/simulate/fault.js";
import { type Happening } from "../../../src/simulate/index.js";
import { Recorder } from "../../../src/simulate/timeline/recorder.js";
import { WorkQueue } from "../../../src/simulate/work-queue.js";
import { type JsonObject } from "../../../src/wire/index.js";
import { type Client } from "../../cluster/client.js";
import { type WatchEvent } from "../control-plane/watch.js";
import { isOfNamespace } from "../scenarios/comparable.js";
import { type Hub } from "./hub.js";
import { managerOf } from "./manager-of.js";
import { realClient } from "./real-client.js";
import { type ScaledClock, scaledClock } from "./scaled-clock.js";

export interface StandInCloudOptions {
  readonly client: Client;
  readonly hub: Hub;
  /** The namespace whose managed resources it takes care of. Default: all. */
  readonly namespace?: string;
  /** How many times as fast as it says the cloud is, with its faults and the provider's back-off. Default: 1. */
  readonly speed?: number;
  /** Is told of each thing as it happens. Default: nobody. */
  onHappening?(happening: Happening): void;
}

/** The stand-in for AWS and its provider, on a real API server. */
export interface StandInCloud {
  readonly clock: ScaledClock;
  /** What has happened in the cluster and in the cloud, as simulate tells it. */
  readonly recorder: Recorder;
  /** What is in the cloud. */
  externals(): readonly External[];
  /** What goes wrong from now on, in the place of what did. */
  setFaults(faults: readonly Fault[]): void;
  stop(): void;
}

/** The field manager of the person who applies, in the tests as in simulate. */
export const PERSON = "kubectl";

/** Has managed resources taken care of, as simulate does it, by what is written to a real API server. */
export function startStandInCloud(options: StandInCloudOptions): StandInCloud {
  const { client, hub, namespace, speed = 1 } = options;
  const clock = scaledClock(speed);
  const cloud = new Cloud({ now: () => clock.now() });
  const faults = new Faults(() => clock.now());
  const providers = managedController({
    client: realClient(client),
    cloud,
    faults,
    standIns: awsStandIns(),
    now: () => clock.now(),
    time: () => `${new Date().toISOString().slice(0, 19)}Z`,
  });
  const queue = new WorkQueue(persistent(providers), clock);
  const recorder = new Recorder({
    clock,
    person: PERSON,
    isComposite: ({ group }) => group === "platform.trimtab.dev",
    onHappening: (happening) => options.onHappening?.(happening),
  });
  const isOurs = (object: JsonObject) => namespace === undefined || isOfNamespace(object, namespace);
  const tell = (event: WatchEvent) => {
    const [object, before] = [event.object, event.before] as unknown as [JsonObject, JsonObject | undefined];
    if (!isOurs(object)) return;
    recorder.changed({ type: event.type, object, before, manager: whoIs(managerOf(event)) });
    // A provider hears of what it has written itself as of anything else.
    for (const key of providers.concerns({ type: event.type, object, before, manager: "" })) queue.add(key);
  };
  const ends = [
    hub.listen(tell, true),
    cloud.onChange(({ what, object }) => {
      if (what !== "updated") recorder.happened(object, what);
    }),
    faults.onFault(({ fault }, object) => recorder.once(object, "fault", fault)),
  ];
  return {
    clock,
    recorder,
    externals: () => cloud.all(),
    setFaults(next) {
      faults.setFaults(next, clock.now());
      for (const key of providers.keys()) queue.add(key);
    },
    stop() {
      for (const end of ends) end();
      clock.stop();
    },
  };
}

/** kubectl has a field manager of its own for some of its commands: `kubectl-client-side-apply`, `kubectl-edit`. */
function whoIs(manager: string): string {
  return manager.startsWith("kubectl-") ? PERSON : manager;
}

/** An API server may be gone for a while: then it is tried again, as any controller does. */
function persistent(controller: Controller): Controller {
  return {
    name: controller.name,
    concerns: (change) => controller.concerns(change),
    reconcile: (key) => controller.reconcile(key).catch(() => SOON),
  };
}
