import { fieldOwner } from "../resource/field-owner.js";
import { type JsonObject, type ResourceState, type State } from "../wire/index.js";
import { byteOrder } from "./byte-order.js";
import { type Cluster } from "./cluster.js";
import { type CompositeFields } from "./composite-fields.js";
import { conditionsOf, withConditions } from "./conditions.js";
import { type ConnectionDetails, connectionDetails } from "./connection-details.js";
import { COMPOSE_RESOURCES, type Said, warning } from "./event.js";
import { type FunctionCondition } from "./function-condition.js";
import { observe, state, writeReferences } from "./observe.js";
import { controllerOf } from "./owners.js";
import { type Composition } from "./read-composition.js";
import { because, refusalOf, unlessGone } from "./refusal.js";
import { COMPOSED_LABELS, renderComposed } from "./render-composed.js";
import {
  isSaidReady,
  type PipelineOptions,
  type PipelineOutcome,
  type Requirement,
  runPipeline,
} from "./run-pipeline.js";
import { type GVK, gvkOf, nameOf, namespaceOf, textAt, textsAt, typeOf, uidOf, withValue } from "./unstructured.js";

/** The field manager of what Crossplane writes into an XR (crossplane, FieldOwnerXR of composition_functions.go). */
export const XR_FIELD_OWNER = "apiextensions.crossplane.io/composite";

/** What composing came to. */
export interface Composed {
  /** The XR as it is stored then. */
  readonly xr: JsonObject;
  /** What is desired, by composition resource name. */
  readonly resources: Readonly<Record<string, ComposedResource>>;
  /** What a function says of the XR as a whole; undefined where none does. */
  readonly isReady: boolean | undefined;
  readonly said: readonly Said[];
  readonly conditions: readonly FunctionCondition[];
  readonly context: JsonObject | undefined;
  /** What functions publish of the XR. */
  readonly connectionDetails: ConnectionDetails;
  /** For how many milliseconds it holds; 0 where nobody says. */
  readonly ttl: number;
  readonly requirements: readonly Requirement[];
}

export interface ComposedResource {
  /** As it was applied. */
  readonly object: JsonObject;
  /** Whether a function says that it is of use. */
  readonly isReady: boolean;
  /** Whether the cluster took it. */
  readonly isSynced: boolean;
}

export interface ComposeOptions extends PipelineOptions {
  readonly cluster: Cluster;
  readonly fields: CompositeFields;
  /** Whether a kind is of a namespace; undefined where that is not known. Default: nothing is known. */
  isNamespaced?(gvk: GVK): boolean | undefined;
}

/** The status that functions desire of the XR was refused: what is known of the XR since is not stored. */
export class StatusNotApplied extends Error {
  override readonly name = "StatusNotApplied";
}

/**
 * Composes what an XR asks for: runs the pipeline, deletes what is desired no more, and applies the rest (crossplane,
 * FunctionComposer.Compose of composite/composition_functions.go).
 *
 * @throws PipelineFatal, and Error for whatever else Crossplane would refuse
 */
export async function compose(xr: JsonObject, composition: Composition, options: ComposeOptions): Promise<Composed> {
  const { cluster, fields } = options;
  const observed = observe(cluster.store, xr, fields);
  const details = fields.isLegacy ? connectionDetails(cluster.store, xr) : {};
  const seen: State = { composite: state(xr, details), resources: observed };
  const outcome = await runPipeline(composition, seen, options);
  const { desired, said, requirements, ttl, conditions, context } = outcome;
  const rendered = Object.fromEntries(
    sorted(desired.resources).map(([key, { resource = {} }]) => {
      checkScope(key, resource, { observed: observed[key]?.resource, xr, options });
      return [key, renderComposed(key, resource, observed[key]?.resource, xr)] as const;
    }),
  );
  collectGarbage(cluster, observed, rendered);
  applyReferences(cluster, xr, fields, Object.values(rendered));
  const refused = applyComposed(cluster, xr, rendered);
  return {
    xr: applyStatus(cluster, xr, desired.composite?.resource ?? {}),
    resources: Object.fromEntries(
      sorted(desired.resources).map(([key, each]) => [
        key,
        { object: rendered[key] ?? {}, isReady: isSaidReady(each) === true, isSynced: !refused.has(key) },
      ]),
    ),
    isReady: desired.composite && isSaidReady(desired.composite),
    said: [...said, ...overridden(outcome, observed, xr), ...refused.values()],
    conditions,
    context,
    connectionDetails: desired.composite?.connectionDetails ?? {},
    ttl,
    requirements,
  };
}

function sorted(resources: Readonly<Record<string, ResourceState>>): readonly (readonly [string, ResourceState])[] {
  return Object.entries(resources).sort(([a], [b]) => byteOrder(a, b));
}

/** What an XR of a namespace composes is of that namespace. */
function checkScope(
  key: string,
  desired: JsonObject,
  { observed, xr, options }: { observed: JsonObject | undefined; xr: JsonObject; options: ComposeOptions },
): void {
  if (namespaceOf(xr) === "" || namespaceOf(observed ?? desired) !== "") return;
  if (options.isNamespaced?.(gvkOf(desired)) !== false) return;
  const name = nameOf(observed ?? desired);
  throw new Error(
    `cannot apply cluster scoped composed resource ${JSON.stringify(key)} (a ${textAt(desired, ["kind"])} named ${name}) for a namespaced composite resource.`,
  );
}

/** A warning for each resource whose namespace gives way to the XR's. */
function overridden({ desired }: PipelineOutcome, observed: State["resources"], xr: JsonObject): readonly Said[] {
  const namespace = namespaceOf(xr);
  return sorted(desired.resources).flatMap(([key, { resource = {} }]) => {
    const wanted = namespaceOf(observed[key]?.resource ?? resource);
    if (namespace === "" || wanted === "" || wanted === namespace) return [];
    const message = `cannot create composed resource ${JSON.stringify(key)} in namespace ${JSON.stringify(wanted)}, using XR namespace ${JSON.stringify(namespace)} instead`;
    return [{ event: warning("NamespaceOverridden", message) }];
  });
}

/**
 * Deletes what is observed and desired no more; what nobody is known to control stays. What others control is not observed
 * (DeletingComposedResourceGarbageCollector).
 */
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
    const which = `${JSON.stringify(key)} (a ${textAt(resource, ["kind"])} named ${nameOf(resource)})`;
    const collecting = "cannot garbage collect composed resources that are no longer desired";
    doing(`${collecting}: cannot cleanup composed resource labels of resource ${which}`, () =>
      unlessGone(() => cluster.update(unlabelled)),
    );
    doing(`${collecting}: cannot delete composed resource ${which}`, () =>
      unlessGone(() => cluster.delete(unlabelled)),
    );
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
  const intent = withValue(identityOf(xr), resourceRefs, writeReferences(refs));
  doing("cannot update composed resource references", () => cluster.apply(intent, XR_FIELD_OWNER));
}

/** Applies what is desired. Returns what is said of each that the cluster finds invalid: it may be valid another time. */
function applyComposed(
  cluster: Cluster,
  xr: JsonObject,
  rendered: Readonly<Record<string, JsonObject>>,
): ReadonlyMap<string, Said> {
  const { group, kind } = gvkOf(xr);
  const manager = fieldOwner({ name: nameOf(xr), kind, group });
  const refused = new Map<string, Said>();
  for (const [key, object] of Object.entries(rendered)) {
    try {
      const what = `cannot apply composed resource ${JSON.stringify(key)}`;
      doing(what, () => cluster.apply({ ...object, ...typeOf(object) }, manager));
    } catch (error) {
      if (refusalOf(error) !== "Invalid" || !(error instanceof Error)) throw error;
      refused.set(key, { event: warning(COMPOSE_RESOURCES, error.message) });
    }
  }
  return refused;
}

/** Status is applied as a whole: what functions desire of it, and the conditions that the reconcile has set so far. */
function applyStatus(cluster: Cluster, xr: JsonObject, desired: JsonObject): JsonObject {
  const set = (object: JsonObject, path: readonly string[]) => withValue(object, path, textAt(xr, path) || undefined);
  const named = [["apiVersion"], ["kind"], ["metadata", "namespace"], ["metadata", "name"], ["metadata", "uid"]].reduce(
    set,
    desired,
  );
  const conditions = conditionsOf(xr);
  const intent = conditions.length > 0 ? withConditions(named, conditions) : named;
  try {
    return cluster.applyStatus(identityOf(xr), intent, XR_FIELD_OWNER);
  } catch (cause) {
    throw new StatusNotApplied(because("cannot apply composite resource status", cause).message, { cause });
  }
}

function identityOf(xr: JsonObject): JsonObject {
  const { apiVersion = "", kind = "" } = xr;
  const namespace = namespaceOf(xr);
  return { apiVersion, kind, metadata: { name: nameOf(xr), ...(namespace !== "" && { namespace }) } };
}

function doing(what: string, run: () => unknown): void {
  try {
    run();
  } catch (cause) {
    throw because(what, cause);
  }
}
