import { type Resource } from "trimtab";
import { type Outcome } from "trimtab/testing";

/** Messages as a developer reads them. */
export type Said = readonly string[];

/** All that an outcome says: refusals, what each thing needs, and what its conditions report beside. */
export function saidBy({ results, waiting, conditions }: Outcome): Said {
  const needs = Object.values(waiting).map((what) => `needs ${what}`);
  if (results.length > 0) return results.map(({ message }) => message);
  // What waits is said in Composed as well, and there in one message.
  const reported = conditions.filter(({ reason }) => reason !== "Waiting").flatMap(({ message }) => message ?? []);
  return [...needs, ...reported];
}

/** An XR as it may lie in a cluster whose XRD was looser once. */
export function withoutAdmission(kind: string, xr: object): Resource {
  return { apiVersion: "platform.trimtab.dev/v1alpha1", kind, ...xr } as Resource;
}
