import { isDeepStrictEqual } from "node:util";
import { type JsonObject } from "../wire/index.js";
import { type Cluster } from "./cluster.js";
import { type Composed, compose } from "./compose.js";
import { type CompositeFields, connectionSecretOf } from "./composite-fields.js";
import { type Condition, isSystemCondition, withConditions } from "./conditions.js";
import { type Event } from "./event.js";
import { type Composition } from "./read-composition.js";
import { readiness, unready } from "./readiness.js";
import { type PipelineOptions } from "./run-pipeline.js";
import { readTime } from "./time.js";
import {
  annotationsOf,
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

/** A reconcile, and what is around it. */
export interface Reconcile {
  readonly composition: Composition;
  readonly pipeline: PipelineOptions;
  readonly fields: CompositeFields;
  readonly cluster: Cluster;
  readonly events: Event[];
}

/**
 * Reconciles an XR as Crossplane's reconciler does: what it writes lands in the cluster, and what it says among the events.
 * Resolves to the context that the pipeline left, if it ran.
 *
 * @throws as {@link compose} does
 */
export async function reconcileXR(around: Reconcile, stored: JsonObject): Promise<JsonObject | undefined> {
  const { composition, pipeline, fields, cluster, events } = around;
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
  const composed = await compose(xr, composition, { ...pipeline, cluster, fields });
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
