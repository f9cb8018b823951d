import { type GVK, gvkOf, labelsOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Change } from "./change.js";
import { type Kind } from "./kind.js";
import { type Kept, ObjectIndex } from "./object-index.js";
import { inVersion, metadataOf } from "./object-state.js";

/** What an API server stores: each write has a version of its own, and is told to whoever watches before it returns. */
export class StoredObjects {
  readonly #index = new ObjectIndex();
  readonly #listeners = new Set<(change: Change) => void>();
  #version = 0;

  /** Returns what ends it. */
  watch(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  find(gvk: GVK, namespace: string, name: string): Kept | undefined {
    return this.#index.get(gvk, namespace, name);
  }

  /** By group and kind, namespace and name. */
  all(): readonly JsonObject[] {
    return this.#index.all().map(({ object }) => object);
  }

  /** By namespace and name, in the version that is asked for. The kind may be that of the list. */
  list(gvk: GVK, namespace: string, labels: Readonly<Record<string, string>>): readonly JsonObject[] {
    const kind = gvk.kind.length > 4 && gvk.kind.endsWith("List") ? gvk.kind.slice(0, -4) : gvk.kind;
    const wanted = Object.entries(labels);
    const found: JsonObject[] = [];
    for (const { object } of this.#index.list({ ...gvk, kind }, namespace)) {
      if (wanted.length > 0) {
        const has = labelsOf(object);
        if (!wanted.every(([label, value]) => has[label] === value)) continue;
      }
      found.push(inVersion(object, { ...gvk, kind }));
    }
    return found;
  }

  add(object: JsonObject, admittedBy: Kind | undefined, manager: string): JsonObject {
    const added = this.#versioned(object);
    this.#index.add(added, admittedBy);
    this.#tell({ type: "Added", object: added, before: undefined, manager });
    return added;
  }

  store(kept: Kept, next: JsonObject, manager: string): JsonObject {
    const before = kept.object;
    const stored = this.#versioned(next);
    kept.object = inVersion(stored, gvkOf(before));
    this.#tell({ type: "Modified", object: kept.object, before, manager });
    return stored;
  }

  /** Who watches sees a version of its own; who removes the last finalizer is answered with the one that was. */
  remove(before: JsonObject, last: JsonObject, manager: string): JsonObject {
    this.#index.remove(before);
    this.#tell({ type: "Deleted", object: this.#versioned(last), before, manager });
    return last;
  }

  #tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  #versioned(object: JsonObject): JsonObject {
    return { ...object, metadata: { ...metadataOf(object), resourceVersion: String(++this.#version) } };
  }
}
