import { setTimeout as pause } from "node:timers/promises";
import { textAt } from "../../../src/render/unstructured.js";
import { type Happening, type Simulation, simulate } from "../../../src/simulate/index.js";
import { type JsonObject } from "../../../src/wire/index.js";
import { type Client } from "../../cluster/client.js";
import { platform } from "../../support/platform.js";
import { type CRD } from "../../support/provider-crds.js";
import { type Hub } from "../cloud/hub.js";
import { PERSON, type StandInCloud } from "../cloud/stand-in-cloud.js";
import { comparable, ofNamespace } from "./comparable.js";
import { type RelocatedStage } from "./relocated.js";
import { type Sequences, sequencesOf } from "./sequence.js";

export interface Stageplay {
  readonly client: Client;
  readonly hub: Hub;
  readonly cloud: StandInCloud;
  readonly namespace: string;
  readonly crds: readonly CRD[];
}

/** How a stage ended on the real control plane, and what was to be expected. */
export interface StageEnds {
  /** What happened in memory. */
  readonly expected: Sequences;
  readonly happened: readonly Happening[];
  /** What there is at the end of it, in memory and in reality: see {@link comparable}. */
  readonly states: {
    readonly simulated: Readonly<Record<string, JsonObject>>;
    readonly real: Readonly<Record<string, JsonObject>>;
  };
  /** The kinds of what is in the cloud. */
  readonly cloud: readonly string[];
}

/** In memory: all stages up to this one. */
async function simulated(
  stages: readonly RelocatedStage[],
  index: number,
  { crds }: Pick<Stageplay, "crds">,
): Promise<Simulation> {
  const input = stages.slice(0, index + 1).map(({ expect: _, ...stage }) => stage);
  return simulate({ platform, stages: input, crds: crds as unknown as readonly JsonObject[] });
}

/**
 * Does on a real control plane what a stage says, and waits until it has come to what it has come to in memory, for so many
 * seconds at the most.
 */
export async function play(
  stages: readonly RelocatedStage[],
  index: number,
  stageplay: Stageplay,
  seconds = 120,
): Promise<StageEnds> {
  const { client, hub, cloud, namespace } = stageplay;
  const stage = stages[index];
  if (!stage) throw new Error(`cannot play stage ${index}: there are ${stages.length}`);
  const simulation = await simulated(stages, index, stageplay);
  cloud.recorder.begin(index);
  if (stage.faults) cloud.setFaults(stage.faults);
  for (const object of stage.apply) await client.apply(object as never, { manager: PERSON });
  for (const { object, propagation } of stage.delete) {
    cloud.recorder.happened(object, "deletion asked");
    await client.delete(object as never, { ...(propagation && { propagation }) });
  }
  const target = comparable(ofNamespace(simulation.objects, namespace));
  const real = () => comparable(ofNamespace(hub.objects() as unknown as readonly JsonObject[], namespace));
  const over = cloud.clock.now() + faultsEndAfter(stage);
  await until(() => cloud.clock.now() >= over && JSON.stringify(real()) === JSON.stringify(target), seconds);
  await hub.told();
  return {
    expected: sequencesOf(simulation.timeline.filter((happening) => happening.stage === index && isOurs(happening))),
    happened: cloud.recorder.happenings.filter((happening) => happening.stage === index),
    states: { simulated: target, real: real() },
    cloud: cloud
      .externals()
      .map(({ object }) => textAt(object, ["kind"]))
      .sort(),
  };

  function isOurs({ object }: Happening): boolean {
    return object.namespace === namespace || object.namespace === "";
  }
}

/** When faults are over that do not last for ever, on the clock of the cloud: before that, a stage is not. */
function faultsEndAfter({ faults = [] }: RelocatedStage): number {
  return Math.max(0, ...faults.map(({ from = 0, for: duration = 0 }) => from + duration));
}

/** Waits until something holds, for so many seconds at the most; what then follows from it, is for others to say. */
async function until(condition: () => boolean, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!condition() && Date.now() < deadline) await pause(100);
}
