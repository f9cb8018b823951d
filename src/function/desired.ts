import { composedName } from "../resource/composed-name.js";
import { fieldOwner } from "../resource/field-owner.js";
import { type AnyKind } from "../resource/kind.js";
import { lastApplied, observedIntent } from "../resource/last-applied.js";
import { type Metadata, type Resource } from "../resource/resource.js";
import { type Result } from "./define-function.js";
import { Refused } from "./fatal.js";
import { type Holding, type Holdings } from "./holdings.js";
import { COMPOSED_BY, isOfUse, outlineOf } from "./outline.js";
import { below } from "./path.js";
import { checkSendable } from "./sendable.js";
import { type Leaf } from "./unfold.js";

export interface DesiredOptions {
  readonly function: string;
  readonly xr: Resource;
  /** Where objects of namespaced kinds go; undefined leaves it to Crossplane, which takes the XR's. */
  readonly namespace: string | undefined;
  /** Of the XR. */
  readonly group: string;
  readonly holdings: Holdings;
}

/** What is desired, as it grows leaf by leaf. The guard against what vanishes by accident. */
export class Desired {
  /** By composition resource name. What compose returned is in them as it is. */
  readonly resources = new Map<string, Resource>();
  readonly ready = new Map<string, boolean>();
  /** By path. */
  readonly waiting = new Map<string, string>();
  readonly removed = new Set<string>();
  readonly forgotten = new Set<string>();
  readonly warnings: Result[] = [];
  /** The names that compose was told, by path. */
  readonly #told = new Map<string, string>();
  #owner: string | undefined;

  constructor(readonly options: DesiredOptions) {}

  /** The name of what is composed at a path: the one it has, or the one that Crossplane would choose. */
  name(path: string): string {
    const { holdings, xr } = this.options;
    const name = nameOf(holdings.at(path)) ?? composedName(xr, holdings.key(path));
    this.#told.set(path, name);
    return name;
  }

  place(leaf: Leaf): void {
    if ("resource" in leaf) {
      this.#send(leaf.path, leaf.kind, leaf.resource);
      return;
    }
    const held = this.options.holdings.below(leaf.path);
    if ("gone" in leaf) this.#remove(held);
    else if ("only" in leaf) this.#leave(leaf, held);
    else this.#wait(leaf, held);
  }

  /** Keeps what is held and was neither sent nor meant to go: compose did not say anything about it. */
  keepForgotten(): void {
    const forgotten = [...this.options.holdings.all()].filter(
      ({ key }) => !this.resources.has(key) && !this.removed.has(key),
    );
    for (const holding of forgotten.sort((a, b) => (a.path < b.path ? -1 : 1))) {
      this.forgotten.add(holding.key);
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
    checkSendable(resource, path);
    checkKind(path, kind, resource);
    const state = holdings.at(path)?.state;
    const observed = state && outlineOf(state);
    if (observed) checkIdentity(path, observed, resource);
    this.#checkScope(key, kind);
    this.resources.set(key, { ...resource, metadata: this.#metadata(path, kind, resource, observed) });
    this.ready.set(key, state !== undefined && isOfUse(kind, state));
  }

  /** What compose says of an object, and where it says nothing, the name that it has and the namespace where it belongs. */
  #metadata(path: string, kind: AnyKind, object: Resource, observed: Resource | undefined): Metadata {
    const said: Metadata = object.metadata ?? {};
    const namespace = kind.scope === "Namespaced" ? this.options.namespace : undefined;
    if (said.namespace !== undefined && namespace !== undefined && said.namespace !== namespace) {
      throw new Error(
        `cannot compose ${path} into ${said.namespace}: it belongs to ${namespace}; leave metadata.namespace out`,
      );
    }
    const annotations = { ...said.annotations, [COMPOSED_BY]: this.options.function };
    const metadata: { -readonly [Field in keyof Metadata]: Metadata[Field] } = { ...said, annotations };
    if (said.name === undefined) {
      metadata.name = observed?.metadata?.name ?? composedName(this.options.xr, this.options.holdings.key(path));
    }
    if (namespace !== undefined) metadata.namespace = namespace;
    return metadata;
  }

  #checkScope(key: string, kind: AnyKind): void {
    if (kind.scope !== "Cluster" || !this.options.xr.metadata?.namespace) return;
    throw new Error(
      `cannot compose ${key}: ${kind.kind} is cluster-scoped, and a namespaced XR composes in its own namespace only`,
    );
  }

  #keep({ path, key, state }: Holding): void {
    const { resource } = state;
    let intent = lastApplied(resource, this.#fieldOwner);
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

  /** The field manager under which Crossplane applies what the XR composes. */
  get #fieldOwner(): string {
    const { xr, group } = this.options;
    this.#owner ??= fieldOwner({ name: xr.metadata?.name ?? "", kind: xr.kind, group });
    return this.#owner;
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
  const { stringData, status } = object as { readonly stringData?: unknown; readonly status?: unknown };
  if (stringData !== undefined)
    throw new Error(`cannot compose ${path} with stringData, which whoever applies it owns for ever: use text`);
  if (status !== undefined)
    throw new Error(`cannot compose ${path} with a status: Crossplane takes metadata and spec alone`);
}

/** Crossplane would ignore a new name, and apply a new kind and leak the old object. */
function checkIdentity(path: string, observed: Resource, object: Resource): void {
  const isSame = observed.kind === object.kind && observed.apiVersion === object.apiVersion;
  if (!isSame && groupKind(observed) !== groupKind(object)) {
    throw new Error(
      `cannot turn ${path} from ${groupKind(observed)} into ${groupKind(object)}: compose it under another key, and null under this one`,
    );
  }
  const [is, wanted] = [observed.metadata?.name, object.metadata?.name];
  if (is && wanted && is !== wanted)
    throw new Refused(`${path} is called ${is} and cannot be renamed to ${wanted}: write ${is} again`);
}

const nameOf = (holding: Holding | undefined) => holding && outlineOf(holding.state).metadata?.name;

function itemOf(path: string, inside: string): string {
  const rest = path === "" ? inside : inside.slice(path.length + 1);
  return rest.split("/")[0] ?? "";
}

const groupKind = ({ apiVersion, kind }: Resource) => `${kind}.${apiVersion.split("/").slice(0, -1).join()}`;
