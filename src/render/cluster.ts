import { type JsonObject } from "../wire/index.js";
import { Store } from "./store.js";
import { valueAt, withValue } from "./unstructured.js";

/** A cluster of one reconcile: its objects, and what was written to them. */
export class Cluster {
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

  /** What was updated, in order. */
  get updated(): readonly JsonObject[] {
    return this.#updated;
  }

  get deleted(): readonly JsonObject[] {
    return this.#deleted;
  }

  apply(object: JsonObject): void {
    this.#applied.push(object);
    this.store.put(object);
  }

  update(object: JsonObject): void {
    this.#updated.push(object);
    this.store.put(object);
  }

  /** Returns the object as it is stored then: as it was, with the status that is given. */
  applyStatus(stored: JsonObject, object: JsonObject): JsonObject {
    const merged = withStatusOf(stored, object);
    this.apply(merged);
    return merged;
  }

  /** Likewise. */
  updateStatus(stored: JsonObject, object: JsonObject): JsonObject {
    const merged = withStatusOf(stored, object);
    this.update(merged);
    return merged;
  }

  delete(object: JsonObject): void {
    if (this.store.delete(object)) this.#deleted.push(object);
  }
}

function withStatusOf(stored: JsonObject, object: JsonObject): JsonObject {
  return ["status", "conditions"].reduce((merged, field) => {
    const value = valueAt(object, [field]);
    return value === undefined ? merged : withValue(merged, [field], value);
  }, stored);
}
