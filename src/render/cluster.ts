import { type JsonObject } from "../wire/index.js";
import { type GVK } from "./unstructured.js";

/** What a reconcile reads, answered at once: objects as they are stored. */
export interface Reader {
  get(gvk: GVK, namespace: string, name: string): JsonObject | undefined;
  /** By namespace and name. Without a namespace those of all; without labels, whatever they have. */
  list(gvk: GVK, namespace: string, labels: Readonly<Record<string, string>>): readonly JsonObject[];
}

/**
 * What a reconcile does to a cluster. What writes returns the object as it is stored then, and throws an Error whose `reason`
 * is that of a Kubernetes Status where the cluster refuses: see {@link import("./refusal.js").refusalOf}.
 */
export interface Cluster {
  readonly store: Reader;
  create(object: JsonObject): JsonObject;
  /** Everything but the status. With a `metadata.resourceVersion` only that version. */
  update(object: JsonObject): JsonObject;
  /** The status alone, likewise. */
  updateStatus(object: JsonObject): JsonObject;
  /** Server-side apply, with force: all that the manager wants of the object. */
  apply(object: JsonObject, manager: string): JsonObject;
  /** All that the manager wants of an object's status. */
  applyStatus(object: JsonObject, intent: JsonObject, manager: string): JsonObject;
  /** Deletes an object, and nothing else that has its name: in the foreground, so that what it owns goes first. */
  delete(object: JsonObject): void;
}
