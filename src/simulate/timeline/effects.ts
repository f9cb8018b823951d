import { grouped } from "./grouped.js";
import { type Happening, type Subject } from "./happening.js";
import { identityOf, partOf } from "./identity.js";

/** What a stage did to something that an XR composes. */
export interface Effect {
  readonly does: "deletes" | "recreates" | "abandons" | "changes" | "adds";
  /** As it is called afterwards; where it was deleted, as it was called last. */
  readonly object: Subject;
  /** The paths of the fields that were changed. */
  readonly fields: readonly string[];
  /** Whether the cloud still has what the cluster has no more. */
  readonly isKept: boolean;
}

/**
 * What a stage did to what is composed, the worst first, and then by XR and composition resource name. What is deleted and
 * made again, under whatever name, is recreated, and so is what the cloud is given a second time. What is only about to be
 * deleted counts as deleted.
 */
export function effectsOf(timeline: readonly Happening[], stage: number): readonly Effect[] {
  const parts = grouped(
    timeline.filter(({ object }) => object.composite !== undefined),
    ({ object }) => partOf(object),
  );
  const effects = [...parts.values()].flatMap((happenings) => {
    const before = happenings.filter((each) => each.stage < stage);
    const now = happenings.filter((each) => each.stage === stage);
    return effectOn(before, now) ?? [];
  });
  return inOrder(effects);
}

/** The worst first, and then by XR and composition resource name. */
export function inOrder(effects: readonly Effect[]): readonly Effect[] {
  return effects.toSorted((a, b) => ORDER.indexOf(a.does) - ORDER.indexOf(b.does) || byName(a.object, b.object));
}

const ORDER: readonly Effect["does"][] = ["recreates", "deletes", "abandons", "changes", "adds"];

/** Whether something is no more what it was, or no more in use, if only for a while. */
export function isDestructive({ does }: Effect): boolean {
  return does === "deletes" || does === "recreates" || does === "abandons";
}

function effectOn(before: readonly Happening[], now: readonly Happening[]): Effect | undefined {
  const does = verbOf(before, now);
  const object = now.at(-1)?.object;
  if (does === undefined || object === undefined) return undefined;
  const fields = [...new Set(now.flatMap(({ what, fields = [] }) => (what === "changed" ? fields : [])))];
  return { does, object, fields, isKept: has(now, "kept") };
}

function verbOf(before: readonly Happening[], now: readonly Happening[]): Effect["does"] | undefined {
  const first = now.find(({ what }) => what === "created" || what === "deleting" || what === "deleted");
  const wasThere = before.length > 0 ? !isGone(before) : first?.what !== "created";
  const leaves = has(now, "deleted", "deleting");
  if (!wasThere) return leaves ? undefined : first && "adds";
  if (leaves) return comesBack(now) ? "recreates" : "deletes";
  if (has(now, "made") && has(before, "made")) return "recreates";
  if (has(now, "removed")) return "deletes";
  return has(now, "changed") ? "changes" : undefined;
}

/** Whether the last that happened to it was that it went. What nothing has happened to was there from the start. */
function isGone(before: readonly Happening[]): boolean {
  return before.findLast(({ what }) => what === "created" || what === "deleted")?.what === "deleted";
}

/** What is made anew counts even where the old one is held, and so is there still. */
function comesBack(now: readonly Happening[]): boolean {
  const leaving = now.findIndex(({ what }) => what === "deleting" || what === "deleted");
  const left = now[leaving]?.object;
  return now.some(
    ({ what, object }, index) =>
      what === "created" && (index > leaving || (left !== undefined && identityOf(object) !== identityOf(left))),
  );
}

function has(happenings: readonly Happening[], ...whats: readonly Happening["what"][]): boolean {
  return happenings.some(({ what }) => whats.includes(what));
}

function byName(a: Subject, b: Subject): number {
  const [first, second] = [a, b].map(({ composite = "", resource = "", kind }) => `${composite}\n${resource}\n${kind}`);
  return (first ?? "") < (second ?? "") ? -1 : 1;
}
