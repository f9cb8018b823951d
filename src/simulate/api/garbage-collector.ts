import { namespaceOf, objectsAt, parseGVK, uidOf, valueAt, withValue } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Again, type Controller, NEVER, SOON } from "../controller.js";
import { ApiError } from "./api-error.js";
import { type ApiServer } from "./api-server.js";
import { type Change } from "./change.js";
import { type Propagation } from "./client.js";
import { Dependents, type OwnerReference, ownersOf, sameOwners } from "./dependents.js";
import { FOREGROUND, finalizersOf, ORPHAN, withFinalizers } from "./object-metadata.js";

/**
 * The garbage collector of kube-controller-manager: deletes what has no owner any more, and does for an object that is
 * deleted in the foreground or orphans what it owns what its finalizer asks for. Its keys are uids of objects.
 *
 * It knows the objects of which it has been told by {@link GarbageCollector.concerns}, which has to be called for each
 * change of the API server from the first.
 */
export class GarbageCollector implements Controller {
  readonly name = "garbage-collector";
  // As client-go's default for controllers has it (DefaultTypedControllerRateLimiter).
  readonly firstRetry = 5;
  readonly longestRetry = 1_000_000;
  readonly #api: ApiServer;
  readonly #dependents = new Dependents();

  constructor(api: ApiServer) {
    this.#api = api;
  }

  *concerns(change: Change): Iterable<string> {
    this.#dependents.note(change);
    const { type, object, before } = change;
    const uid = uidOf(object);
    if (type === "Deleted") {
      yield* this.#dependents.of(uid);
      yield* this.#waitingOwners(ownersOf(object));
      return;
    }
    if (waitsFor(object, ORPHAN) && !waitsFor(before, ORPHAN)) yield uid;
    if (waitsFor(object, FOREGROUND) && !waitsFor(before, FOREGROUND)) yield* [...this.#dependents.of(uid), uid];
    const owners = ownersOf(object);
    if (before && sameOwners(before, object)) return;
    const blocks = ({ uid }: OwnerReference) => owners.some((owner) => owner.uid === uid && owner.blockOwnerDeletion);
    if (before)
      yield* this.#waitingOwners(ownersOf(before).filter((owner) => owner.blockOwnerDeletion && !blocks(owner)));
    if (owners.some((owner) => this.#isWaiting(owner) || this.#isDangling(object, owner))) yield uid;
  }

  reconcile(key: string): Promise<Again> {
    return Promise.resolve(this.#attempt(key));
  }

  #attempt(uid: string): Again {
    const object = this.#dependents.get(uid);
    if (!object) return NEVER;
    try {
      this.#collect(object);
      return NEVER;
    } catch (error) {
      // It was refused, or somebody else was faster.
      if (error instanceof ApiError) return SOON;
      throw error;
    }
  }

  #collect(object: JsonObject): void {
    if (waitsFor(object, ORPHAN)) this.#orphan(object);
    else if (waitsFor(object, FOREGROUND)) this.#release(object);
    else if (!isBeingDeleted(object)) this.#deleteOrphaned(object);
  }

  /** Lets go what an object owns, and then the object. */
  #orphan(object: JsonObject): void {
    const uid = uidOf(object);
    for (const dependent of this.#dependentsOf(object)) this.#disown(dependent, [uid]);
    this.#removeFinalizer(object, ORPHAN);
  }

  /** Lets an object go once nothing that blocks its deletion is there. */
  #release(object: JsonObject): void {
    const uid = uidOf(object);
    const blocks = (owner: OwnerReference) => owner.uid === uid && owner.blockOwnerDeletion;
    const isBlocked = this.#dependentsOf(object).some((dependent) => ownersOf(dependent).some(blocks));
    if (!isBlocked) this.#removeFinalizer(object, FOREGROUND);
  }

  /** Deletes an object of which every owner is gone, or waits for it to go. */
  #deleteOrphaned(object: JsonObject): void {
    const owners = ownersOf(object);
    if (owners.length === 0 || this.#isMisplaced(object, owners)) return;
    const dangling = owners.filter((owner) => this.#isDangling(object, owner));
    const waiting = owners.filter((owner) => !dangling.includes(owner) && this.#isWaiting(owner));
    const gone = [...dangling, ...waiting];
    if (gone.length < owners.length) {
      if (gone.length > 0)
        this.#disown(
          object,
          gone.map(({ uid }) => uid),
        );
      return;
    }
    const dependents = this.#dependentsOf(object);
    if (waiting.length === 0 || dependents.length === 0) {
      this.#delete(object, propagationOf(object));
      return;
    }
    // An owner and a dependent that both wait for what they own could wait for each other.
    if (dependents.some((dependent) => waitsFor(dependent, FOREGROUND)))
      this.#delete(this.#unblocked(object), "Foreground");
    else this.#delete(object, "Foreground");
  }

  #delete(object: JsonObject, propagation: Propagation): void {
    this.#api.delete(object, { propagation, uid: uidOf(object), manager: this.name });
  }

  #disown(object: JsonObject, uids: readonly string[]): void {
    const references = objectsAt(object, OWNERS).filter(({ uid }) => !uids.includes(String(uid)));
    this.#update(withValue(object, OWNERS, references.length > 0 ? references : undefined));
  }

  #unblocked(object: JsonObject): JsonObject {
    const references = objectsAt(object, OWNERS).map((reference) =>
      reference["blockOwnerDeletion"] === true ? { ...reference, blockOwnerDeletion: false } : reference,
    );
    return this.#update(withValue(object, OWNERS, references));
  }

  #removeFinalizer(object: JsonObject, finalizer: string): void {
    this.#update(
      withFinalizers(
        object,
        finalizersOf(object).filter((name) => name !== finalizer),
      ),
    );
  }

  #update(object: JsonObject): JsonObject {
    return this.#api.update(object, { manager: this.name });
  }

  /** A reference to what is not there: gone, of another uid, or in another namespace. */
  #isDangling(object: JsonObject, { apiVersion, kind, name, uid }: OwnerReference): boolean {
    const known = this.#dependents.get(uid);
    if (known) {
      const namespace = namespaceOf(known);
      return !names(known, apiVersion, kind, name) || (namespace !== "" && namespace !== namespaceOf(object));
    }
    const gvk = parseGVK(apiVersion, kind);
    const found = [namespaceOf(object), ""].map((namespace) => this.#api.get(gvk, namespace, name));
    return !found.some((owner) => owner !== undefined && uidOf(owner) === uid);
  }

  /** Whether an object of no namespace refers to one of a namespace, which is never acted on. */
  #isMisplaced(object: JsonObject, owners: readonly OwnerReference[]): boolean {
    return namespaceOf(object) === "" && owners.some((owner) => this.#dependents.isNamespaced(owner));
  }

  #isWaiting({ uid }: OwnerReference): boolean {
    return waitsFor(this.#dependents.get(uid), FOREGROUND);
  }

  #waitingOwners(owners: readonly OwnerReference[]): readonly string[] {
    return owners.filter((owner) => this.#isWaiting(owner)).map(({ uid }) => uid);
  }

  #dependentsOf(object: JsonObject): readonly JsonObject[] {
    const found = this.#dependents.of(uidOf(object)).map((uid) => this.#dependents.get(uid));
    return found.filter((dependent) => dependent !== undefined);
  }
}

const OWNERS = ["metadata", "ownerReferences"];

function isBeingDeleted(object: JsonObject): boolean {
  return valueAt(object, ["metadata", "deletionTimestamp"]) !== undefined;
}

/** Whether an object is deleted as soon as the collector has done what one of its finalizers says. */
function waitsFor(object: JsonObject | undefined, finalizer: string): boolean {
  return object !== undefined && isBeingDeleted(object) && finalizersOf(object).includes(finalizer);
}

function propagationOf(object: JsonObject): Propagation {
  const finalizers = finalizersOf(object);
  if (finalizers.includes(ORPHAN)) return "Orphan";
  return finalizers.includes(FOREGROUND) ? "Foreground" : "Background";
}

function names(object: JsonObject, apiVersion: string, kind: string, name: string): boolean {
  const wanted = parseGVK(apiVersion, kind);
  const is = parseGVK(String(object["apiVersion"]), String(object["kind"]));
  return is.group === wanted.group && is.kind === wanted.kind && valueAt(object, ["metadata", "name"]) === name;
}
