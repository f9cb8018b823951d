import { setTimeout as pause } from "node:timers/promises";
import { type Resource } from "../../../src/resource/resource.js";
import { type Client, type Stored } from "../../cluster/client.js";

/** Waits, at most `seconds`, until something holds. @throws Error that says what was waited for, and what there was instead */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  options: { readonly seconds?: number; readonly instead?: () => Promise<string> | string } = {},
): Promise<T> {
  const { seconds = 60, instead } = options;
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) {
      throw new Error(`cannot wait for ${what} any longer than ${seconds} s${instead ? `: ${await instead()}` : ""}`);
    }
    await pause(100);
  }
}

/** Waits until conditions of an object are True. Returns it as it is then. */
export async function conditionsTrue(
  client: Client,
  object: Resource,
  types: readonly string[],
  seconds = 60,
): Promise<Stored> {
  let last: Stored | undefined;
  return eventually(
    `${object.kind} ${object.metadata?.name} to be ${types.join(" and ")}`,
    async () => {
      last = await client.find(object);
      return last && types.every((type) => isTrue(last, type)) && last;
    },
    { seconds, instead: () => JSON.stringify(last?.status?.conditions ?? "there is none") },
  );
}

/** Whether a condition is True, and said of what is there now. */
export function isTrue(object: Resource | undefined, type: string): boolean {
  return (
    object?.status?.conditions?.some((condition) => condition.type === type && condition.status === "True") ?? false
  );
}
