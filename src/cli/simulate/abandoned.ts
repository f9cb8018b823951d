import { labelsOf, nameOf } from "../../render/unstructured.js";
import { type Effect } from "../../simulate/timeline/effects.js";
import { type Subject } from "../../simulate/timeline/happening.js";
import { subjectOf } from "../../simulate/timeline/subject.js";
import { type JsonObject } from "../../wire/index.js";
import { explain } from "../render/explain.js";

/**
 * What an upgrade composes no more, while it makes something of the same kind beside it: most often one thing that is
 * called otherwise without `formerly`, so that what is in it stays behind.
 *
 * @param objects what lies in the cluster then, the XRs among it
 */
export function abandoned(effects: readonly Effect[], objects: readonly JsonObject[]): readonly Effect[] {
  const added = new Set(effects.filter(({ does }) => does === "adds").map(({ object }) => siblings(object)));
  return objects.flatMap((xr) => {
    const kept = new Set(keptBy(xr));
    if (kept.size === 0) return [];
    const parts = objects.filter((object) => labelsOf(object)["crossplane.io/composite"] === nameOf(xr)).map(subjectOf);
    const left = parts.filter((part) => part.composite === identityOfXR(xr) && kept.has(part.resource ?? ""));
    return left
      .filter((part) => added.has(siblings(part)))
      .map((object): Effect => ({ does: "abandons", object, fields: [], isKept: false }));
  });
}

/** Those of one kind in one XR. */
const siblings = ({ composite, apiVersion, kind }: Subject) => JSON.stringify([composite, apiVersion, kind]);

const identityOfXR = (xr: JsonObject) => `${String(xr["kind"])}/${nameOf(xr)}`;

function keptBy(composite: JsonObject): readonly string[] {
  return explain({ composite, composed: [], deleted: [], events: [], context: undefined }).kept;
}
