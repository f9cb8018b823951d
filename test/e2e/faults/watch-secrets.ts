import { objectsAt, textAt } from "../../../src/render/unstructured.js";
import { type JsonObject } from "../../../src/wire/index.js";
import { type Stored } from "../../cluster/client.js";
import { type Hub } from "../cloud/hub.js";
import { type WatchEvent } from "../control-plane/watch.js";

export interface SecretsWatch {
  /** What has happened to a Secret since the last time, and must not: a line for each. No value stands in it. */
  losses(): readonly string[];
  stop(): void;
}

/**
 * Looks at each version of the Secrets that services of a namespace are to use. They are published whole, and stay so: none
 * is deleted, none has a key more or less than its first version, or an empty value, and none has another value unless of
 * what a developer can change.
 */
export function watchSecrets(hub: Hub, namespace: string): SecretsWatch {
  let losses: string[] = [];
  const stop = hub.listen((event) => {
    if (event.object.metadata.namespace === namespace && isOfService(event.object)) losses.push(...lossesOf(event));
  }, true);
  return {
    losses() {
      const taken = losses;
      losses = [];
      return taken;
    },
    stop,
  };
}

/** Not those that a provider writes: they are read by functions alone. */
export function isOfService(object: Stored): boolean {
  if (object.kind !== "Secret") return false;
  const owners = objectsAt(object as unknown as JsonObject, ["metadata", "ownerReferences"]);
  return owners.some((owner) => textAt(owner, ["apiVersion"]).startsWith("platform.trimtab.dev/"));
}

export function* lossesOf({ type, object, before }: WatchEvent): Iterable<string> {
  const { name } = object.metadata;
  if (type === "Deleted") {
    yield `${name} was deleted`;
    return;
  }
  const [now, then] = [dataOf(object), before && dataOf(before)];
  for (const [key, value] of Object.entries(now)) if (value === "") yield `${name} has nothing in ${key}`;
  if (!then) return;
  for (const [key, value] of Object.entries(then)) {
    if (!(key in now)) yield `${name} has lost ${key}`;
    else if (now[key] !== value && now[key] !== "" && !CHANGEABLE.has(key)) yield `${name} has another ${key}`;
  }
  for (const key of Object.keys(now)) if (!(key in then)) yield `${name} has got ${key} later than the rest`;
}

/** What a consumer's prefix stands in. */
const CHANGEABLE: ReadonlySet<string> = new Set(["BUCKET_PREFIX", "prefix", "uri"]);

const dataOf = ({ data }: Stored) => (data ?? {}) as Readonly<Record<string, string>>;
