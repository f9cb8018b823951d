import { isDeepStrictEqual } from "node:util";
import { type Resource } from "../resource/resource.js";
import { type JsonObject } from "../wire/index.js";
import { byteOrder } from "./byte-order.js";
import { compositeFields } from "./composite-fields.js";
import { RENDER_TIME } from "./conditions.js";
import { type Event } from "./event.js";
import { withObserved } from "./observe.js";
import { type Composition } from "./read-composition.js";
import { type Reconcile, reconcileXR } from "./reconcile-xr.js";
import { RecordingCluster } from "./recording-cluster.js";
import { type FunctionCall } from "./run-step.js";
import { given as givenComposition } from "./selection.js";
import { renderUid } from "./uid.js";
import { Unreconciled } from "./unreconciled.js";
import {
  annotationsOf,
  COMPOSITION_RESOURCE_NAME,
  gvkOf,
  nameOf,
  namespaceOf,
  textAt,
  uidOf,
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
  const cluster = new RecordingCluster([given, ...observed, ...required, ...credentials.map(asSecret)]);
  const xr = cluster.store.get(gvk, namespaceOf(given), nameOf(given)) ?? given;
  const events: Event[] = [];
  const pipeline = {
    functions: input.functions,
    surroundings: { store: cluster.store, openapi: input.openapi ?? [] },
    ...(input.context && { context: input.context }),
  };
  const selection = givenComposition(composition, fields);
  const say: Reconcile["say"] = ({ event }) => void events.push(event);
  const context = await reconcile({ selection, pipeline, fields, cluster, time: () => RENDER_TIME, say }, xr);
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

/** Rejects with the reason alone, whichever part of the reconcile it ended. */
async function reconcile(around: Reconcile, xr: JsonObject): Promise<JsonObject | undefined> {
  try {
    return (await reconcileXR(around, xr))?.context;
  } catch (error) {
    throw error instanceof Unreconciled ? error.cause : error;
  }
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
  return byteOrder(first ?? "", second ?? "");
}
