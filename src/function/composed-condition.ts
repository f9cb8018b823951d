import { type StatusCondition } from "./define-function.js";

/**
 * The condition Composed: what waits and why, and what is kept though nobody declares it. A condition and not an event,
 * since neither is something that happens.
 */
export function composedCondition(
  waiting: Readonly<Record<string, string>>,
  forgotten: readonly string[],
): StatusCondition {
  const needs = Object.entries(waiting).map(([path, what]) => `${path || "everything"} needs ${what}`);
  if (needs.length > 0)
    return { type: "Composed", status: "False", reason: "Waiting", message: bounded(needs), claim: true };
  if (forgotten.length === 0) return { type: "Composed", status: "True", reason: "Complete", claim: true };
  const message = `no longer composed, and kept until compose returns null for it: ${bounded(forgotten, ", ")}`;
  return { type: "Composed", status: "True", reason: "Forgotten", message, claim: true };
}

/** The condition Composed of a request that was refused. */
export function refusedCondition(message: string): StatusCondition {
  return { type: "Composed", status: "False", reason: "Refused", message, claim: true };
}

/** The API server bounds a condition's message at 32,768 characters; nobody reads more than a screen. */
function bounded(needs: readonly string[], separator = "; "): string {
  const most = 20;
  const more = needs.length - most;
  return [...needs.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}
