import { gvkOf, nameOf, namespaceOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Awaited } from "./resolve-references.js";

/** Who waits for an object that is referred to, by key. */
export class Awaiting {
  readonly #awaited = new Map<string, Awaited>();
  /** By namespace and name of what is waited for; those that wait for any name by namespace. */
  readonly #waiting = new Map<string, Set<string>>();

  note(key: string, awaited: Awaited): void {
    this.forget(key);
    this.#awaited.set(key, awaited);
    const place = placeOf(awaited.namespace, awaited.name);
    this.#waiting.set(place, (this.#waiting.get(place) ?? new Set()).add(key));
  }

  forget(key: string): void {
    const awaited = this.#awaited.get(key);
    if (!awaited) return;
    this.#awaited.delete(key);
    const place = placeOf(awaited.namespace, awaited.name);
    const waiting = this.#waiting.get(place);
    waiting?.delete(key);
    if (waiting?.size === 0) this.#waiting.delete(place);
  }

  /** Those that wait for an object which has changed. */
  of(object: JsonObject): readonly string[] {
    if (this.#waiting.size === 0) return [];
    const namespace = namespaceOf(object);
    const places = [placeOf(namespace, nameOf(object)), placeOf(namespace, undefined)];
    const keys = places.flatMap((place) => [...(this.#waiting.get(place) ?? [])]);
    return keys.filter((key) => {
      const gvk = this.#awaited.get(key)?.gvk;
      const { group, kind } = gvkOf(object);
      return gvk === undefined || (gvk.group === group && gvk.kind === kind);
    });
  }
}

function placeOf(namespace: string, name: string | undefined): string {
  return name === undefined ? namespace : `${namespace}/${name}`;
}
