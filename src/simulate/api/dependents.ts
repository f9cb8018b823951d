import { type GVK, gvkOf, namespaceOf, objectsAt, parseGVK, uidOf, valueAt } from "../../render/unstructured.js";
import { equal } from "../../schema/json.js";
import { type JsonObject } from "../../wire/index.js";
import { type Change } from "./change.js";

/** A reference of an object to what owns it. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly blockOwnerDeletion: boolean;
}

/** Which objects there are, by uid, and what each owns. */
export class Dependents {
  readonly #objects = new Map<string, JsonObject>();
  readonly #namespaced = new Set<string>();
  readonly #owned = new Map<string, Set<string>>();

  note({ type, object, before }: Change): void {
    const uid = uidOf(object);
    if (type === "Deleted") this.#objects.delete(uid);
    else this.#objects.set(uid, object);
    if (type === "Added" && namespaceOf(object) !== "") this.#namespaced.add(kindOf(gvkOf(object)));
    if (type === "Modified" && before && sameOwners(before, object)) return;
    for (const owner of before ? ownersOf(before) : []) this.#part(owner.uid, uid);
    if (type === "Deleted") return;
    for (const owner of ownersOf(object)) this.#join(owner.uid, uid);
  }

  /** Whether objects of the kind of an owner are in namespaces, as far as there has ever been one. */
  isNamespaced({ apiVersion, kind }: OwnerReference): boolean {
    return this.#namespaced.has(kindOf(parseGVK(apiVersion, kind)));
  }

  get(uid: string): JsonObject | undefined {
    return this.#objects.get(uid);
  }

  /** The uids of what an object owns, in the order in which it came to own it. */
  of(uid: string): readonly string[] {
    return [...(this.#owned.get(uid) ?? [])];
  }

  #join(owner: string, uid: string): void {
    const owned = this.#owned.get(owner);
    if (owned) owned.add(uid);
    else this.#owned.set(owner, new Set([uid]));
  }

  #part(owner: string, uid: string): void {
    const owned = this.#owned.get(owner);
    owned?.delete(uid);
    if (owned?.size === 0) this.#owned.delete(owner);
  }
}

export function ownersOf(object: JsonObject): readonly OwnerReference[] {
  return objectsAt(object, ["metadata", "ownerReferences"]).map((reference) => ({
    apiVersion: String(reference["apiVersion"]),
    kind: String(reference["kind"]),
    name: String(reference["name"]),
    uid: String(reference["uid"]),
    blockOwnerDeletion: reference["blockOwnerDeletion"] === true,
  }));
}

/** Whether two versions of an object have the same owners. */
export function sameOwners(a: JsonObject, b: JsonObject): boolean {
  return equal(valueAt(a, OWNERS), valueAt(b, OWNERS));
}

const OWNERS = ["metadata", "ownerReferences"];

const kindOf = ({ group, kind }: GVK) => `${group}/${kind}`;
