import { type GVK, gvkOf, nameOf, namespaceOf, textAt } from "../render/unstructured.js";
import { type JsonObject } from "../wire/index.js";
import { type Change } from "./api/change.js";
import { compositeKinds, groupKind } from "./controllers/composite-kinds.js";
import { type Platform } from "./input.js";
import { type CompositeEnd } from "./simulation.js";
import { conditionOf, whyNotReady } from "./timeline/happenings-of.js";
import { subjectOf } from "./timeline/subject.js";

/** The XRs and claims of a cluster, and how they are. */
export class Composites {
  readonly #kinds = new Set<string>();
  readonly #objects = new Map<string, JsonObject>();
  readonly #unready = new Set<string>();

  /** Kinds of a platform, beside those of platforms before. */
  know(platform: Pick<Platform, "xrds" | "compositions">): void {
    for (const { xr, claim } of compositeKinds(platform).values()) {
      this.#kinds.add(groupKind(xr));
      if (claim) this.#kinds.add(groupKind(claim));
    }
  }

  isComposite(kind: Pick<GVK, "group" | "kind">): boolean {
    return this.#kinds.has(groupKind(kind));
  }

  /** Takes note of a change, which may be of anything. */
  changed({ type, object }: Change): void {
    const gvk = gvkOf(object);
    if (!this.isComposite(gvk)) return;
    const key = JSON.stringify([groupKind(gvk), namespaceOf(object), nameOf(object)]);
    if (type === "Deleted") this.#objects.delete(key);
    else this.#objects.set(key, object);
    if (type === "Deleted" || isReady(object)) this.#unready.delete(key);
    else this.#unready.add(key);
  }

  get count(): number {
    return this.#objects.size;
  }

  /** How many are not ready. */
  get unready(): number {
    return this.#unready.size;
  }

  /** How each is now. */
  ends(): readonly CompositeEnd[] {
    return [...this.#objects.values()].map((object) => {
      const why = whyOf(object);
      return {
        object: subjectOf(object),
        isReady: isReady(object),
        isSynced: conditionOf(object, "Synced")?.status === "True",
        ...(why !== undefined && { why }),
      };
    });
  }
}

/** What lies about the generation before is not said of the present one. */
function isReady(object: JsonObject): boolean {
  const ready = conditionOf(object, "Ready");
  const generation = (object["metadata"] as JsonObject | undefined)?.["generation"] ?? 0;
  const isOld = ready?.observedGeneration !== undefined && ready.observedGeneration < Number(generation);
  return ready?.status === "True" && !isOld && textAt(object, ["metadata", "deletionTimestamp"]) === "";
}

function whyOf(object: JsonObject): string | undefined {
  const synced = conditionOf(object, "Synced");
  if (synced?.status === "False" && synced.message) return synced.message;
  return isReady(object) ? undefined : whyNotReady(object);
}
