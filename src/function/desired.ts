import { composedName } from "../resource/composed-name.js";
import { type AnyKind } from "../resource/kind.js";
import { lastApplied, observedIntent } from "../resource/last-applied.js";
import { type Metadata, type Resource } from "../resource/resource.js";
import { type Result } from "./define-function.js";
import { Refused } from "./fatal.js";
import { COMPOSED_BY, type Holding, type Holdings } from "./holdings.js";
import { below } from "./path.js";
import { sendable } from "./sendable.js";
import { type Leaf } from "./unfold.js";

export interface DesiredOptions {
  readonly function: string;
  readonly xr: Resource;
  /** Where objects of namespaced kinds go; undefined leaves it to Crossplane, which takes the XR's. */
  readonly namespace: string | undefined;
  /** The field manager under which Crossplane applies them. */
  readonly owner: string;
  readonly holdings: Holdings;
}

/** What is desired, as it grows leaf by leaf. The guard against what vanishes by accident. */
export class Desired {
  /** By composition resource name. */
  readonly resources = new Map<string, Resource>();
  readonly ready = new Map<string, boolean>();
  /** By path. */
  readonly waiting = new Map<string, string>();
  readonly removed = new Set<string>();
  readonly forgotten = new Set<string>();
  readonly warnings: Result[] = [];
  /** The names that compose was told, by path. */
  readonly #told = new Map<string, string>();

  constructor(readonly options: DesiredOptions) {}

  /** The name of what is composed at a path: the one it has, or the one that Crossplane would choose. */
  name(path: string): string {
    const { holdings, xr } = this.options;
    const name = holdings.at(path)?.state.resource.metadata?.name ?? composedName(xr, holdings.key(path));
    this.#told.set(path, name);
    return name;
  }

  place(leaf: Leaf): void {
    const held = this.options.holdings.below(leaf.path);
    if ("resource" in leaf) this.#send(leaf.path, leaf.kind, leaf.resource);
    else if ("gone" in leaf) this.#remove(held);
    else if ("only" in leaf) this.#leave(leaf, held);
    else this.#wait(leaf, held);
  }

  /** Keeps what is held and was neither sent nor meant to go: compose did not say anything about it. */
  keepForgotten(): void {
    for (const holding of this.options.holdings.below("")) {
      const { key } = holding;
      if (this.resources.has(key) || this.removed.has(key)) continue;
      this.forgotten.add(key);
      this.#keep(holding);
    }
  }

  /** Whether everything that waits exists: each kind that is declared at or below its path, outside any `many` there. */
  get complete(): boolean {
    const { holdings } = this.options;
    return [...this.waiting.keys()].every((path) => {
      const declared = holdings.declared(path);
      return declared.length > 0 ? declared.every((leaf) => holdings.at(leaf)) : holdings.below(path).length > 0;
    });
  }

  /** @throws Error where a reference was given another name than the object has */
  checkNames(): void {
    for (const [path, told] of this.#told) {
      const name = this.resources.get(this.options.holdings.key(path))?.metadata?.name;
      if (name && name !== told)
        throw new Error(
          `cannot call ${path} ${name}: it is referred to as ${told}; write ${name} instead of the reference`,
        );
    }
  }

  #send(path: string, kind: AnyKind, resource: Resource): void {
    const { holdings } = this.options;
    const key = holdings.key(path);
    const object = sendable(resource, path) as Resource;
    checkKind(path, kind, object);
    const observed = holdings.at(path)?.state.resource;
    if (observed) checkIdentity(path, observed, object);
    const identity = this.#identity(key, kind, observed);
    const { namespace } = object.metadata ?? {};
    if (namespace !== undefined && identity.namespace !== undefined && namespace !== identity.namespace) {
      throw new Error(
        `cannot compose ${path} into ${namespace}: it belongs to ${identity.namespace}; leave metadata.namespace out`,
      );
    }
    const metadata = { ...identity, ...object.metadata };
    const annotations = { ...metadata.annotations, [COMPOSED_BY]: this.options.function };
    const { apiVersion, kind: name, metadata: _, ...rest } = object;
    this.resources.set(key, { apiVersion, kind: name, metadata: { ...metadata, annotations }, ...rest });
    this.ready.set(key, observed !== undefined && kind.ready(observed));
  }

  #identity(key: string, kind: AnyKind, observed: Resource | undefined): Metadata {
    const { xr, namespace } = this.options;
    if (kind.scope === "Cluster" && xr.metadata?.namespace) {
      throw new Error(
        `cannot compose ${key}: ${kind.kind} is cluster-scoped, and a namespaced XR composes in its own namespace only`,
      );
    }
    return {
      name: observed?.metadata?.name ?? composedName(xr, key),
      ...(namespace !== undefined && kind.scope === "Namespaced" && { namespace }),
    };
  }

  #keep({ path, key, state: { resource } }: Holding): void {
    let intent = lastApplied(resource, this.options.owner);
    if (!intent) {
      intent = observedIntent(resource);
      const message = `${key} (${resource.kind} ${resource.metadata?.name}) is kept as it is observed: its metadata.managedFields do not say what was last applied`;
      this.warnings.push({ severity: "Warning", reason: "KeptAsObserved", message });
    }
    const kind = this.options.holdings.kind(path);
    this.resources.set(key, intent);
    // Nothing depends on what is forgotten, so it does not hold the XR back.
    this.ready.set(key, kind ? kind.ready(resource) : true);
  }

  #leave({ path, only, waits }: Extract<Leaf, { readonly only: unknown }>, held: readonly Holding[]): void {
    const stays = new Set(only);
    const items = new Map<string, Holding[]>();
    for (const holding of held) {
      // At or right below a many lies no item: the place had another shape, and what it held is forgotten.
      if (!holding.path.slice(path.length + 1).includes("/")) continue;
      const item = itemOf(path, holding.path);
      if (!stays.has(item)) items.set(item, [...(items.get(item) ?? []), holding]);
    }
    for (const [item, holdings] of items) {
      const what = waits(item);
      if (what === undefined) this.#remove(holdings);
      else this.#wait({ path: below(path, item), waits: what, leaving: true }, holdings);
    }
  }

  #wait({ path, waits, leaving }: Extract<Leaf, { readonly waits: string }>, held: readonly Holding[]): void {
    if (leaving && held.length === 0) return;
    this.waiting.set(path, waits);
    for (const holding of held) this.#keep(holding);
  }

  #remove(held: readonly Holding[]): void {
    for (const { key } of held) this.removed.add(key);
  }
}

function checkKind(path: string, kind: AnyKind, object: Resource): void {
  if (object.apiVersion !== kind.apiVersion || object.kind !== kind.kind) {
    throw new Error(
      `cannot compose ${path} as ${object.kind} of ${object.apiVersion}: composes declares ${kind.kind} of ${kind.apiVersion}`,
    );
  }
  if ("stringData" in object)
    throw new Error(`cannot compose ${path} with stringData, which whoever applies it owns for ever: use text`);
  if ("status" in object)
    throw new Error(`cannot compose ${path} with a status: Crossplane takes metadata and spec alone`);
}

/** Crossplane would ignore a new name, and apply a new kind and leak the old object. */
function checkIdentity(path: string, observed: Resource, object: Resource): void {
  if (groupKind(observed) !== groupKind(object)) {
    throw new Error(
      `cannot turn ${path} from ${groupKind(observed)} into ${groupKind(object)}: compose it under another key, and null under this one`,
    );
  }
  const [is, wanted] = [observed.metadata?.name, object.metadata?.name];
  if (is && wanted && is !== wanted)
    throw new Refused(`${path} is called ${is} and cannot be renamed to ${wanted}: write ${is} again`);
}

function itemOf(path: string, inside: string): string {
  const rest = path === "" ? inside : inside.slice(path.length + 1);
  return rest.split("/")[0] ?? "";
}

const groupKind = ({ apiVersion, kind }: Resource) => `${kind}.${apiVersion.split("/").slice(0, -1).join()}`;
