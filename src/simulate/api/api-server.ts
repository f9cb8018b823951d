import { type Definitions } from "../../admission/index.js";
import { type GVK, gvkOf, isObject, nameOf, namespaceOf, textAt, uidOf, valueAt } from "../../render/unstructured.js";
import { equal } from "../../schema/json.js";
import { type RuleEvaluator } from "../../schema/rule.js";
import { type JsonObject } from "../../wire/index.js";
import { ApiError } from "./api-error.js";
import { type Change } from "./change.js";
import { type Client, type DeleteOptions, type ObjectId, type Propagation, type WriteOptions } from "./client.js";
import { finalizersAfter, markedDeleted } from "./deletion.js";
import { check } from "./fields/check.js";
import { ManagedFields, sameButTimes } from "./fields/managed-fields.js";
import { merge } from "./fields/merge.js";
import { applied, updated, type Write } from "./fields/write-fields.js";
import { type Kind, Kinds, type Old } from "./kind.js";
import { madeName } from "./made-name.js";
import { type Kept } from "./object-index.js";
import { finalizersOf, withFinalizers } from "./object-metadata.js";
import {
  DELETION_TIMESTAMP,
  generationOf,
  inVersion,
  MANAGED_FIELDS,
  managedBefore,
  metadataOf,
  restored,
  sameContent,
  unmanaged,
  withoutSystem,
  withStatusOf,
} from "./object-state.js";
import { expectSame, expectVersion } from "./preconditions.js";
import { alreadyExists, invalid, noSuchResource, notFound, otherUid, unfit } from "./refusals.js";
import { StoredObjects } from "./stored-objects.js";

export interface ApiServerOptions {
  /** The time, as RFC 3339 with seconds. */
  now(): string;
  /** The next uid. */
  uid(): string;
  /** What objects of CRDs and XRDs are admitted by. Default: none, so that nothing is known of any kind. */
  readonly definitions?: Definitions;
  /** Evaluates the CEL rules of definitions. Default: they are not evaluated. */
  readonly rules?: RuleEvaluator;
  /** Asked before an object is deleted, as admission webhooks are: a text refuses. Default: nothing is refused. */
  guard?(object: JsonObject, propagation: Propagation | undefined): string | undefined;
}

/**
 * A Kubernetes API server in memory, which answers at once: what kube-apiserver 1.35 makes of the same requests, as far as
 * custom resources, Secrets, ConfigMaps and ServiceAccounts are concerned. Other kinds it takes as they are: each has a
 * status subresource, lists of them are atomic, and maps are merged.
 *
 * An object is one whatever version of its kind it is read or written in; only its apiVersion is converted.
 */
export class ApiServer implements Client {
  readonly #options: ApiServerOptions;
  readonly #objects = new StoredObjects();
  #kinds: Kinds;
  #names = 0;

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.#kinds = new Kinds(options.definitions, options.rules);
  }

  /** What objects are admitted by from now on. What lives already stays as it is until it is written. */
  setDefinitions(definitions: Definitions | undefined): void {
    this.#kinds = new Kinds(definitions, this.#options.rules);
  }

  /** Calls back after each change, before the write that made it returns. Returns what ends that. */
  watch(listener: (change: Change) => void): () => void {
    return this.#objects.watch(listener);
  }

  /** By group and kind, namespace and name. */
  all(): readonly JsonObject[] {
    return this.#objects.all();
  }

  get(gvk: GVK, namespace: string, name: string): JsonObject | undefined {
    const kept = this.#objects.find(gvk, namespace, name);
    return kept && inVersion(kept.object, gvk);
  }

  /** By namespace and name. As for clients of Kubernetes, the kind may be that of the list (`BucketList`). */
  list(gvk: GVK, namespace: string, labels: Readonly<Record<string, string>> = {}): readonly JsonObject[] {
    return this.#objects.list(gvk, namespace, labels);
  }

  /** Puts an object there as it is, as if it had always been; uid, creationTimestamp and generation it gets if it has none. */
  load(object: JsonObject): JsonObject {
    const kind = this.#kinds.of(object);
    const metadata = {
      uid: uidOf(object) || this.#options.uid(),
      creationTimestamp: this.#options.now(),
      ...(kind.hasGeneration && { generation: 1 }),
      ...metadataOf(object),
    };
    return this.#objects.add({ ...object, metadata }, undefined, "");
  }

  create(object: JsonObject, options: WriteOptions): JsonObject {
    const kind = this.#kinds.of(object);
    if (options.subresource === "status") throw noSuchResource();
    if (textAt(object, ["metadata", "resourceVersion"]) !== "") {
      throw new ApiError("BadRequest", "resourceVersion should not be set on objects to be created");
    }
    const { metadata, ...fields } = object;
    const { status: _, ...rest } = fields;
    const generateName = textAt(object, ["metadata", "generateName"]);
    const name = nameOf(object) || (generateName === "" ? undefined : madeName(generateName, this.#names++));
    const named = { ...(isObject(metadata) && metadata), ...(name !== undefined && { name }) };
    const { value, problems } = kind.admit({ ...(kind.hasStatus ? rest : fields), metadata: withoutSystem(named) });
    const { apiVersion = "", kind: type = "" } = object;
    const write = this.#write(kind, object, options, "Update");
    const managed = updated({ apiVersion, kind: type }, value, ManagedFields.of(object), write);
    if (problems.length > 0) throw invalid(value, problems);
    return this.#make(kind, value, managed, options);
  }

  update(object: JsonObject, options: WriteOptions): JsonObject {
    const kind = this.#kinds.of(object);
    if (options.subresource === "status" && !kind.hasStatus) throw noSuchResource();
    const kept = this.#find(kind, object);
    const live = inVersion(kept.object, gvkOf(object));
    expectVersion(kind, object, live);
    if (options.subresource === "status") return this.#updateStatus(kind, kept, live, object, options);
    const next = restored(kind, live, object);
    const admitted = kind.admit(next, oldOf(kept, kind, live));
    const managed = managedBefore(object, kept);
    const write = this.#write(kind, object, options, "Update");
    const after = managed.isEmpty ? managed : updated(bareOf(kept, live), unmanaged(admitted.value), managed, write);
    return this.#replace(kind, kept, live, { ...admitted, managed: after, manager: options.manager });
  }

  apply(object: JsonObject, options: WriteOptions): JsonObject {
    const kind = this.#kinds.of(object);
    const isStatus = options.subresource === "status";
    if (isStatus && !kind.hasStatus) throw noSuchResource();
    const kept = this.#objects.find(gvkOf(object), namespaceOf(object), nameOf(object));
    if (kept && this.#isSettled(kind, kept, object, options)) return inVersion(kept.object, gvkOf(object));
    if (valueAt(object, ["metadata", "managedFields"]) !== undefined) {
      throw new ApiError("BadRequest", "metadata.managedFields must be nil");
    }
    const wrong = check(kind.shape, object);
    if (wrong.length > 0) throw unfit(object, namespaceOf(object), wrong);
    if (!kept && isStatus) throw notFound(kind, nameOf(object));
    if (!kept) return this.#applyNew(kind, object, options);
    const live = inVersion(kept.object, gvkOf(object));
    expectSame(kind, object, live);
    const before = this.#managedOrUpdated(kind, kept, live, options);
    const write = this.#write(kind, object, options, "Apply");
    const result = applied(bareOf(kept, live), object, before, write);
    const after = this.#applied(kind, kept, live, result, options);
    kept.settle(settler(object, options), object, write.by);
    return after;
  }

  delete(object: ObjectId, { propagation, uid, manager = "unknown" }: DeleteOptions = {}): void {
    const kind = this.#kinds.of(object);
    const kept = this.#find(kind, object);
    const live = kept.object;
    if (uid !== undefined && uid !== uidOf(live)) throw otherUid(kind, nameOf(live), uid, uidOf(live));
    const refusal = this.#options.guard?.(live, propagation);
    if (refusal !== undefined) throw new ApiError("Conflict", refusal);
    const finalizers = finalizersAfter(finalizersOf(live), propagation);
    if (finalizers.length === 0) {
      this.#objects.remove(live, live, manager);
      return;
    }
    const held = equal(finalizers, finalizersOf(live)) ? live : withFinalizers(live, finalizers);
    const next = markedDeleted(held, this.#options.now());
    if (next !== live) this.#objects.store(kept, next, manager);
  }

  /** Whether an intent is the one that its manager has applied last, and all of it is as it wants it, and its own. */
  #isSettled(kind: Kind, kept: Kept, intent: JsonObject, options: WriteOptions): boolean {
    const settled = kept.settled(settler(intent, options));
    if (!settled || kept.admittedBy !== kind || kept.object["apiVersion"] !== intent["apiVersion"]) return false;
    const { by } = this.#write(kind, intent, options, "Apply");
    return (
      settled.fields === kept.managed.get(by)?.fields &&
      equal(settled.intent, intent) &&
      merge(kind.shape, kept.bare, intent) === kept.bare
    );
  }

  #applyNew(kind: Kind, object: JsonObject, options: WriteOptions): JsonObject {
    const uid = uidOf(object);
    if (uid !== "") {
      const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
      throw new ApiError(
        "Conflict",
        `Operation cannot be fulfilled on ${kind.resource} ${JSON.stringify(nameOf(object))}: ${why}`,
      );
    }
    const { apiVersion = "", kind: type = "" } = object;
    const write = this.#write(kind, object, options, "Apply");
    const result = applied({ apiVersion, kind: type }, object, ManagedFields.none, write);
    const { status: _, ...rest } = result.object;
    const written = kind.hasStatus ? rest : result.object;
    const { value, problems } = kind.admitApplied({ ...written, metadata: withoutSystem(metadataOf(written)) });
    if (problems.length > 0) throw invalid(value, problems);
    return this.#make(kind, value, result.managed, options);
  }

  #applied(
    kind: Kind,
    kept: Kept,
    live: JsonObject,
    { object, managed }: { readonly object: JsonObject; readonly managed: ManagedFields },
    { manager, subresource }: WriteOptions,
  ): JsonObject {
    const isSame = equal(object, bareOf(kept, live)) && kept.admittedBy === kind;
    const next = subresource === "status" ? withStatusOf(live, object) : restored(kind, live, object);
    const admitted = isSame ? { value: live, problems: [] } : kind.admitApplied(next, oldOf(kept, kind, live));
    return this.#replace(kind, kept, live, { ...admitted, managed, manager, isStatus: subresource === "status" });
  }

  #updateStatus(kind: Kind, kept: Kept, live: JsonObject, object: JsonObject, options: WriteOptions): JsonObject {
    const read = kind.read(object);
    const before = kept.managed;
    const write = this.#write(kind, object, options, "Update");
    const managed = before.isEmpty ? before : updated(bareOf(kept, live), unmanaged(read), before, write);
    const admitted = kind.admit(withStatusOf(live, read), oldOf(kept, kind, live));
    return this.#replace(kind, kept, live, { ...admitted, managed, manager: options.manager, isStatus: true });
  }

  /** Who owns what before an intent is applied: what nobody owns yet belongs to whoever was there before. */
  #managedOrUpdated(kind: Kind, { managed }: Kept, live: JsonObject, options: WriteOptions): ManagedFields {
    if (!managed.isEmpty) return managed;
    const { apiVersion = "", kind: type = "" } = live;
    const write = this.#write(kind, live, { ...options, manager: "before-first-apply" }, "Update");
    return updated({ apiVersion, kind: type }, unmanaged(live), managed, write);
  }

  /** Stores what an object was admitted as, unless it is what it was. */
  #replace(kind: Kind, kept: Kept, live: JsonObject, written: Written): JsonObject {
    const { value, problems, managed, manager, isStatus = false } = written;
    if (problems.length > 0) throw invalid(value, problems);
    const bare = unmanaged(value);
    const isSame = equal(bare, bareOf(kept, live));
    kept.admittedBy = kind;
    if (isSame && managed === kept.managed) return live;
    const managedFields = managed.toJson();
    if (isSame && sameButTimes(managedFields, valueAt(live, MANAGED_FIELDS))) return live;
    const isNewGeneration = !isSame && !isStatus && kind.hasGeneration && !sameContent(bare, live);
    const generation = isNewGeneration ? generationOf(live) + 1 : undefined;
    const metadata = {
      ...metadataOf(bare),
      ...(generation !== undefined && { generation }),
      ...(managedFields && { managedFields }),
    };
    const next = { ...bare, metadata };
    const isGone = valueAt(live, DELETION_TIMESTAMP) !== undefined && finalizersOf(next).length === 0;
    return isGone ? this.#objects.remove(kept.object, next, manager) : this.#objects.store(kept, next, manager);
  }

  #make(kind: Kind, value: JsonObject, managed: ManagedFields, { manager }: WriteOptions): JsonObject {
    if (this.#objects.find(gvkOf(value), namespaceOf(value), nameOf(value))) throw alreadyExists(kind, nameOf(value));
    const managedFields = managed.toJson();
    const metadata = {
      ...metadataOf(value),
      uid: this.#options.uid(),
      creationTimestamp: this.#options.now(),
      ...(kind.hasGeneration && { generation: 1 }),
      ...(managedFields && { managedFields }),
    };
    return this.#objects.add({ ...value, metadata }, kind, manager);
  }

  #find(kind: Kind, object: JsonObject): Kept {
    const kept = this.#objects.find(gvkOf(object), namespaceOf(object), nameOf(object));
    if (!kept) throw notFound(kind, nameOf(object));
    return kept;
  }

  #write(kind: Kind, object: JsonObject, options: WriteOptions, operation: "Apply" | "Update"): Write {
    const { manager, subresource } = options;
    return {
      shape: kind.shape,
      by: { manager, operation, apiVersion: String(object["apiVersion"]), subresource },
      now: this.#options.now(),
      ignored: subresource === "status" ? ["spec"] : kind.hasStatus ? ["status"] : [],
    };
  }
}

/** What lives, in a version that it may not be kept in, without managedFields. */
function bareOf(kept: Kept, live: JsonObject): JsonObject {
  return live === kept.object ? kept.bare : unmanaged(live);
}

function oldOf(kept: Kept, kind: Kind, live: JsonObject): Old {
  return { object: live, isAdmitted: kept.admittedBy === kind };
}

/** Who applies an intent, and how. */
function settler({ apiVersion }: JsonObject, { manager, subresource }: WriteOptions): string {
  return `${manager} ${subresource ?? ""} ${String(apiVersion)}`;
}

interface Written {
  readonly value: JsonObject;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  readonly managed: ManagedFields;
  readonly manager: string;
  readonly isStatus?: boolean;
}
