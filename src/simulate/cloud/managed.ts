import { readTime } from "../../render/time.js";
import { gvkOf, isObject, nameOf, namespaceOf, valueAt, withTexts, withValue } from "../../render/unstructured.js";
import { equal } from "../../schema/json.js";
import { type JsonObject } from "../../wire/index.js";
import { isApiError } from "../api/api-error.js";
import { type Client } from "../api/client.js";
import { type Again, NEVER, SOON } from "../controller.js";
import { type Cloud } from "./cloud.js";
import { ExternalClient, firstName, type Observation, withBelow, withChoices } from "./external-client.js";
import { type Behaviour } from "./generic.js";
import {
  AVAILABLE,
  CREATING,
  DELETING,
  failure,
  type ManagedObject,
  PAUSED,
  SUCCESS,
  UNAVAILABLE,
} from "./managed-object.js";
import { type ManagementPolicies, managementPoliciesOf } from "./management-policies.js";
import { parametersOf } from "./parameters.js";
import { publishConnection } from "./publish-connection.js";
import { EXTERNAL_NAME, Unresolved } from "./resolve-references.js";
import { type External } from "./stand-in.js";
import { type Faults } from "./struck.js";

export const FINALIZER = "finalizer.managedresource.crossplane.io";
const CREATE_PENDING = "crossplane.io/external-create-pending";
const CREATE_FAILED = "crossplane.io/external-create-failed";

/** What reconciling one managed resource takes. */
export interface Managing {
  readonly client: Client;
  readonly cloud: Cloud;
  readonly faults: Faults;
  readonly behaviour: Behaviour;
  /** Milliseconds until it is looked at again, although nothing has changed. */
  readonly pollInterval: number;
  now(): number;
  /** The time as Kubernetes writes it. */
  time(): string;
  /**
   * The object with its references resolved.
   *
   * @throws Unresolved
   */
  resolve(object: JsonObject): Promise<JsonObject>;
}

/**
 * Reconciles a managed resource once, as pkg/reconciler/managed/reconciler.go of crossplane-runtime v2 does it, with what
 * upjet has providers do beside. A create, update or delete that takes its time is begun here, and looked at again when it is
 * done.
 *
 * @throws ApiError where the object was changed meanwhile
 */
export async function reconcileManaged(managed: ManagedObject, managing: Managing): Promise<Again> {
  const policies = managementPoliciesOf(managed.object);
  if (policies.isPaused || managed.annotation("crossplane.io/paused") === "true") {
    await managed.mark(PAUSED).writeStatus();
    return NEVER;
  }
  if (policies.problem !== undefined) return failed(managed, policies.problem, NEVER);
  if (managed.isDeleted && !policies.allows("Delete")) return letGo(managed, managing);

  await initialize(managed, policies, managing);
  if (managing.behaviour.isNamedByCloud && isCreationIncomplete(managed)) {
    managed.mark(CREATING);
    return failed(managed, INCOMPLETE, NEVER);
  }
  if (!managed.isDeleted) {
    try {
      await managed.write(await managing.resolve(managed.object));
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      return failed(managed, `cannot resolve references: ${error.message}`, SOON);
    }
  }
  const external = new ExternalClient(managed.object, managing);
  const observation = external.observe();
  if (managed.isDeleted) return remove(managed, observation, managing);
  return sustain(managed, observation, policies, managing);
}

/** Says what went wrong, in the condition Synced. */
async function failed(managed: ManagedObject, message: string, again: Again): Promise<Again> {
  await managed.mark(failure(message)).writeStatus();
  return again;
}

/** A managed resource that goes without what it has made. */
async function letGo(managed: ManagedObject, { cloud, behaviour }: Managing): Promise<Again> {
  const name = managed.annotation(EXTERNAL_NAME);
  if (name !== "") cloud.keep(behaviour, name, managed.object);
  await removeFinalizer(managed);
  return NEVER;
}

/** The name in the cloud, and what the provider itself asks for. */
async function initialize(managed: ManagedObject, policies: ManagementPolicies, { behaviour }: Managing) {
  const { object } = managed;
  const name = firstName(object, behaviour);
  const named = name === "" ? object : withTexts(object, "annotations", { [EXTERNAL_NAME]: name });
  const extra = policies.onlyObserves
    ? undefined
    : behaviour.initialize?.({ object, parameters: parametersOf(object), name });
  await managed.write(extra ? withBelow(named, extra) : named);
}

const SUCCEEDED = "crossplane.io/external-create-succeeded";
const INCOMPLETE = `cannot determine creation result - remove the ${CREATE_PENDING} annotation if it is safe to proceed`;

function isCreationIncomplete(managed: ManagedObject): boolean {
  const [pending = "", ...ends] = [CREATE_PENDING, SUCCEEDED, CREATE_FAILED].map(
    (name) => readTime(managed.annotation(name)) ?? "",
  );
  return ends.every((end) => pending > end);
}

async function remove(managed: ManagedObject, observation: Observation, managing: Managing): Promise<Again> {
  if (finalizersOf(managed.object).length > 1) return SOON;
  const { external, work } = observation;
  if (work && work.what !== "update") {
    await managed.mark(DELETING, SUCCESS).writeStatus();
    return { again: "after", ms: work.until - managing.now() };
  }
  if (external && managing.behaviour.leaves?.(external)) return letGo(managed, managing);
  if (!external) {
    await removeFinalizer(managed);
    return NEVER;
  }
  try {
    const ms = new ExternalClient(managed.object, managing).delete(external);
    await managed.mark(DELETING, SUCCESS).writeStatus();
    return { again: "after", ms };
  } catch (error) {
    managed.mark(DELETING);
    return failed(managed, `delete failed: ${textOf(error)}`, SOON);
  }
}

async function sustain(
  managed: ManagedObject,
  observation: Observation,
  policies: ManagementPolicies,
  managing: Managing,
): Promise<Again> {
  const { external, work } = observation;
  if (work?.what === "make") {
    await managed.mark(CREATING, SUCCESS).writeStatus();
    return { again: "after", ms: work.until - managing.now() };
  }
  const poll: Again = { again: "poll", ms: managing.pollInterval };
  if (!external && policies.onlyObserves) {
    return failed(managed, "observe failed: external resource does not exist", poll);
  }
  const problem = await publish(managed, external, managing);
  if (problem !== undefined) return failed(managed, problem, SOON);
  await addFinalizer(managed);
  if (!external && policies.allows("Create")) return create(managed, managing);
  if (external && policies.allows("LateInitialize")) {
    await managed.write(withChoices(managed.object, external, managing.behaviour));
  }
  observed(managed, external, managing);
  if (work) {
    await managed.mark(SUCCESS).writeStatus();
    return { again: "after", ms: work.until - managing.now() };
  }
  const isUpToDate = external !== undefined && equal(external.parameters, observation.parameters);
  if (!isUpToDate && policies.allows("Update")) return update(managed, observation, managing);
  await managed.mark(SUCCESS).writeStatus();
  return poll;
}

/** Returns what is wrong. */
async function publish(managed: ManagedObject, external: External | undefined, managing: Managing) {
  const { behaviour, client, faults } = managing;
  try {
    const details = external ? (behaviour.connection?.(external) ?? {}) : {};
    const isEmptied = hasSecret(managed.object) && faults.strike(managed.object, "empty-secret") !== undefined;
    await publishConnection(managed.object, details, { client, isEmptied });
    return undefined;
  } catch (error) {
    if (isApiError(error, "Conflict")) throw error;
    return textOf(error);
  }
}

const hasSecret = (object: JsonObject) => isObject(valueAt(object, ["spec", "writeConnectionSecretToRef"]));

async function create(managed: ManagedObject, managing: Managing): Promise<Again> {
  const { object } = managed;
  const { client, time } = managing;
  const reread = async () => client.get(gvkOf(object), namespaceOf(object), nameOf(object));
  await managed.write(withTexts(object, "annotations", { [CREATE_PENDING]: time() }));
  try {
    const { name, takes } = new ExternalClient(managed.object, managing).create();
    await managed.annotate({ [EXTERNAL_NAME]: name, [SUCCEEDED]: time() }, reread);
    await managed.mark(CREATING, SUCCESS).writeStatus();
    return { again: "after", ms: takes };
  } catch (error) {
    if (isApiError(error, "NotFound") || isApiError(error, "Conflict")) throw error;
    await managed.annotate({ [CREATE_FAILED]: time() }, reread);
    managed.mark(CREATING);
    return failed(managed, `create failed: ${textOf(error)}`, SOON);
  }
}

async function update(managed: ManagedObject, observation: Observation, managing: Managing): Promise<Again> {
  const { behaviour, cloud } = managing;
  try {
    const ms = new ExternalClient(managed.object, managing).update(observation);
    observed(managed, cloud.find(behaviour, managed.annotation(EXTERNAL_NAME)), managing);
    await managed.mark(SUCCESS).writeStatus();
    return ms > 0 ? { again: "after", ms } : { again: "poll", ms: managing.pollInterval };
  } catch (error) {
    if (isApiError(error, "NotFound") || isApiError(error, "Conflict")) throw error;
    return failed(managed, `update failed: ${textOf(error)}`, SOON);
  }
}

/** What is said of something that is there. */
function observed(managed: ManagedObject, external: External | undefined, { behaviour, faults }: Managing): void {
  if (!external) return;
  managed.report(behaviour.observe(external));
  if (faults.strike(managed.object, "never-ready")) managed.mark(CREATING);
  else managed.mark(faults.isFlapped(managed.object) ? UNAVAILABLE : AVAILABLE);
}

const FINALIZERS = ["metadata", "finalizers"];

function finalizersOf(object: JsonObject): readonly string[] {
  const list = valueAt(object, FINALIZERS);
  return Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [];
}

async function addFinalizer(managed: ManagedObject): Promise<void> {
  const finalizers = finalizersOf(managed.object);
  if (finalizers.includes(FINALIZER)) return;
  await managed.write(withValue(managed.object, FINALIZERS, [...finalizers, FINALIZER]));
}

async function removeFinalizer(managed: ManagedObject): Promise<void> {
  const rest = finalizersOf(managed.object).filter((finalizer) => finalizer !== FINALIZER);
  await managed.write(withValue(managed.object, FINALIZERS, rest.length > 0 ? rest : undefined));
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
