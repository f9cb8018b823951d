import { byteOrder } from "../../render/byte-order.js";
import { type GVK, gvkOf, nameOf, namespaceOf } from "../../render/unstructured.js";
import { equal } from "../../schema/json.js";
import { type JsonObject } from "../../wire/index.js";
import { type Fields } from "./fields/fields.js";
import { ManagedFields, type Manager } from "./fields/managed-fields.js";
import { type Kind } from "./kind.js";
import { unmanaged } from "./object-state.js";

/** What somebody has applied, and what it owned by then. */
export interface Settled {
  readonly intent: JsonObject;
  readonly fields: Fields | undefined;
}

/** An object, and what is kept beside it. */
export class Kept {
  /** The kind, of one version and as it was defined then, by which the object was last admitted; undefined for none. */
  admittedBy: Kind | undefined;
  readonly #settled = new Map<string, Settled>();
  #object: JsonObject;
  #bare: JsonObject | undefined;
  #managed: ManagedFields | undefined;

  constructor(object: JsonObject, admittedBy: Kind | undefined) {
    this.#object = object;
    this.admittedBy = admittedBy;
  }

  get object(): JsonObject {
    return this.#object;
  }

  set object(object: JsonObject) {
    this.#object = object;
    this.#bare = undefined;
    this.#managed = undefined;
  }

  /** The object without managedFields: the same one until it is written. */
  get bare(): JsonObject {
    this.#bare ??= unmanaged(this.#object);
    return this.#bare;
  }

  /** What somebody applied last. */
  settled(by: string): Settled | undefined {
    return this.#settled.get(by);
  }

  /** Notes what somebody has applied, by that name, as that manager. */
  settle(by: string, intent: JsonObject, manager: Manager): void {
    const known = this.#settled.get(by)?.intent;
    // One that is equal shares more with the object.
    const kept = equal(known, intent) && known ? known : intent;
    this.#settled.set(by, { intent: kept, fields: this.managed.get(manager)?.fields });
  }

  /** Who owns what of it. */
  get managed(): ManagedFields {
    this.#managed ??= ManagedFields.of(this.#object);
    return this.#managed;
  }
}

/** The objects of a cluster by group and kind, namespace and name. */
export class ObjectIndex {
  readonly #kinds = new Map<string, KindIndex>();

  get(gvk: GVK, namespace: string, name: string): Kept | undefined {
    return this.#kinds.get(keyOf(gvk))?.get(namespace, name);
  }

  add(object: JsonObject, admittedBy: Kind | undefined): void {
    const key = keyOf(gvkOf(object));
    const kind = this.#kinds.get(key) ?? new KindIndex();
    this.#kinds.set(key, kind);
    kind.add(new Kept(object, admittedBy));
  }

  remove(object: JsonObject): void {
    this.#kinds.get(keyOf(gvkOf(object)))?.remove(namespaceOf(object), nameOf(object));
  }

  /** By namespace and name; an empty namespace means all of them. */
  list(gvk: GVK, namespace: string): readonly Kept[] {
    return this.#kinds.get(keyOf(gvk))?.list(namespace) ?? [];
  }

  /** By group and kind, namespace and name. */
  all(): readonly Kept[] {
    return [...this.#kinds].sort(([a], [b]) => byteOrder(a, b)).flatMap(([, kind]) => kind.list(""));
  }
}

/** The objects of a kind. Lists are sorted when they are first asked for. */
class KindIndex {
  readonly #namespaces = new Map<string, Map<string, Kept>>();
  readonly #sorted = new Map<string, readonly Kept[]>();

  get(namespace: string, name: string): Kept | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  add(kept: Kept): void {
    const namespace = namespaceOf(kept.object);
    const names = this.#namespaces.get(namespace) ?? new Map<string, Kept>();
    this.#namespaces.set(namespace, names);
    names.set(nameOf(kept.object), kept);
    this.#forget(namespace);
  }

  remove(namespace: string, name: string): void {
    const names = this.#namespaces.get(namespace);
    if (!names?.delete(name)) return;
    if (names.size === 0) this.#namespaces.delete(namespace);
    this.#forget(namespace);
  }

  list(namespace: string): readonly Kept[] {
    const known = this.#sorted.get(namespace);
    if (known) return known;
    const found = namespace === "" ? this.#all() : sorted(this.#namespaces.get(namespace));
    this.#sorted.set(namespace, found);
    return found;
  }

  #all(): readonly Kept[] {
    const kept = [...this.#namespaces.values()].flatMap((names) => [...names.values()]);
    const path = ({ object }: Kept) => `${namespaceOf(object)}/${nameOf(object)}`;
    return inOrder(kept, path);
  }

  #forget(namespace: string): void {
    this.#sorted.delete(namespace);
    this.#sorted.delete("");
  }
}

function sorted(names: ReadonlyMap<string, Kept> | undefined): readonly Kept[] {
  return inOrder([...(names?.values() ?? [])], ({ object }) => nameOf(object));
}

function inOrder(kept: readonly Kept[], path: (kept: Kept) => string): readonly Kept[] {
  const paths = new Map(kept.map((each) => [each, path(each)]));
  return [...kept].sort((a, b) => byteOrder(paths.get(a) ?? "", paths.get(b) ?? ""));
}

function keyOf({ group, kind }: GVK): string {
  return `${group}/${kind}`;
}
