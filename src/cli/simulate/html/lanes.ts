import { grouped } from "../../../simulate/timeline/grouped.js";
import { type Subject } from "../../../simulate/timeline/happening.js";
import { identityOf, partOf } from "../../../simulate/timeline/identity.js";
import { type News, retried } from "../news.js";
import { compositesIn, type Story } from "../story.js";
import { type Said } from "../words.js";

/** The life of one object. */
export interface Lane {
  readonly id: string;
  /** As it is called last. */
  readonly object: Subject;
  readonly segments: readonly Segment[];
  /** When the cloud had it. */
  readonly cloud: readonly Stretch[];
  readonly happenings: readonly News[];
}

/** In milliseconds. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Whether its object is gone by then. */
  readonly isLeft: boolean;
}

export interface Segment {
  readonly state: State;
  readonly from: number;
  readonly to: number;
}

export type State = "creating" | "ready" | "waiting" | "failed" | "deleting" | "present";

/**
 * A lane for each object, XRs before what they compose, in the order in which they appeared. What nothing is said of
 * beforehand is there from the start.
 */
export function lanesOf(story: Pick<Story, "timeline" | "stages">): readonly Lane[] {
  const end = story.stages.at(-1)?.ended ?? 0;
  const stages = [...grouped(story.timeline, ({ stage }) => String(stage)).values()];
  const timeline = stages.flatMap((stage) => retried(stage, compositesIn(story)));
  const all = [...grouped(timeline, ({ object }) => identityOf(object))].map(([id, happenings]): Lane => {
    const object = happenings.at(-1)?.object ?? NOBODY;
    return { id, object, happenings, segments: segmentsOf(happenings, end), cloud: cloudOf(happenings, end) };
  });
  const owners = new Map(all.map((lane) => [`${lane.object.kind}/${lane.object.name}`, lane]));
  const below = grouped(
    all.filter(({ object }) => owners.has(object.composite ?? "")),
    ({ object }) => object.composite ?? "",
  );
  // What was made again stands below what it replaces.
  const withParts = (lane: Lane): readonly Lane[] => {
    const parts = grouped(below.get(`${lane.object.kind}/${lane.object.name}`) ?? [], ({ object }) => partOf(object));
    return [lane, ...[...parts.values()].flat().flatMap(withParts)];
  };
  return all.filter(({ object }) => !owners.has(object.composite ?? "")).flatMap(withParts);
}

/** Whether it is there no more; what the cloud does with it comes after that. */
export function isGone({ happenings }: Lane): boolean {
  return (
    happenings.findLast(({ what }) => what === "created" || what === "applied" || what === "deleted")?.what ===
    "deleted"
  );
}

const NOBODY: Subject = { apiVersion: "", kind: "", namespace: "", name: "" };

function segmentsOf(happenings: readonly News[], end: number): readonly Segment[] {
  const hasReady = happenings.some(({ what }) => TELLING.has(what));
  const segments: Segment[] = [];
  const begins = happenings[0]?.what === "created" || happenings[0]?.what === "applied";
  let state: State | undefined = begins ? undefined : "present";
  let since = begins ? (happenings[0]?.at ?? 0) : 0;
  const turn = (next: State | undefined, at: number) => {
    if (next === state) return;
    if (state !== undefined && (at > since || next === undefined)) segments.push({ state, from: since, to: at });
    state = next;
    since = at;
  };
  let isReady = false;
  for (const { what, at } of happenings) {
    if (what === "ready" || what === "unready") isReady = what === "ready";
    turn(after(state, what, { hasReady, isReady }), at);
  }
  turn(undefined, end);
  return segments;
}

/** What says that a kind can be ready. */
const TELLING: ReadonlySet<Said> = new Set(["ready", "unready", "made", "failed", "not yet", "waiting"]);

interface Readiness {
  readonly hasReady: boolean;
  /** Whether it was ready last. */
  readonly isReady: boolean;
}

function after(state: State | undefined, what: Said, { hasReady, isReady }: Readiness): State | undefined {
  if (what === "deleted") return undefined;
  if (what === "deletion asked" || what === "deleting") return "deleting";
  if (state === "deleting") return state;
  if (what === "created" || what === "applied") return state ?? (hasReady ? "creating" : "present");
  if (what === "ready") return "ready";
  if (what === "failed") return "failed";
  if (what === "recovered" && state === "failed") return isReady ? "ready" : "creating";
  if (what === "unready") return "waiting";
  if (what === "not yet") return "waiting";
  return what === "waiting" && state !== "ready" ? "waiting" : state;
}

function cloudOf(happenings: readonly News[], end: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let since: number | undefined;
  for (const { what, at } of happenings) {
    if (what === "made") since = at;
    if ((what === "removed" || what === "kept") && since !== undefined) {
      stretches.push({ from: since, to: at, isLeft: false });
      since = undefined;
    }
    if (what === "kept") stretches.push({ from: at, to: end, isLeft: true });
  }
  return since === undefined ? stretches : [...stretches, { from: since, to: end, isLeft: false }];
}
