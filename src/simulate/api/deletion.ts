import { valueAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Propagation } from "./client.js";
import { FOREGROUND, ORPHAN } from "./object-metadata.js";
import { DELETION_TIMESTAMP, generationOf, metadataOf } from "./object-state.js";

/** The finalizers of an object that is deleted. Without a propagation those that it has decide. */
export function finalizersAfter(
  finalizers: readonly string[],
  propagation: Propagation | undefined,
): readonly string[] {
  if (propagation === undefined) return finalizers;
  const others = finalizers.filter((name) => name !== FOREGROUND && name !== ORPHAN);
  if (propagation === "Background") return others;
  return [...others, propagation === "Foreground" ? FOREGROUND : ORPHAN];
}

/** An object that goes once its finalizers are gone; as it is, where it was marked before. */
export function markedDeleted(object: JsonObject, now: string): JsonObject {
  if (valueAt(object, DELETION_TIMESTAMP) !== undefined) return object;
  const generation = generationOf(object);
  const metadata = {
    ...metadataOf(object),
    deletionTimestamp: now,
    deletionGracePeriodSeconds: 0,
    ...(generation > 0 && { generation: generation + 1 }),
  };
  return { ...object, metadata };
}
