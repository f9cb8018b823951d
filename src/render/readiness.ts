import { byteOrder } from "./byte-order.js";
import { type Composed } from "./compose.js";
import { type Condition } from "./conditions.js";
import { COMPOSE_RESOURCES, type Event } from "./event.js";

/** An event for each composed resource of which no function says that it is of use. */
export function unready({ ready }: Composed): readonly Event[] {
  return unreadyKeys(ready).map((key) => ({
    type: "Normal",
    reason: COMPOSE_RESOURCES,
    message: `Composed resource ${JSON.stringify(key)} is not yet ready`,
  }));
}

/** The condition Ready: what a function says of the XR as a whole, or else whether all that it composes is of use. */
export function readiness({ ready, isReady }: Composed): Condition {
  const waiting = unreadyKeys(ready);
  if (isReady ?? waiting.length === 0) return { type: "Ready", status: "True", reason: "Available" };
  const creating = { type: "Ready", status: "False", reason: "Creating" };
  return isReady === undefined ? { ...creating, message: `Unready resources: ${firstThree(waiting)}` } : creating;
}

function unreadyKeys(ready: Composed["ready"]): readonly string[] {
  // What has no name is told by its number.
  return Object.keys(ready)
    .flatMap((key, index) => (ready[key] ? [] : [key || String(index)]))
    .sort(byteOrder);
}

function firstThree(names: readonly string[]): string {
  const [a = "", b = "", c = "", ...more] = names;
  if (more.length > 0) return `${a}, ${b}, ${c}, and ${more.length} more`;
  return names.length === 3 ? `${a}, ${b}, and ${c}` : names.join(", ");
}
