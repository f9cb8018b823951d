import {
  type GVK,
  gvkOf,
  labelsOf,
  nameOf,
  namespaceOf,
  objectsAt,
  textAt,
  valueAt,
  withValue,
} from "../../src/render/unstructured.js";
import { ApiError } from "../../src/simulate/api/api-error.js";
import { type Change } from "../../src/simulate/api/change.js";
import { type Client, type WriteOptions } from "../../src/simulate/api/client.js";
import { awsStandIns } from "../../src/simulate/cloud/aws/index.js";
import { Cloud, type CloudChange } from "../../src/simulate/cloud/cloud.js";
import { managedController } from "../../src/simulate/cloud/controller.js";
import { type StandIn } from "../../src/simulate/cloud/stand-in.js";
import { Faults } from "../../src/simulate/cloud/struck.js";
import { type Fault } from "../../src/simulate/fault.js";
import { type JsonObject } from "../../src/wire/index.js";

/** As much of a cluster as providers need, in which each write has consequences at once. */
export class FakeCluster implements Client {
  readonly writes: { readonly object: JsonObject; readonly subresource: "status" | undefined }[] = [];
  /** Called before an update is made: what it does is done meanwhile by somebody else. */
  meanwhile: ((object: JsonObject) => void) | undefined;
  readonly #objects = new Map<string, JsonObject>();
  readonly #onChange: (change: Change) => void;
  #version = 0;

  constructor(onChange: (change: Change) => void) {
    this.#onChange = onChange;
  }

  get({ group, kind }: GVK, namespace: string, name: string): JsonObject | undefined {
    return this.#objects.get(JSON.stringify([group, kind, namespace, name]));
  }

  list({ group, kind }: GVK, namespace: string, labels: Readonly<Record<string, string>> = {}): readonly JsonObject[] {
    return [...this.#objects.values()].filter((object) => {
      const has = gvkOf(object).group === group && gvkOf(object).kind === kind;
      const fits = Object.entries(labels).every(([label, value]) => labelsOf(object)[label] === value);
      return has && fits && (namespace === "" || namespaceOf(object) === namespace);
    });
  }

  create(object: JsonObject): JsonObject {
    if (this.#objects.has(keyOf(object))) throw new ApiError("AlreadyExists", `${nameOf(object)} already exists`);
    return this.#put(withValue(withValue(object, ["metadata", "uid"], `uid-${nameOf(object)}`), GENERATION, 1));
  }

  update(object: JsonObject, { manager, subresource }: WriteOptions): JsonObject {
    this.meanwhile?.(object);
    const current = this.#objects.get(keyOf(object));
    if (!current) throw new ApiError("NotFound", `${nameOf(object)} not found`);
    if (textAt(object, VERSION) !== textAt(current, VERSION))
      throw new ApiError("Conflict", "the object has been modified");
    this.writes.push({ object, subresource });
    const { status: _, ...rest } = object;
    const { status } = subresource === "status" ? object : current;
    const next = subresource === "status" ? { ...current } : rest;
    return this.#put(status === undefined ? next : { ...next, status }, manager);
  }

  /** Puts an object in the place of what there is, with the status and the metadata that it has. */
  apply(object: JsonObject): JsonObject {
    const current = this.#objects.get(keyOf(object));
    if (!current) return this.create(object);
    const { status = {}, metadata } = current;
    return this.#put({ ...object, metadata: metadata ?? {}, status });
  }

  delete(id: JsonObject): void {
    const object = this.#objects.get(keyOf(id));
    if (!object) throw new ApiError("NotFound", `${nameOf(id)} not found`);
    this.#put(withValue(object, DELETED, textAt(object, DELETED) || "2024-01-01T00:00:00Z"));
  }

  #put(object: JsonObject, manager = "test"): JsonObject {
    const key = keyOf(object);
    const before = this.#objects.get(key);
    const versioned = withValue(object, VERSION, String(++this.#version));
    const isGone = textAt(object, DELETED) !== "" && !valueAt(object, ["metadata", "finalizers"]);
    if (isGone) this.#objects.delete(key);
    if (!isGone) this.#objects.set(key, versioned);
    const type = isGone ? "Deleted" : before ? "Modified" : "Added";
    this.#onChange({ type, object: versioned, before, manager });
    return versioned;
  }
}

const VERSION = ["metadata", "resourceVersion"];
const GENERATION = ["metadata", "generation"];
const DELETED = ["metadata", "deletionTimestamp"];

function keyOf(object: JsonObject): string {
  const { group, kind } = gvkOf(object);
  return JSON.stringify([group, kind, namespaceOf(object), nameOf(object)]);
}

/** Providers, a cloud and a cluster, and a clock that goes on when it is told to. */
export class Scene {
  readonly cluster: FakeCluster;
  readonly cloud: Cloud;
  readonly faults: Faults;
  readonly changes: CloudChange[] = [];
  now = 0;
  readonly #controller;
  readonly #due = new Map<string, number>();
  readonly #failures = new Map<string, number>();

  constructor(standIns: readonly StandIn[] = awsStandIns()) {
    const now = () => this.now;
    this.cloud = new Cloud({ now });
    this.cloud.onChange((change) => this.changes.push(change));
    this.faults = new Faults(now);
    this.cluster = new FakeCluster((change) => this.#changed(change));
    const { cluster: client, cloud, faults } = this;
    this.#controller = managedController({ client, cloud, standIns, faults, now });
  }

  setFaults(...faults: readonly Fault[]): void {
    this.faults.setFaults(faults, this.now);
    for (const key of this.#controller.keys()) this.#due.set(key, this.now);
  }

  /** Lets so many milliseconds pass; reconciles what is due. Default: an hour, which is enough for all but what never ends. */
  async pass(ms = 3_600_000): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      const [key, at] = [...this.#due].sort(([, a], [, b]) => a - b)[0] ?? ["", Number.POSITIVE_INFINITY];
      if (at > end) break;
      this.now = Math.max(this.now, at);
      this.#due.delete(key);
      await this.#reconcile(key);
    }
    this.now = end;
  }

  object(kind: string, name: string): JsonObject {
    const found = this.find(kind, name);
    if (!found) throw new Error(`${kind} ${name} is not there`);
    return found;
  }

  find(kind: string, name: string): JsonObject | undefined {
    const { group } = gvkOf({ apiVersion: apiVersionOf(kind), kind });
    return this.cluster.get({ group, version: "", kind }, "payments", name);
  }

  /** A condition as `status reason: message`. */
  condition(object: JsonObject, type: "Ready" | "Synced"): string {
    const found = objectsAt(object, ["status", "conditions"]).find((each) => each["type"] === type);
    if (!found) return "";
    const { status, reason, message } = found;
    return `${status} ${reason}${message === undefined ? "" : `: ${message}`}`;
  }

  /** What happened in the cloud, each as `what Kind name`. */
  get story(): readonly string[] {
    return this.changes.map(({ what, external, object }) => `${what} ${gvkOf(object).kind} ${external.name}`);
  }

  #changed(change: Change): void {
    for (const key of this.#controller.concerns(change)) this.#due.set(key, this.now);
  }

  async #reconcile(key: string): Promise<void> {
    const again = await this.#controller.reconcile(key);
    if (again.again !== "soon") this.#failures.delete(key);
    if (again.again === "never" || this.#due.has(key)) return;
    const failures = this.#failures.get(key) ?? 0;
    if (again.again === "soon") this.#failures.set(key, failures + 1);
    const ms = again.again === "soon" ? Math.min(1000 * 2 ** failures, 60_000) : again.ms;
    this.#due.set(key, this.now + ms);
  }
}

const GROUPS: Readonly<Record<string, string>> = {
  Bucket: "s3",
  Role: "iam",
  User: "iam",
  Policy: "iam",
  RolePolicy: "iam",
  RolePolicyAttachment: "iam",
  UserPolicyAttachment: "iam",
  AccessKey: "iam",
  OpenIDConnectProvider: "iam",
  PodIdentityAssociation: "eks",
  Key: "kms",
  Alias: "kms",
};

/** The apiVersion of a kind of AWS's provider, or of a Secret. */
export function apiVersionOf(kind: string): string {
  if (kind === "Secret") return "v1";
  return `${GROUPS[kind] ?? (kind.startsWith("Bucket") ? "s3" : "example")}.aws.m.upbound.io/v1beta1`;
}

export interface Spec {
  readonly forProvider?: JsonObject;
  readonly initProvider?: JsonObject;
  readonly managementPolicies?: readonly string[];
  readonly writeConnectionSecretToRef?: JsonObject;
}

/** A managed resource in the namespace payments. */
export function resource(kind: string, name: string, spec: Spec = {}, metadata: JsonObject = {}): JsonObject {
  const { forProvider = { region: "eu-west-1" }, ...rest } = spec;
  return {
    apiVersion: apiVersionOf(kind),
    kind,
    metadata: { namespace: "payments", name, ...metadata },
    spec: { forProvider, ...rest },
  };
}

export const atProvider = (object: JsonObject) => valueAt(object, ["status", "atProvider"]);
