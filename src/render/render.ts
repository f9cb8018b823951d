import { isDeepStrictEqual } from "node:util";
import { type Resource } from "../resource/resource.js";
import { type JsonObject } from "../wire/index.js";
import { Cluster } from "./cluster.js";
import { type Composed, compose } from "./compose.js";
import { type CompositeFields, compositeFields, connectionSecretOf } from "./composite-fields.js";
import { type Condition, isSystemCondition, readTime, withConditions } from "./conditions.js";
import { COMPOSE_RESOURCES, type Event } from "./event.js";
import { withObserved } from "./observe.js";
import { type Composition } from "./read-composition.js";
import { type FunctionCall } from "./run-step.js";
import { renderUid } from "./uid.js";
import {
  annotationsOf,
  COMPOSITION_RESOURCE_NAME,
  type GVK,
  gvkOf,
  labelsOf,
  nameOf,
  namespaceOf,
  textAt,
  uidOf,
  valueAt,
  withTexts,
  withValue,
} from "./unstructured.js";

/** What a reconcile is told. Objects are as they lie in the cluster. */
export interface RenderInput {
  readonly xr: JsonObject;
  readonly composition: Composition;
  /** By the names that the Composition's steps have for them. */
  readonly functions: Readonly<Record<string, FunctionCall>>;
  /** What the XR composes now. Default: nothing. */
  readonly observed?: readonly JsonObject[];
  /** What functions may require, and connection Secrets. Default: nothing. */
  readonly required?: readonly JsonObject[];
  /** Secrets that steps take credentials from. Default: none. */
  readonly credentials?: readonly JsonObject[];
  /** OpenAPI v3 documents that functions may require schemas of. Default: none. */
  readonly openapi?: readonly JsonObject[];
  /** The XRD, for whether the XR is a legacy one. Default: it is a modern one. */
  readonly xrd?: JsonObject;
  /** The context of the first function. Default: nothing. */
  readonly context?: JsonObject;
}

/** What one reconcile does. */
export interface Rendered {
  /** What Crossplane writes of the XR. */
  readonly composite: JsonObject;
  /** What is applied, by composition resource name. */
  readonly composed: readonly JsonObject[];
  /** What is deleted. */
  readonly deleted: readonly JsonObject[];
  readonly events: readonly Event[];
  /** What the last function left; undefined where it left none. */
  readonly context: JsonObject | undefined;
}

/**
 * One reconcile of an XR as Crossplane 2.4 does it, over the objects that are given: what is read is looked up in them,
 * and what is written comes back. The same input gives the same output if the functions do likewise: the time of
 * conditions is always 2024-01-01.
 *
 * @throws PipelineFatal where a function says something fatal; Error with Crossplane's own reason where the reconcile fails
 */
export async function render(input: RenderInput): Promise<Rendered> {
  const { composition, observed = [], required = [], credentials = [] } = input;
  const gvk = gvkOf(input.xr);
  const fields = compositeFields(gvk, input.xrd);
  const identified = withValue(withUid(input.xr), ["metadata", "resourceVersion"], "999");
  const given = withObserved(identified, observed, fields);
  const cluster = new Cluster([given, ...observed, ...required, ...credentials.map(asSecret)]);
  const xr = cluster.store.get(gvk, namespaceOf(given), nameOf(given)) ?? given;
  const events: Event[] = [];
  const context = await reconcile({ input, composition, gvk, fields, cluster, events }, xr);
  const isXR = (object: JsonObject) =>
    isDeepStrictEqual(gvkOf(object), gvk) &&
    namespaceOf(object) === namespaceOf(given) &&
    nameOf(object) === nameOf(given);
  return {
    composite: cluster.updated.findLast(isXR) ?? cluster.applied.findLast(isXR) ?? {},
    composed: cluster.applied.filter((object) => !isXR(object)).toSorted(byCompositionResourceName),
    deleted: cluster.deleted,
    events,
    context,
  };
}

interface Reconcile {
  readonly input: RenderInput;
  readonly composition: Composition;
  readonly gvk: GVK;
  readonly fields: CompositeFields;
  readonly cluster: Cluster;
  readonly events: Event[];
}

/** Resolves to the context that the pipeline left, if it ran. */
async function reconcile(around: Reconcile, stored: JsonObject): Promise<JsonObject | undefined> {
  const { input, composition, fields, cluster, events } = around;
  let xr = mark(stored, [{ type: "Responsive", status: "True", reason: "WatchCircuitClosed" }]);
  if (annotationsOf(xr)["crossplane.io/paused"] === "true") {
    const message = "Reconciliation is paused via the pause annotation";
    events.push({ type: "Normal", reason: "ReconciliationPaused", message });
    const paused = "Reconciliation (including deletion) is paused via the pause annotation";
    save(cluster, mark(xr, [{ type: "Synced", status: "False", reason: "ReconcilePaused", message: paused }]));
    return undefined;
  }
  xr = handleRequest(xr, events);
  if (readTime(valueAt(xr, ["metadata", "deletionTimestamp"]))) {
    save(cluster, mark(xr, [{ type: "Ready", status: "False", reason: "Deleting" }, SYNCED]));
    return undefined;
  }
  xr = configure(selectComposition(xr, around), around);
  const composed = await compose(xr, composition, {
    cluster,
    fields,
    functions: input.functions,
    surroundings: { store: cluster.store, openapi: input.openapi ?? [] },
    ...(input.context && { context: input.context }),
  });
  events.push(...composed.events, ...unready(composed));
  const done = mark(told(composed, fields), [SYNCED, readiness(composed)]);
  if (!isDeepStrictEqual(stored["status"] ?? null, done["status"] ?? null)) save(cluster, done);
  return composed.context;
}

const SYNCED: Condition = { type: "Synced", status: "True", reason: "ReconcileSuccess" };

/** Crossplane's own conditions say of which generation they are. */
function mark(xr: JsonObject, conditions: readonly Condition[]): JsonObject {
  const generation = valueAt(xr, ["metadata", "generation"]);
  const of = typeof generation === "number" && generation !== 0 ? { observedGeneration: generation } : {};
  return withConditions(
    xr,
    conditions.map((condition) => ({ ...condition, ...of })),
  );
}

function save(cluster: Cluster, xr: JsonObject): void {
  cluster.updateStatus(cluster.store.get(gvkOf(xr), namespaceOf(xr), nameOf(xr)) ?? xr, xr);
}

/** A reconcile that somebody asked for is acknowledged. */
function handleRequest(xr: JsonObject, events: Event[]): JsonObject {
  const token = annotationsOf(xr)["crossplane.io/reconcile-requested-at"];
  if (!token || textAt(xr, ["status", "lastHandledReconcileAt"]) === token) return xr;
  events.push({ type: "Normal", reason: "ReconcileRequestHandled", message: "Handling reconcile request" });
  return withValue(xr, ["status", "lastHandledReconcileAt"], token);
}

function selectComposition(xr: JsonObject, { composition, fields, events }: Reconcile): JsonObject {
  const { name } = composition;
  const selected = withValue(xr, fields.compositionRef, { name });
  // Where the XR's spec is no object, nothing can be written into it.
  const isWritten = isDeepStrictEqual(valueAt(selected, fields.compositionRef), { name });
  if (isWritten && !isDeepStrictEqual(valueAt(xr, fields.compositionRef), { name })) {
    events.push({ type: "Normal", reason: "SelectComposition", message: `Successfully selected composition: ${name}` });
  }
  return selected;
}

/** The label that names what is composed, and where a legacy XR's connection details go. */
function configure(xr: JsonObject, { composition, fields, cluster }: Reconcile): JsonObject {
  let configured = xr;
  if (!labelsOf(xr)["crossplane.io/composite"]) {
    configured = withTexts(configured, "labels", { "crossplane.io/composite": nameOf(xr) });
    cluster.update(configured);
  }
  const { writeConnectionSecretsToNamespace: namespace } = composition;
  const hasSecret = fields.isLegacy && connectionSecretOf(configured) !== undefined;
  if (namespace !== undefined && !hasSecret) {
    const ref = { name: uidOf(configured), namespace };
    // A modern XR has no place for it, and is stored as it is.
    if (fields.isLegacy) configured = withValue(configured, ["spec", "writeConnectionSecretToRef"], ref);
    cluster.update(configured);
  }
  return configured;
}

/** The XR with the conditions that functions say. */
function told({ xr, conditions }: Composed, { isLegacy }: CompositeFields): JsonObject {
  return conditions
    .filter(({ type }) => !isSystemCondition(type))
    .reduce((object, { isForClaim, ...condition }) => {
      const set = withConditions(object, [condition]);
      return isForClaim && isLegacy ? withClaimCondition(set, condition.type) : set;
    }, xr);
}

function withClaimCondition(xr: JsonObject, type: string): JsonObject {
  const path = ["status", "claimConditionTypes"];
  const types = valueAt(xr, path);
  const before = Array.isArray(types) && types.every((each) => typeof each === "string") ? types : [];
  return before.includes(type) ? withValue(xr, path, before) : withValue(xr, path, [...before, type]);
}

function unready({ ready }: Composed): readonly Event[] {
  return unreadyKeys(ready).map((key) => ({
    type: "Normal",
    reason: COMPOSE_RESOURCES,
    message: `Composed resource ${JSON.stringify(key)} is not yet ready`,
  }));
}

function readiness({ ready, isReady }: Composed): Condition {
  const waiting = unreadyKeys(ready);
  if (isReady ?? waiting.length === 0) return { type: "Ready", status: "True", reason: "Available" };
  const creating = { type: "Ready", status: "False", reason: "Creating" };
  return isReady === undefined ? { ...creating, message: `Unready resources: ${firstThree(waiting)}` } : creating;
}

function unreadyKeys(ready: Composed["ready"]): readonly string[] {
  // What has no name is told by its number.
  return Object.keys(ready)
    .flatMap((key, index) => (ready[key] ? [] : [key || String(index)]))
    .sort();
}

function firstThree(names: readonly string[]): string {
  const [a = "", b = "", c = "", ...more] = names;
  if (more.length > 0) return `${a}, ${b}, ${c}, and ${more.length} more`;
  return names.length === 3 ? `${a}, ${b}, and ${c}` : names.join(", ");
}

function withUid(xr: JsonObject): JsonObject {
  return uidOf(xr) === "" ? withValue(xr, ["metadata", "uid"], renderUid(xr as unknown as Resource)) : xr;
}

/** A document of credentials may leave out what it is. */
function asSecret(object: JsonObject): JsonObject {
  return textAt(object, ["kind"]) === "" ? { ...object, apiVersion: "v1", kind: "Secret" } : object;
}

function byCompositionResourceName(a: JsonObject, b: JsonObject): number {
  const [first, second] = [a, b].map((object) => annotationsOf(object)[COMPOSITION_RESOURCE_NAME] ?? "");
  return Buffer.compare(Buffer.from(first ?? ""), Buffer.from(second ?? ""));
}
