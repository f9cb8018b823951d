import { type GVK } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

/** What is answered at once in memory, and later by a real API server. */
export type Awaitable<T> = T | Promise<T>;

/**
 * What controllers do to a cluster, in the terms of the Kubernetes API. Objects are never changed in place: what is
 * written is a new object, and what is read stays as it is.
 *
 * Each method that writes throws {@link import("./api-error.js").ApiError}.
 */
export interface Client {
  get(gvk: GVK, namespace: string, name: string): Awaitable<JsonObject | undefined>;
  /** By namespace and name. An empty namespace means all of them. */
  list(gvk: GVK, namespace: string, labels?: Readonly<Record<string, string>>): Awaitable<readonly JsonObject[]>;
  create(object: JsonObject, options: WriteOptions): Awaitable<JsonObject>;
  /**
   * Replaces an object, which must be of the `metadata.resourceVersion` that it has in the cluster: another one is a
   * Conflict. Kinds of Kubernetes' own may leave it out, to replace whatever is there.
   */
  update(object: JsonObject, options: WriteOptions): Awaitable<JsonObject>;
  /** Server-side apply, with force: what is given is all that this manager wants of the object, which is made if need be. */
  apply(object: JsonObject, options: WriteOptions): Awaitable<JsonObject>;
  /** What is not there is NotFound. What has finalizers stays until they are gone. */
  delete(object: ObjectId, options?: DeleteOptions): Awaitable<void>;
}

/** What an object is called: any object will do. */
export type ObjectId = JsonObject;

export interface WriteOptions {
  /** The field manager. */
  readonly manager: string;
  /** Writes the status alone. Default: everything but the status, where the kind has that as a subresource. */
  readonly subresource?: "status";
}

export interface DeleteOptions {
  /** Default: `Background`, unless a finalizer of the object says otherwise. */
  readonly propagation?: Propagation;
  /** Deletes only the object with this uid; another one is a Conflict. Default: whatever has the name. */
  readonly uid?: string;
  /** Who deletes, for whoever watches. Default: `unknown`. */
  readonly manager?: string;
}

export type Propagation = "Background" | "Foreground" | "Orphan";
