import { readComposition } from "../../render/read-composition.js";
import { annotationsOf, COMPOSITION_RESOURCE_NAME, gvkOf, nameOf } from "../../render/unstructured.js";
import { type CloudFault, type Fault } from "../../simulate/fault.js";
import { isMeant, type Target } from "../../simulate/fault-target.js";
import { type Platform, type SimulateInput } from "../../simulate/input.js";
import { type Simulation } from "../../simulate/simulation.js";
import { type JsonObject } from "../../wire/index.js";

/** The names that Compositions have for the functions of their steps. */
export function functionsIn(platforms: readonly Platform[]): ReadonlySet<string> {
  const steps = platforms
    .flatMap(({ compositions }) => compositions)
    .flatMap((composition) => readComposition(composition).pipeline);
  return new Set(steps.map((step) => step.function));
}

/** Warnings of the faults that nothing has fitted which there was in a simulation: a name that is misspelt strikes nothing. */
export function unstruck(
  { stages, objects = [] }: Pick<SimulateInput, "stages" | "objects">,
  { timeline, objects: left }: Pick<Simulation, "timeline" | "objects">,
): readonly string[] {
  const seen = [...timeline.map(({ object }) => object), ...[...objects, ...left].map(thingOf)];
  return stages
    .flatMap(({ faults = [] }) => faults)
    .flatMap((fault, index) => {
      if (!isOfCloud(fault) || seen.some((thing) => isMeant(fault.on, thing))) return [];
      return [`faults: [${index}] (${fault.fault}) strikes nothing: there was ${missing(fault.on, seen)}`];
    });
}

const isOfCloud = (fault: Fault): fault is Fault & CloudFault => "on" in fault;

function thingOf(object: JsonObject): Target {
  const resource = annotationsOf(object)[COMPOSITION_RESOURCE_NAME];
  return { kind: gvkOf(object).kind, name: nameOf(object), resource };
}

/** What was asked for, and what could have been said instead. */
function missing({ kind, resource, name }: CloudFault["on"], seen: readonly Target[]): string {
  const asked = Object.entries({ kind, resource, name }).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field} ${value}`],
  );
  const composed = seen.filter((thing) => thing.resource !== undefined && thing.resource !== "");
  const field = kind !== undefined && composed.every((thing) => thing.kind !== kind) ? "kind" : "resource";
  const others = [...new Set(composed.map((thing) => thing[field] ?? ""))].toSorted();
  return `no ${asked.join(" with ")}${others.length > 0 ? `, but ${others.join(", ")}` : ""}`;
}
