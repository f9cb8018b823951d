import { type JsonObject } from "../wire/index.js";
import { type Cluster } from "./cluster.js";
import { Store } from "./store.js";
import { gvkOf, nameOf, namespaceOf, valueAt, withValue } from "./unstructured.js";

/** A cluster of one reconcile: its objects, and what was written to them. It never refuses. */
export class RecordingCluster implements Cluster {
  readonly store: Store;
  readonly #applied: JsonObject[] = [];
  readonly #updated: JsonObject[] = [];
  readonly #deleted: JsonObject[] = [];

  constructor(objects: readonly JsonObject[]) {
    this.store = new Store(objects);
  }

  /** What was applied, in order. */
  get applied(): readonly JsonObject[] {
    return this.#applied;
  }

  /** What was created and updated, in order. */
  get updated(): readonly JsonObject[] {
    return this.#updated;
  }

  get deleted(): readonly JsonObject[] {
    return this.#deleted;
  }

  create(object: JsonObject): JsonObject {
    return this.update(object);
  }

  update(object: JsonObject): JsonObject {
    this.#updated.push(object);
    this.store.put(object);
    return object;
  }

  updateStatus(object: JsonObject): JsonObject {
    return this.update(withStatusOf(this.#stored(object) ?? object, object));
  }

  apply(object: JsonObject): JsonObject {
    this.#applied.push(object);
    this.store.put(object);
    return object;
  }

  applyStatus(object: JsonObject, intent: JsonObject): JsonObject {
    return this.apply(withStatusOf(this.#stored(object) ?? intent, intent));
  }

  delete(object: JsonObject): void {
    if (this.store.delete(object)) this.#deleted.push(object);
  }

  #stored(object: JsonObject): JsonObject | undefined {
    return this.store.get(gvkOf(object), namespaceOf(object), nameOf(object));
  }
}

function withStatusOf(stored: JsonObject, object: JsonObject): JsonObject {
  return ["status", "conditions"].reduce((merged, field) => {
    const value = valueAt(object, [field]);
    return value === undefined ? merged : withValue(merged, [field], value);
  }, stored);
}
