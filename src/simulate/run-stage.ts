import { gvkOf, nameOf, namespaceOf, parseGVK, textAt } from "../render/unstructured.js";
import { type JsonObject } from "../wire/index.js";
import { isApiError } from "./api/api-error.js";
import { descendants } from "./descendants.js";
import { type Deletion, type Stage, type Until } from "./input.js";
import { type StageEnd } from "./simulation.js";
import { titleOf } from "./timeline/identity.js";
import { subjectOf } from "./timeline/subject.js";
import { PERSON, type World } from "./world.js";

const HOUR_MS = 3_600_000;

/**
 * Does what a stage says, and lets time pass until what is waited for has come, or the stage has taken too long.
 *
 * @throws Error where an object is refused, or one that is to be deleted is not there
 */
export async function runStage(world: World, stage: Stage, index: number): Promise<StageEnd> {
  const { clock, recorder } = world;
  const { until = "settled", limit = HOUR_MS } = stage;
  const title = stage.title ?? described(stage);
  if (stage.after) await wait(world, { ms: stage.after }, new Set(), Number.POSITIVE_INFINITY);
  const began = clock.now();
  recorder.begin(index);
  recorder.marked("stage began", title);
  if (stage.faults) world.setFaults(stage.faults);
  if (stage.upgrade) world.upgrade(stage.upgrade);
  for (const object of stage.apply ?? []) apply(world, object);
  const going = remove(world, stage.delete ?? []);
  const isReached = await wait(world, until, going, began + limit);
  const end = { title, isReached, began, ended: clock.now(), composites: world.composites.ends() };
  recorder.marked("stage ended", describe(end, until));
  return end;
}

function described({ apply = [], delete: deleted = [], upgrade }: Stage): string {
  const names = (objects: readonly JsonObject[]) => objects.map(label).join(", ");
  const parts = [
    ...(upgrade ? ["another version is installed"] : []),
    ...(apply.length > 0 ? [`${names(apply)} applied`] : []),
    ...(deleted.length > 0 ? [`${names(deleted.map(({ object }) => object))} deleted`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "time passes";
}

const label = (object: JsonObject) => titleOf(subjectOf(object));

function apply({ api }: World, object: JsonObject): void {
  try {
    api.apply(object, { manager: PERSON });
  } catch (error) {
    throw new Error(`cannot apply ${label(object)}: ${(error as Error).message}`, { cause: error });
  }
}

/** Returns the uids of all that should go. */
function remove({ api, recorder }: World, deletions: readonly Deletion[]): Set<string> {
  const roots = deletions.map(({ object }) => {
    const found = api.get(gvkOf(object), namespaceOf(object), nameOf(object));
    if (!found) throw new Error(`cannot delete ${label(object)}: it is not there`);
    return found;
  });
  // A claim does not own its XR: its controller deletes it.
  const claimed = roots.flatMap((root) => {
    const gvk = parseGVK(textAt(root, [...RESOURCE_REF, "apiVersion"]), textAt(root, [...RESOURCE_REF, "kind"]));
    const xr = api.get(gvk, "", textAt(root, [...RESOURCE_REF, "name"]));
    return xr ? [xr] : [];
  });
  const going = new Set(roots.length > 0 ? descendants([...roots, ...claimed], api.all()) : []);
  for (const { object, propagation = "Background" } of deletions) {
    recorder.happened(object, "deletion asked", propagation === "Background" ? undefined : propagation);
    try {
      api.delete(object, { propagation, manager: PERSON });
    } catch (error) {
      // Whoever asked is told, which the timeline says; it stays as it is.
      if (!isApiError(error, "Conflict") && !isApiError(error, "Forbidden")) throw error;
    }
  }
  return going;
}

const RESOURCE_REF = ["spec", "resourceRef"];

async function wait(world: World, until: Until, going: ReadonlySet<string>, latest: number): Promise<boolean> {
  const { clock } = world;
  const began = clock.now();
  const isDone = () => {
    if (until === "settled") return !clock.hasWork;
    if (until === "gone") return [...going].every((uid) => !world.presence.has(uid));
    if (until === "ready") return world.composites.count > 0 && world.composites.unready === 0;
    return false;
  };
  const last = typeof until === "object" ? Math.min(latest, began + until.ms) : latest;
  while (!isDone()) {
    const { next } = clock;
    if (next === undefined || next > last) {
      clock.pass(last);
      return typeof until === "object" && last === began + until.ms;
    }
    await clock.advance();
  }
  return true;
}

function describe({ isReached, composites }: StageEnd, until: Until): string {
  const ready = composites.filter((each) => each.isReady).length;
  const state = composites.length > 0 ? `${ready} of ${composites.length} ready` : "nothing is left";
  const what = typeof until === "object" ? "the time is over" : until;
  return isReached ? `${what}: ${state}` : `not ${what} at the limit: ${state}`;
}
