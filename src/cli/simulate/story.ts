import { isObject, textAt } from "../../render/unstructured.js";
import { type SimulateInput } from "../../simulate/input.js";
import { type CompositeEnd, type Simulation, type StageEnd } from "../../simulate/simulation.js";
import { type Effect, effectsOf, inOrder, isDestructive } from "../../simulate/timeline/effects.js";
import { type Happening, type Subject } from "../../simulate/timeline/happening.js";
import { identityOf, isPartOf } from "../../simulate/timeline/identity.js";
import { subjectOf } from "../../simulate/timeline/subject.js";
import { type JsonObject } from "../../wire/index.js";
import { type Json } from "../../yaml/index.js";
import { masked } from "../render/redaction.js";
import { abandoned } from "./abandoned.js";
import { withFailing } from "./failing.js";
import { labelOf } from "./fold.js";

/** What became of a simulation, as it is shown: no value of a Secret is in it. */
export interface Story {
  readonly timeline: readonly Happening[];
  readonly stages: readonly StageStory[];
  /** The XRs and claims that somebody applied, or that were there when it began; in the order in which they appeared. */
  readonly composites: readonly CompositeStory[];
  /** What lies in the cluster at the end. */
  readonly objects: readonly JsonObject[];
  /** What is in the cloud at the end. */
  readonly cloud: readonly CloudThing[];
  /** Whether everything came as it was wished for: the exit code is 0. */
  readonly isPassed: boolean;
}

export interface StageStory extends StageEnd {
  /** What an upgrade did; undefined where the stage was none. */
  readonly upgrade: readonly Effect[] | undefined;
}

/** What there is to know of an XR or a claim at the end. */
export interface CompositeStory {
  readonly object: Subject;
  /** What it should be. Default: what it is, where nobody said. */
  readonly wanted: "ready" | "gone";
  /**
   * `waiting` where it is there and not Ready; `held` where it should be gone; `leaving` where it is gone, and what it
   * composed is not.
   */
  readonly state: "ready" | "waiting" | "held" | "leaving" | "gone";
  /** Milliseconds from when somebody last asked for something of it to when it was so; undefined where it is not, or nobody did. */
  readonly took: number | undefined;
  readonly why: string | undefined;
}

export interface CloudThing {
  readonly of: Subject;
  /** Its name in the cloud. */
  readonly name: string;
  readonly id: string;
  readonly holds: number;
  /** Whether the object that made it is gone. */
  readonly isLeft: boolean;
}

/** Makes a story of a simulation, and masks what is secret in it. */
export function storyOf(simulation: Simulation, input: SimulateInput): Story {
  const mask = places((text) => simulation.mask(text));
  const timeline = simulation.timeline.map(mask).filter(({ what }) => what !== "stage began" && what !== "stage ended");
  const stages = simulation.stages.map((end, index) => ({
    ...mask(end),
    composites: end.composites.map((each) => withFailing(mask(each), until(timeline, index))),
    upgrade: input.stages[index]?.upgrade ? upgradeOf(timeline, index, simulation) : undefined,
  }));
  const objects = simulation.objects.map((object) => readable(mask(object)));
  const composites = compositesOf(timeline, stages).map((composite) => withLeaving(composite, objects));
  const isPassed =
    composites.length > 0 &&
    stages.every(({ isReached, upgrade = [] }) => isReached && !upgrade.some(isDestructive)) &&
    composites.every(({ wanted, state }) => wanted === state);
  return { timeline, stages, composites, objects, cloud: simulation.cloud.map(thing(objects, mask)), isPassed };
}

function upgradeOf(timeline: readonly Happening[], stage: number, { objects }: Simulation): readonly Effect[] {
  const effects = effectsOf(timeline, stage);
  return inOrder([...effects, ...abandoned(effects, objects)]);
}

/** What was composed and cannot be deleted. */
function withLeaving(composite: CompositeStory, objects: readonly JsonObject[]): CompositeStory {
  if (composite.state !== "gone") return composite;
  const parts = objects
    .filter((object) => textAt(object, ["metadata", "deletionTimestamp"]) !== "")
    .map(subjectOf)
    .filter((part) => isPartOf(part, composite.object));
  if (parts.length === 0) return composite;
  return { ...composite, state: "leaving", why: `not deleted yet: ${parts.map(labelOf).join(", ")}` };
}

/** A mask in the data of a Secret is base64, as all that stands there: so that objects can be simulated from again. */
function readable(object: JsonObject): JsonObject {
  const { apiVersion, kind, data } = object;
  if (apiVersion !== "v1" || kind !== "Secret" || !isObject(data)) return object;
  const encoded = Object.entries(data).map(([key, value]) => [key, value === MARK ? btoa(MARK) : value]);
  return { ...object, data: Object.fromEntries(encoded) as JsonObject };
}

const MARK = "***";

function until(timeline: readonly Happening[], last: number): readonly Happening[] {
  return timeline.filter(({ stage }) => stage <= last);
}

type Masking = <T>(value: T) => T;

function places(text: (text: string) => string): Masking {
  const all = { text, markOf: () => MARK, clear: new Set<string>() };
  return (value) => (value === undefined ? value : (masked(value as Json, all) as typeof value));
}

function compositesOf(timeline: readonly Happening[], stages: readonly StageEnd[]): readonly CompositeStory[] {
  const ends = stages.flatMap(({ composites }) => composites).filter(({ object }) => object.composite === undefined);
  const kinds = new Set(ends.map(({ object }) => kindOf(object)));
  // One that was gone before its stage ended stands in no end.
  const asked = timeline.filter(({ what, object }) => what === "applied" && kinds.has(kindOf(object)));
  const all = new Map([...asked, ...ends].map(({ object }) => [identityOf(object), object]));
  const last = stages.at(-1)?.composites ?? [];
  return [...all].map(([id, object]) => {
    const end = last.find((each) => identityOf(each.object) === id);
    return compositeOf(
      end?.object ?? object,
      end,
      timeline.filter((each) => identityOf(each.object) === id),
    );
  });
}

const kindOf = ({ apiVersion, kind }: Subject) => `${apiVersion} ${kind}`;

function compositeOf(object: Subject, end: CompositeEnd | undefined, happenings: readonly Happening[]): CompositeStory {
  // What a claim has bound goes with it.
  const ends = ["applied", "deletion asked", "deleting", ...(has(happenings, "applied") ? [] : ["deleted"])];
  const asked = happenings.findLast(({ what }) => ends.includes(what));
  const wanted = asked === undefined || asked.what === "applied" ? "ready" : "gone";
  const state = stateOf(end, wanted);
  const done = happenings.findLast(({ what }) => what === (wanted === "ready" ? "ready" : "deleted"));
  const isTimed = state === wanted && asked !== undefined && done !== undefined && done.at >= asked.at;
  return { object, wanted, state, took: isTimed ? done.at - asked.at : undefined, why: end?.why };
}

function has(happenings: readonly Happening[], wanted: Happening["what"]): boolean {
  return happenings.some(({ what }) => what === wanted);
}

function stateOf(end: CompositeEnd | undefined, wanted: "ready" | "gone"): CompositeStory["state"] {
  if (end === undefined) return "gone";
  if (wanted === "gone") return "held";
  return works(end) ? "ready" : "waiting";
}

/** Whether an XR or a claim is ready, and Crossplane could reconcile it the last time: one that fails stays Ready. */
export function works({ isReady, isSynced }: Pick<CompositeEnd, "isReady" | "isSynced">): boolean {
  return isReady && isSynced;
}

function thing(objects: readonly JsonObject[], mask: Masking): (external: Simulation["cloud"][number]) => CloudThing {
  const present = new Set(objects.map((object) => identityOf(subjectOf(object))));
  return ({ of, name, id, holds }) => ({ ...mask({ of, name, id, holds }), isLeft: !present.has(identityOf(of)) });
}

/** Tells what is an XR or a claim. */
export function compositesIn({ stages }: Pick<Story, "stages">): (subject: Subject) => boolean {
  const kinds = new Set(stages.flatMap(({ composites }) => composites).map(({ object }) => kindOf(object)));
  return (object) => kinds.has(kindOf(object));
}
