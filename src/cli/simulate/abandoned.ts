import { type Effect } from "../../simulate/timeline/effects.js";
import { type Subject } from "../../simulate/timeline/happening.js";
import { isPartOf } from "../../simulate/timeline/identity.js";
import { subjectOf } from "../../simulate/timeline/subject.js";
import { type JsonObject } from "../../wire/index.js";
import { keptBy } from "../render/explain.js";

/**
 * What an upgrade composes no more, while it makes something of the same kind beside it: most often one thing that is
 * called otherwise without `formerly`, so that what is in it stays behind.
 *
 * @param objects what lies in the cluster then, the XRs among it
 */
export function abandoned(effects: readonly Effect[], objects: readonly JsonObject[]): readonly Effect[] {
  const added = new Set(effects.filter(({ does }) => does === "adds").map(({ object }) => siblings(object)));
  return objects.flatMap((object) => {
    const kept = new Set(keptBy(object));
    if (kept.size === 0) return [];
    const xr = subjectOf(object);
    const left = objects.map(subjectOf).filter((part) => isPartOf(part, xr) && kept.has(part.resource ?? ""));
    return left
      .filter((part) => added.has(siblings(part)))
      .map((part): Effect => ({ does: "abandons", object: part, fields: [], isKept: false }));
  });
}

/** The same for two of one kind in one XR. */
const siblings = ({ namespace, composite, apiVersion, kind }: Subject) =>
  JSON.stringify([namespace, composite, apiVersion, kind]);
