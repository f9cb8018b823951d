import {
  annotationsOf,
  type GVK,
  gvkOf,
  isObject,
  labelsOf,
  nameOf,
  namespaceOf,
  valueAt,
} from "../../render/unstructured.js";
import { equal } from "../../schema/json.js";
import { type JsonObject } from "../../wire/index.js";
import { isApiError } from "../api/api-error.js";
import { type Change } from "../api/change.js";
import { type Client } from "../api/client.js";
import { metadataOf } from "../api/object-state.js";
import { type Again, type Controller, NEVER, SOON } from "../controller.js";
import { keyOf, readKey } from "../object-key.js";
import { Awaiting } from "./awaiting.js";
import { type Cloud } from "./cloud.js";
import { adopt } from "./external-client.js";
import { Behaviours } from "./generic.js";
import { FINALIZER, reconcileManaged } from "./managed.js";
import { failure, ManagedObject, PROVIDER } from "./managed-object.js";
import { resolveReferences, Unresolved } from "./resolve-references.js";
import { type StandIn } from "./stand-in.js";
import { type Faults } from "./struck.js";
import { Unmanaged } from "./unmanaged.js";

export interface ManagedControllerOptions {
  readonly client: Client;
  readonly cloud: Cloud;
  /** How kinds behave; of two for one kind the later one is over the earlier. All others behave as most do. */
  readonly standIns: readonly StandIn[];
  readonly faults: Faults;
  /** How often what is as it should be is looked at again, in milliseconds. Default: ten minutes. */
  readonly pollInterval?: number;
  /** The time, in milliseconds. */
  now(): number;
  /** The time as Kubernetes writes it. Default: that of `now`, as milliseconds since 1970. */
  time?(): string;
}

export interface ManagedController extends Controller {
  /** Has the cloud have what an object says that it has made, from before anything is simulated. */
  adopt(object: JsonObject): void;
  /** The keys of all that it takes care of. To be reconciled when other faults are set. */
  keys(): Iterable<string>;
}

/**
 * What providers do: it takes care of all that has `spec.forProvider`, or is of a kind for which there is a stand-in, against
 * a cloud that outlives it.
 */
export function managedController(options: ManagedControllerOptions): ManagedController {
  return new Providers(options);
}

class Providers implements ManagedController {
  readonly name = "providers";
  readonly #options: ManagedControllerOptions;
  readonly #behaviours: Behaviours;
  readonly #unmanaged: Unmanaged;
  readonly #keys = new Set<string>();
  readonly #awaiting = new Awaiting();
  /** The kinds that there have been of what has `spec.forProvider`. */
  readonly #kinds = new Map<string, GVK>();

  constructor(options: ManagedControllerOptions) {
    this.#options = options;
    this.#behaviours = new Behaviours(options.standIns);
    this.#unmanaged = new Unmanaged(options);
  }

  keys(): Iterable<string> {
    return [...this.#keys];
  }

  adopt(object: JsonObject): void {
    if (isManaged(object)) adopt(object, { ...this.#options, behaviour: this.#behaviours.of(object) });
  }

  *concerns(change: Change): Iterable<string> {
    const { object, type } = change;
    yield* this.#awaiting.of(object);
    // What it has written itself, it has gone on with.
    if (type === "Modified" && change.manager === PROVIDER) return;
    if (!this.#isOurs(object)) return;
    const key = keyOf(object);
    if (type === "Deleted") return this.#forget(key);
    this.#keys.add(key);
    if (isManaged(object)) {
      const gvk = gvkOf(object);
      this.#kinds.set(`${gvk.group}/${gvk.version}/${gvk.kind}`, gvk);
    }
    if (!change.before || !equal(desired(object), desired(change.before))) yield key;
  }

  async reconcile(key: string): Promise<Again> {
    const { gvk, namespace, name } = readKey(key);
    const { client } = this.#options;
    const object = await client.get(gvk, namespace, name);
    if (!object) {
      this.#forget(key);
      return NEVER;
    }
    this.#awaiting.forget(key);
    try {
      return this.#noLaterThanFault(object, await this.#reconcile(object, key));
    } catch (error) {
      if (isApiError(error, "NotFound")) return NEVER;
      if (isApiError(error, "Conflict")) return SOON;
      return this.#say(object, error);
    }
  }

  #isOurs(object: JsonObject): boolean {
    return isManaged(object) || this.#behaviours.knows(object);
  }

  #forget(key: string): void {
    this.#keys.delete(key);
    this.#awaiting.forget(key);
  }

  async #reconcile(object: JsonObject, key: string): Promise<Again> {
    const behaviour = this.#behaviours.of(object);
    if (!isManaged(object)) return this.#unmanaged.reconcile(object, behaviour);
    const { pollInterval = POLL_MS } = this.#options;
    return reconcileManaged(this.#managed(object), {
      ...this.#options,
      behaviour,
      pollInterval,
      now: () => this.#options.now(),
      time: () => this.#time(),
      resolve: (each) => this.#resolve(each, key),
    });
  }

  async #resolve(object: JsonObject, key: string): Promise<JsonObject> {
    const { references = {} } = this.#behaviours.of(object);
    try {
      const kinds = [...this.#kinds.values()];
      return await resolveReferences(object, { client: this.#options.client, references, kinds });
    } catch (error) {
      if (error instanceof Unresolved) this.#awaiting.note(key, error.awaits);
      throw error;
    }
  }

  /** What a stand-in throws, or an API server refuses, is said where whoever looks will find it. */
  async #say(object: JsonObject, error: unknown): Promise<Again> {
    const gvk = gvkOf(object);
    const fresh = await this.#options.client.get(gvk, namespaceOf(object), nameOf(object));
    if (!fresh || !isManaged(fresh)) return SOON;
    const message = `observe failed: ${error instanceof Error ? error.message : String(error)}`;
    try {
      await this.#managed(fresh).mark(failure(message)).writeStatus();
    } catch {
      // What cannot even be said is tried again with the rest.
    }
    return SOON;
  }

  #managed(object: JsonObject): ManagedObject {
    return new ManagedObject(object, {
      client: this.#options.client,
      time: () => this.#time(),
      isBlank: (each) => this.#options.faults.strike(each, "blank-status") !== undefined,
    });
  }

  #noLaterThanFault(object: JsonObject, again: Again): Again {
    const now = this.#options.now();
    const next = this.#options.faults.nextChange(now, object);
    if (next === undefined || again.again === "soon") return again;
    if (again.again === "after" && again.ms <= next - now) return again;
    return { again: "after", ms: next - now };
  }

  #time(): string {
    return this.#options.time?.() ?? `${new Date(this.#options.now()).toISOString().slice(0, 19)}Z`;
  }
}

const POLL_MS = 600_000;

/** Whether an object is a managed resource. */
export function isManaged(object: JsonObject): boolean {
  return isObject(valueAt(object, ["spec", "forProvider"]));
}

/** What is to be looked at when it changes, as DesiredStateChanged of crossplane-runtime v2 has it; and finalizers, for which it waits. */
function desired(object: JsonObject): JsonObject {
  const { deletionTimestamp = null, finalizers = [] } = metadataOf(object);
  const { status: _status, metadata: _metadata, ...rest } = object;
  const others = Array.isArray(finalizers) ? finalizers.filter((each) => each !== FINALIZER) : [];
  return { ...rest, labels: labelsOf(object), annotations: annotationsOf(object), deletionTimestamp, others };
}
