import { type JsonObject, type ResourceState, type State } from "../wire/index.js";
import { byteOrder } from "./byte-order.js";
import { type Cluster } from "./cluster.js";
import { type CompositeFields } from "./composite-fields.js";
import { conditionsOf, withConditions } from "./conditions.js";
import { connectionDetails } from "./connection-details.js";
import { type Event } from "./event.js";
import { observe, state, writeReferences } from "./observe.js";
import { controllerOf } from "./owners.js";
import { type Composition } from "./read-composition.js";
import { COMPOSED_LABELS, renderComposed } from "./render-composed.js";
import {
  type FunctionCondition,
  isSaidReady,
  type PipelineOptions,
  type PipelineOutcome,
  runPipeline,
} from "./run-pipeline.js";
import { gvkOf, nameOf, namespaceOf, textAt, textsAt, typeOf, uidOf, withValue } from "./unstructured.js";

/** What composing came to. */
export interface Composed {
  /** The XR as it is stored then. */
  readonly xr: JsonObject;
  /** Of what is desired, whether a function says that it is of use. By composition resource name. */
  readonly ready: Readonly<Record<string, boolean>>;
  /** What a function says of the XR as a whole; undefined where none does. */
  readonly isReady: boolean | undefined;
  readonly events: readonly Event[];
  readonly conditions: readonly FunctionCondition[];
  readonly context: JsonObject | undefined;
}

export interface ComposeOptions extends PipelineOptions {
  readonly cluster: Cluster;
  readonly fields: CompositeFields;
}

/**
 * Composes what an XR asks for: runs the pipeline, deletes what is desired no more, and applies the rest.
 *
 * @throws PipelineFatal, and Error for whatever else Crossplane would refuse
 */
export async function compose(xr: JsonObject, composition: Composition, options: ComposeOptions): Promise<Composed> {
  const { cluster, fields } = options;
  const observed = observe(cluster.store, xr, fields);
  const details = fields.isLegacy ? connectionDetails(cluster.store, xr) : {};
  const seen: State = { composite: state(xr, details), resources: observed };
  const outcome = await runPipeline(composition, seen, options);
  const { desired } = outcome;
  const rendered = Object.fromEntries(
    sorted(desired.resources).map(([key, { resource = {} }]) => [
      key,
      renderComposed(key, resource, observed[key]?.resource, xr),
    ]),
  );
  collectGarbage(cluster, observed, rendered);
  applyReferences(cluster, xr, fields, Object.values(rendered));
  for (const object of Object.values(rendered)) cluster.apply({ ...object, ...typeOf(object) });
  return {
    xr: applyStatus(cluster, xr, desired.composite?.resource ?? {}),
    ready: Object.fromEntries(sorted(desired.resources).map(([key, each]) => [key, isSaidReady(each) === true])),
    isReady: desired.composite && isSaidReady(desired.composite),
    events: [...outcome.events, ...overridden(outcome, observed, xr)],
    conditions: outcome.conditions,
    context: outcome.context,
  };
}

function sorted(resources: Readonly<Record<string, ResourceState>>): readonly (readonly [string, ResourceState])[] {
  return Object.entries(resources).sort(([a], [b]) => byteOrder(a, b));
}

/** A warning for each resource whose namespace gives way to the XR's. */
function overridden({ desired }: PipelineOutcome, observed: State["resources"], xr: JsonObject): readonly Event[] {
  const namespace = namespaceOf(xr);
  return sorted(desired.resources).flatMap(([key, { resource = {} }]) => {
    const wanted = namespaceOf(observed[key]?.resource ?? resource);
    if (namespace === "" || wanted === "" || wanted === namespace) return [];
    const message = `cannot create composed resource ${JSON.stringify(key)} in namespace ${JSON.stringify(wanted)}, using XR namespace ${JSON.stringify(namespace)} instead`;
    return [{ type: "Warning", reason: "NamespaceOverridden", message } as const];
  });
}

/** Deletes what is observed and desired no more; what nobody is known to control stays. */
function collectGarbage(
  cluster: Cluster,
  observed: State["resources"],
  desired: Readonly<Record<string, object>>,
): void {
  for (const [key, { resource = {} }] of sorted(observed)) {
    if (Object.hasOwn(desired, key) || controllerOf(resource) === undefined) continue;
    const path = ["metadata", "labels"];
    const kept = Object.entries(textsAt(resource, path)).filter(([label]) => !COMPOSED_LABELS.includes(label));
    const unlabelled = withValue(resource, path, Object.fromEntries(kept));
    cluster.update(unlabelled);
    cluster.delete(unlabelled);
  }
}

// Crossplane writes down what it composes before any of it is made, so that nothing is ever forgotten.
function applyReferences(
  cluster: Cluster,
  xr: JsonObject,
  { resourceRefs }: CompositeFields,
  composed: readonly JsonObject[],
): void {
  const isNamespaced = namespaceOf(xr) !== "";
  const refs = composed.map((object) => ({
    ...typeOf(object),
    namespace: isNamespaced ? "" : namespaceOf(object),
    name: nameOf(object),
    uid: uidOf(object),
  }));
  const key = (ref: (typeof refs)[number]) => ref.apiVersion + ref.kind + ref.name + ref.namespace;
  refs.sort((a, b) => byteOrder(key(a), key(b)));
  cluster.apply(withValue(identityOf(xr), resourceRefs, writeReferences(refs)));
}

/** Status is applied as a whole: what functions desire of it, and the conditions that the reconcile has set so far. */
function applyStatus(cluster: Cluster, xr: JsonObject, desired: JsonObject): JsonObject {
  const identity = identityOf(xr);
  const set = (object: JsonObject, path: readonly string[]) => withValue(object, path, textAt(xr, path) || undefined);
  const named = [["apiVersion"], ["kind"], ["metadata", "namespace"], ["metadata", "name"], ["metadata", "uid"]].reduce(
    set,
    desired,
  );
  const conditions = conditionsOf(xr);
  const intent = conditions.length > 0 ? withConditions(named, conditions) : named;
  return cluster.applyStatus(cluster.store.get(gvkOf(identity), namespaceOf(xr), nameOf(xr)) ?? intent, intent);
}

function identityOf(xr: JsonObject): JsonObject {
  const { apiVersion = "", kind = "" } = xr;
  const namespace = namespaceOf(xr);
  return { apiVersion, kind, metadata: { name: nameOf(xr), ...(namespace !== "" && { namespace }) } };
}
