import { byteOrder } from "./byte-order.js";
import { type Composed, type ComposedResource } from "./compose.js";
import { type Condition } from "./conditions.js";
import { COMPOSE_RESOURCES, type Event, normal } from "./event.js";

// What Crossplane makes of what composing came to (crossplane, Reconcile of composite/reconciler.go).

/** An event for each composed resource that the cluster did not take, or of which no function says that it is of use. */
export function pending({ resources }: Composed): readonly Event[] {
  const waiting = named(resources).flatMap(([name, { isReady, isSynced }]) => [
    ...(isSynced ? [] : [`Composed resource ${JSON.stringify(name)} is not yet valid`]),
    ...(isReady ? [] : [`Composed resource ${JSON.stringify(name)} is not yet ready`]),
  ]);
  return waiting.map((message) => normal(COMPOSE_RESOURCES, message));
}

/** The condition Synced: whether the cluster took all that is desired. */
export function syncedness({ resources }: Composed): Condition {
  const unsynced = namesOf(resources, ({ isSynced }) => !isSynced);
  if (unsynced.length === 0) return { type: "Synced", status: "True", reason: "ReconcileSuccess" };
  const message = `Unsynced resources: ${firstThree(unsynced)}`;
  return { type: "Synced", status: "False", reason: "ReconcileError", message };
}

/** The condition Ready: what a function says of the XR as a whole, or else whether all that it composes is of use. */
export function readiness({ resources, isReady }: Composed): Condition {
  const waiting = namesOf(resources, (resource) => !resource.isReady);
  if (isReady ?? waiting.length === 0) return { type: "Ready", status: "True", reason: "Available" };
  const creating = { type: "Ready", status: "False", reason: "Creating" };
  return isReady === undefined ? { ...creating, message: `Unready resources: ${firstThree(waiting)}` } : creating;
}

/** What has no name is told by its number. */
function named(resources: Composed["resources"]): readonly (readonly [string, ComposedResource])[] {
  return Object.entries(resources)
    .map(([key, resource], index) => [key || String(index), resource] as const)
    .sort(([a], [b]) => byteOrder(a, b));
}

function namesOf(resources: Composed["resources"], fits: (resource: ComposedResource) => boolean): readonly string[] {
  return named(resources).flatMap(([name, resource]) => (fits(resource) ? [name] : []));
}

function firstThree(names: readonly string[]): string {
  const [a = "", b = "", c = "", ...more] = names;
  if (more.length > 0) return `${a}, ${b}, ${c}, and ${more.length} more`;
  return names.length === 3 ? `${a}, ${b}, and ${c}` : names.join(", ");
}
