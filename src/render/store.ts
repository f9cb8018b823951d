import { type JsonObject } from "../wire/index.js";
import { byteOrder } from "./byte-order.js";
import { type GVK, gvkOf, labelsOf, nameOf, namespaceOf } from "./unstructured.js";

/** The objects of a cluster that one reconcile sees. */
export class Store {
  readonly #objects = new Map<string, JsonObject>();

  /** Of two that are the same object, the later one counts. */
  constructor(objects: readonly JsonObject[]) {
    for (const object of objects) this.put(object);
  }

  put(object: JsonObject): void {
    this.#objects.set(keyOf(gvkOf(object), namespaceOf(object), nameOf(object)), object);
  }

  delete(object: JsonObject): boolean {
    return this.#objects.delete(keyOf(gvkOf(object), namespaceOf(object), nameOf(object)));
  }

  get(gvk: GVK, namespace: string, name: string): JsonObject | undefined {
    return this.#objects.get(keyOf(gvk, namespace, name));
  }

  /**
   * By namespace and name. Without a namespace those of all; without labels, whatever they have.
   * As for clients of Kubernetes, the kind may be that of the list (`BucketList`).
   */
  list(gvk: GVK, namespace: string, labels: Readonly<Record<string, string>>): readonly JsonObject[] {
    const kind = gvk.kind.length > 4 && gvk.kind.endsWith("List") ? gvk.kind.slice(0, -4) : gvk.kind;
    const found = [...this.#objects.values()].filter((object) => {
      const of = gvkOf(object);
      if (of.group !== gvk.group || of.kind !== kind) return false;
      if (of.version !== "" && gvk.version !== "" && of.version !== gvk.version) return false;
      if (namespace !== "" && namespaceOf(object) !== namespace) return false;
      const has = labelsOf(object);
      return Object.entries(labels).every(([label, value]) => has[label] === value);
    });
    return found.sort((a, b) => byteOrder(pathOf(a), pathOf(b)));
  }
}

function keyOf({ group, version, kind }: GVK, namespace: string, name: string): string {
  return JSON.stringify([group, version, kind, namespace, name]);
}

const pathOf = (object: JsonObject) => `${namespaceOf(object)}/${nameOf(object)}`;
