import { isDeepStrictEqual } from "node:util";
import { type JsonObject } from "../wire/index.js";
import { type Cluster } from "./cluster.js";
import { type Composed, compose } from "./compose.js";
import { type CompositeFields, connectionSecretOf } from "./composite-fields.js";
import { type Condition, mark } from "./conditions.js";
import { normal, type Said } from "./event.js";
import { withFinalizer, withoutFinalizer } from "./finalizers.js";
import { withFunctionConditions } from "./function-condition.js";
import { publishConnection } from "./publish-connection.js";
import { type Composition } from "./read-composition.js";
import { pending, readiness, syncedness } from "./readiness.js";
import { unlessGone } from "./refusal.js";
import { type PipelineOptions } from "./run-pipeline.js";
import { type Selection, selected } from "./selection.js";
import { readTime } from "./time.js";
import { during, type Phase } from "./unreconciled.js";
import {
  annotationsOf,
  type GVK,
  labelsOf,
  nameOf,
  textAt,
  uidOf,
  valueAt,
  withTexts,
  withValue,
} from "./unstructured.js";

/** A reconcile, and what is around it. */
export interface Reconcile {
  readonly selection: Selection;
  readonly pipeline: PipelineOptions;
  readonly fields: CompositeFields;
  readonly cluster: Cluster;
  /** The time of what is written, as Kubernetes writes it. */
  time(): string;
  /** Is told what is said of the XR. */
  say(said: Said): void;
  /** Is told what composing came to, whatever fails after it. Default: nobody is. */
  onComposed?(composed: Composed): void;
  /** What has changed so often that the XR is not told of each change any more. Default: nothing. */
  readonly circuitOpenedBy?: string | undefined;
  /** Whether the XR stays until it was reconciled once more when it is deleted. Default: false. */
  readonly hasFinalizer?: boolean;
  /**
   * The keys of connection details that a legacy XR publishes; all of them if there are none. Default: it publishes nothing.
   */
  readonly connectionSecretKeys?: readonly string[] | undefined;
  /** Whether a kind is of a namespace; undefined where that is not known. Default: nothing is known. */
  isNamespaced?(gvk: GVK): boolean | undefined;
}

/** The finalizer of an XR (crossplane, composite/reconciler.go). */
export const XR_FINALIZER = "composite.apiextensions.crossplane.io";

/**
 * Reconciles an XR as Crossplane's reconciler does (crossplane, Reconcile of composite/reconciler.go): what it writes lands in
 * the cluster. Resolves to what composing came to; undefined where nothing was composed, as the XR is paused or deleted.
 *
 * @throws Unreconciled
 */
export async function reconcileXR(around: Reconcile, stored: JsonObject): Promise<Composed | undefined> {
  const { cluster, say, fields } = around;
  let xr = mark(stored, [responsiveness(around)], around.time());
  if (annotationsOf(xr)["crossplane.io/paused"] === "true") {
    say({ event: normal("ReconciliationPaused", "Reconciliation is paused via the pause annotation") });
    const message = "Reconciliation (including deletion) is paused via the pause annotation";
    const paused = { type: "Synced", status: "False", reason: "ReconcilePaused", message };
    await save(cluster, mark(xr, [paused], around.time()));
    return undefined;
  }
  xr = handleRequest(xr, around);
  if (readTime(valueAt(xr, ["metadata", "deletionTimestamp"]))) {
    await finish(xr, around);
    return undefined;
  }
  if (around.hasFinalizer)
    xr = await during(ADD_FINALIZER, xr, () => updated(cluster, xr, withFinalizer(xr, XR_FINALIZER)));
  const { xr: configured, composition } = await chooseComposition(xr, around);
  const composed = await during(COMPOSE, configured, () =>
    compose(configured, composition, { ...around.pipeline, ...scopes(around), cluster, fields }),
  );
  around.onComposed?.(composed);
  const published = await during(PUBLISH, composed.xr, () => publish(composed, around));
  for (const said of composed.said) say(said);
  for (const event of pending(composed)) say({ event });
  const told = withFunctionConditions(published, composed.conditions, { fields, time: around.time() });
  const done = mark(told, [syncedness(composed), readiness(composed)], around.time());
  if (!isDeepStrictEqual(stored["status"] ?? null, done["status"] ?? null)) await save(cluster, done);
  return composed;
}

const ADD_FINALIZER: Phase = {
  reason: "InitializeCompositeResource",
  failed: "cannot add composite resource finalizer",
};
const REMOVE_FINALIZER: Phase = {
  reason: "DeleteCompositeResource",
  failed: "cannot remove composite resource finalizer",
};
const SELECT: Phase = { reason: "SelectComposition", failed: "cannot select Composition" };
const SELECT_REVISION: Phase = { reason: "SelectComposition", failed: "cannot select CompositionRevision" };
const FETCH: Phase = { reason: "ComposeResources", failed: "cannot fetch Composition" };
const CONFIGURE: Phase = { reason: "ComposeResources", failed: "cannot configure composite resource" };
export const COMPOSE: Phase = { reason: "ComposeResources", failed: "cannot compose resources" };
const PUBLISH: Phase = { reason: "PublishConnectionSecret", failed: "cannot publish connection details" };
const SAVE: Phase = { failed: "cannot update composite resource status" };

function responsiveness({ circuitOpenedBy: source }: Reconcile): Condition {
  if (source === undefined) return { type: "Responsive", status: "True", reason: "WatchCircuitClosed" };
  const message = `Too many watch events from ${source}. Allowing events periodically.`;
  return { type: "Responsive", status: "False", reason: "WatchCircuitOpen", message };
}

function save(cluster: Cluster, xr: JsonObject): Promise<unknown> {
  return during(SAVE, xr, () => cluster.updateStatus(xr));
}

/** The XR as it is stored then; as it was, where it is the same. */
function updated(cluster: Cluster, before: JsonObject, after: JsonObject): JsonObject {
  return before === after ? before : cluster.update(after);
}

function scopes(around: Reconcile): Pick<Reconcile, "isNamespaced"> {
  return around.isNamespaced ? { isNamespaced: (gvk) => around.isNamespaced?.(gvk) } : {};
}

/** A reconcile that somebody asked for is acknowledged. */
function handleRequest(xr: JsonObject, { say }: Reconcile): JsonObject {
  const token = annotationsOf(xr)["crossplane.io/reconcile-requested-at"];
  if (!token || textAt(xr, ["status", "lastHandledReconcileAt"]) === token) return xr;
  say({ event: normal("ReconcileRequestHandled", "Handling reconcile request") });
  return withValue(xr, ["status", "lastHandledReconcileAt"], token);
}

/** Lets an XR go that is being deleted. What it composes goes with it, as Kubernetes deletes what is owned. */
async function finish(xr: JsonObject, { cluster, time, hasFinalizer }: Reconcile): Promise<void> {
  const deleting = mark(xr, [{ type: "Ready", status: "False", reason: "Deleting" }], time());
  const released = await during(REMOVE_FINALIZER, deleting, () =>
    hasFinalizer ? updated(cluster, deleting, withoutFinalizer(deleting, XR_FINALIZER)) : deleting,
  );
  const done = mark(released, [{ type: "Synced", status: "True", reason: "ReconcileSuccess" }], time());
  // Without finalizers it is gone by now.
  await during(SAVE, done, () => unlessGone(() => cluster.updateStatus(done)));
}

async function chooseComposition(
  stored: JsonObject,
  around: Reconcile,
): Promise<{ readonly xr: JsonObject; readonly composition: Composition }> {
  const { selection, fields, say } = around;
  const compositionRef = { path: fields.compositionRef, what: "Successfully selected composition" };
  const revisionRef = { path: fields.compositionRevisionRef, what: "Successfully selected composition revision" };
  const selecting = await during(SELECT, stored, () => selection.select(stored));
  for (const said of selected(stored, selecting, compositionRef)) say(said);
  const revising = await during(SELECT_REVISION, selecting, () => selection.selectRevision(selecting));
  for (const said of selected(selecting, revising, revisionRef)) say(said);
  const { xr, composition } = await during(FETCH, revising, () => selection.fetch(revising));
  for (const said of selected(revising, xr, { ...revisionRef, what: "Selected composition revision" })) say(said);
  return { xr: await during(CONFIGURE, xr, () => configure(xr, composition, around)), composition };
}

/**
 * The label that names what is composed, and where a legacy XR's connection details go (crossplane, APINamingConfigurator and
 * APIConfigurator of composite/api.go).
 */
function configure(xr: JsonObject, composition: Composition, { fields, cluster }: Reconcile): JsonObject {
  const configured = labelsOf(xr)["crossplane.io/composite"]
    ? xr
    : cluster.update(withTexts(xr, "labels", { "crossplane.io/composite": nameOf(xr) }));
  const { apiVersion, kind } = composition.compositeTypeRef;
  if (apiVersion !== textAt(xr, ["apiVersion"]) || kind !== textAt(xr, ["kind"])) {
    throw new Error("referenced composition is not compatible with this composite resource");
  }
  const { writeConnectionSecretsToNamespace: namespace } = composition;
  const hasSecret = fields.isLegacy && connectionSecretOf(configured) !== undefined;
  if (namespace === undefined || hasSecret) return configured;
  const ref = { name: uidOf(configured), namespace };
  // A modern XR has no place for it, and is stored as it is.
  return cluster.update(
    fields.isLegacy ? withValue(configured, ["spec", "writeConnectionSecretToRef"], ref) : configured,
  );
}

/** The XR, which says when its connection details were published last. */
function publish({ xr, connectionDetails: details }: Composed, around: Reconcile): JsonObject {
  const { connectionSecretKeys: keys, cluster, fields, say, time } = around;
  if (!fields.isLegacy || keys === undefined || !publishConnection(cluster, xr, { details, keys })) return xr;
  say({ event: normal("PublishConnectionSecret", "Successfully published connection details") });
  return withValue(xr, ["status", "connectionDetails", "lastPublishedTime"], time());
}
