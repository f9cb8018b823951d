import { setTimeout as pause } from "node:timers/promises";
import { type ObservedMetadata, type Resource } from "../../src/resource/resource.js";
import { ApiError } from "./api-error.js";
import { type ApiAddress, type ApiRequest, type Transport, transport } from "./transport.js";

/** An object as the API server stores it. */
export interface Stored extends Resource {
  readonly metadata: ObservedMetadata & { readonly name: string; readonly resourceVersion: string };
  readonly [field: string]: unknown;
}

export interface WriteOptions {
  /** The field manager. Default: "test". */
  readonly manager?: string;
  /** Validates, admits and defaults, and stores nothing. Default: false. */
  readonly dryRun?: boolean;
}

export interface MergeOptions extends WriteOptions {
  /** The part that is written. Default: the object without its status. */
  readonly subresource?: "status";
}

export interface DeleteOptions {
  /** Default: Background, or what a finalizer of the object says. */
  readonly propagation?: "Background" | "Foreground" | "Orphan";
  /** Deletes only the object with this uid. Default: whatever has the name. */
  readonly uid?: string;
}

export interface ListOptions {
  /** Default: all. */
  readonly namespace?: string;
  /** Default: whatever labels they have. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

export interface Listed {
  readonly items: readonly Stored[];
  readonly resourceVersion: string;
}

/**
 * A client of one API server for tests. What goes out and comes back is plain JSON, untouched: a typed client renames,
 * converts and drops fields of the kinds that it knows. Objects without a namespace are in `default`.
 */
export class Client {
  readonly #send: Transport;
  readonly #kinds = new Map<string, ApiResource>();

  constructor(address: ApiAddress) {
    this.#send = transport(address);
  }

  /** Server-side apply, which takes over what other managers own, as Crossplane does it. */
  async apply(object: Resource, { manager = "test", dryRun = false }: WriteOptions = {}): Promise<Stored> {
    return this.#patch(object, object, "application/apply-patch+yaml", {
      fieldManager: manager,
      force: "true",
      dryRun: all(dryRun),
    });
  }

  /** Creates an object that is not there yet. */
  async create(object: Resource, { manager = "test", dryRun = false }: WriteOptions = {}): Promise<Stored> {
    return this.#store({
      method: "POST",
      path: await this.#collection(object),
      query: { fieldManager: manager, dryRun: all(dryRun) },
      body: object,
    });
  }

  /** Merges a partial object into the one of this kind and name (JSON merge patch), as controllers write. */
  async merge(object: Resource, patch: object, options: MergeOptions = {}): Promise<Stored> {
    const { manager = "test", dryRun = false, subresource } = options;
    const query = { fieldManager: manager, dryRun: all(dryRun) };
    return this.#patch(object, patch, "application/merge-patch+json", query, subresource && `/${subresource}`);
  }

  async read(object: Resource): Promise<Stored> {
    return this.#store({ method: "GET", path: await this.#path(object) });
  }

  /** The same; undefined where there is none. */
  async find(object: Resource): Promise<Stored | undefined> {
    try {
      return await this.read(object);
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined;
      throw error;
    }
  }

  /** Replaces an object, which must not have changed meanwhile where it says its resourceVersion. */
  async replace(object: Resource, options: MergeOptions = {}): Promise<Stored> {
    const { manager = "test", dryRun = false, subresource } = options;
    return this.#store({
      method: "PUT",
      path: `${await this.#path(object)}${subresource ? `/${subresource}` : ""}`,
      query: { fieldManager: manager, dryRun: all(dryRun) },
      body: object,
    });
  }

  async delete(object: Resource, { propagation, uid }: DeleteOptions = {}): Promise<void> {
    const preconditions = uid === undefined ? {} : { preconditions: { uid } };
    const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: propagation, ...preconditions };
    await this.#send({ method: "DELETE", path: await this.#path(object), body });
  }

  /** All of a kind: of a namespace, or of all. */
  async list(kind: Kind, { namespace, labels }: ListOptions = {}): Promise<readonly Stored[]> {
    const { items } = await this.listed(kind, { ...(namespace && { namespace }), ...(labels && { labels }) });
    return items;
  }

  /** The same, with the resourceVersion from which a watch goes on. */
  async listed(kind: Kind, { namespace, labels }: ListOptions = {}): Promise<Listed> {
    const path = await this.pathOf(kind, namespace);
    const query = labels && {
      labelSelector: Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(","),
    };
    const list = (await this.#send({ method: "GET", path, ...(query && { query }) })) as StoredList;
    const { apiVersion, kind: name } = kind;
    // Items of a list do not say what they are.
    const items = list.items.map((item) => ({ ...item, apiVersion, kind: name }));
    return { items, resourceVersion: list.metadata.resourceVersion };
  }

  /** Where the objects of a kind are: of a namespace, or of all. */
  async pathOf({ apiVersion, kind }: Kind, namespace?: string): Promise<string> {
    const { name, namespaced } = await this.#discover(apiVersion, kind);
    const below = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
    return `${groupVersion(apiVersion)}${below}/${name}`;
  }

  /** Applies CustomResourceDefinitions and waits, at most `seconds` (default: 60), until their kinds can be used. */
  async installCRDs(crds: readonly Resource[], seconds = 60): Promise<void> {
    await Promise.all(crds.map((crd) => this.apply(crd)));
    const deadline = Date.now() + seconds * 1000;
    let waiting = crds;
    while (waiting.length > 0) {
      const usable = await Promise.all(waiting.map((crd) => this.#isUsable(crd)));
      waiting = waiting.filter((_, index) => !usable[index]);
      if (waiting.length > 0 && Date.now() > deadline) {
        throw new Error(`cannot install CRDs: not established after ${seconds} s are ${names(waiting)}`);
      }
      if (waiting.length > 0) await pause(100);
    }
  }

  /** Whether a CRD is established and, which comes a moment later, its kind is in discovery. */
  async #isUsable(crd: Resource): Promise<boolean> {
    const { status, spec } = await this.read(crd);
    if (!status?.conditions?.some(({ type, status }) => type === "Established" && status === "True")) return false;
    const { group, names, versions } = spec as CRDSpec;
    const served = versions.filter(({ served }) => served);
    const found = await Promise.all(served.map(({ name }) => this.#find(`${group}/${name}`, names.kind)));
    return found.every((resource) => resource !== undefined);
  }

  async #patch(
    object: Resource,
    body: object,
    contentType: string,
    query: ApiRequest["query"] & object,
    below = "",
  ): Promise<Stored> {
    return this.#store({ method: "PATCH", path: `${await this.#path(object)}${below}`, query, body, contentType });
  }

  async #store(request: ApiRequest): Promise<Stored> {
    return (await this.#send(request)) as Stored;
  }

  async #path(object: Resource): Promise<string> {
    const { name } = object.metadata ?? {};
    if (name === undefined) throw new Error(`cannot address a ${object.kind}: metadata.name is missing`);
    return `${await this.#collection(object)}/${name}`;
  }

  async #collection({ apiVersion, kind, metadata }: Resource): Promise<string> {
    const { name, namespaced } = await this.#discover(apiVersion, kind);
    const namespace = namespaced ? `/namespaces/${metadata?.namespace ?? "default"}` : "";
    return `${groupVersion(apiVersion)}${namespace}/${name}`;
  }

  async #discover(apiVersion: string, kind: string): Promise<ApiResource> {
    const found = await this.#find(apiVersion, kind);
    if (!found) throw new Error(`cannot address a ${kind}: the API server has no such kind in ${apiVersion}`);
    return found;
  }

  /** How a kind is addressed, from the API server's discovery. */
  async #find(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const key = `${apiVersion} ${kind}`;
    const known = this.#kinds.get(key);
    if (known) return known;
    const { resources } = await this.#resources(apiVersion);
    for (const resource of resources.filter(({ name }) => !name.includes("/"))) {
      this.#kinds.set(`${apiVersion} ${resource.kind}`, resource);
    }
    return this.#kinds.get(key);
  }

  async #resources(apiVersion: string): Promise<ApiResourceList> {
    try {
      return (await this.#send({ method: "GET", path: groupVersion(apiVersion) })) as ApiResourceList;
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return { resources: [] };
      throw error;
    }
  }
}

interface StoredList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly Stored[];
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

interface CRDSpec {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}

interface ApiResourceList {
  readonly resources: readonly ApiResource[];
}

const all = (dryRun: boolean) => (dryRun ? "All" : undefined);
const groupVersion = (apiVersion: string) => `/${apiVersion.includes("/") ? "apis" : "api"}/${apiVersion}`;
const names = (objects: readonly Resource[]) => objects.map(({ metadata }) => metadata?.name).join(", ");
