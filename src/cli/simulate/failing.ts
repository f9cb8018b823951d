import { type CompositeEnd } from "../../simulate/simulation.js";
import { grouped } from "../../simulate/timeline/grouped.js";
import { type Happening } from "../../simulate/timeline/happening.js";
import { identityOf, isPartOf } from "../../simulate/timeline/identity.js";
import { labelOf } from "./fold.js";
import { listNames } from "./list-names.js";

/**
 * How an XR ended, with what keeps its parts from being made: what waits for a part says only that it waits.
 *
 * @param timeline what happened by then
 */
export function withFailing(end: CompositeEnd, timeline: readonly Happening[]): CompositeEnd {
  if (end.isReady && end.isSynced) return end;
  const parts = timeline.filter((happening) => ENDS.has(happening.what) && isPartOf(happening.object, end.object));
  const last = new Map(parts.map((happening) => [identityOf(happening.object), happening]));
  const failing = [...last.values()].filter(({ what }) => what === "failed" || what === "held");
  const reasons = [...grouped(failing, ({ message = "" }) => message)].map(
    ([message, all]) => `${listNames(all.map(({ object }) => labelOf(object))).join(", ")}: ${message}`,
  );
  const why = [...(end.why === undefined ? [] : [end.why]), ...reasons].join("; ");
  return why === "" ? end : { ...end, why };
}

const ENDS: ReadonlySet<Happening["what"]> = new Set(["failed", "held", "recovered", "deleted"]);
