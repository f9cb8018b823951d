import { type Condition, conditionsOf } from "../../render/conditions.js";
import { isObject, objectsAt, parseGVK, textAt, valueAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Change } from "../api/change.js";
import { changedFields } from "./changed-fields.js";
import { type Happening } from "./happening.js";

/** Something that happened to an object that is known. */
export type Occurrence = Pick<Happening, "what" | "message" | "fields">;

export interface Readers {
  /** The field manager of the person who applies and deletes. */
  readonly person: string;
  /** Whether a kind is one of an XR or a claim. */
  isComposite(kind: { readonly group: string; readonly kind: string }): boolean;
}

/** What a change of an object means to somebody who watches: nothing, most often. */
export function happeningsOf(change: Change, readers: Readers): readonly Occurrence[] {
  const { type, object, before = {} } = change;
  if (type === "Deleted") return [{ what: "deleted" }];
  const written = [
    ...(type === "Added" ? [appeared(change, readers)] : modified(change, readers)),
    ...published(change, readers),
  ];
  // The rest is said in the status.
  if (before["status"] === object["status"]) return written;
  return [...written, ...synced(before, object), ...ready(before, object), ...waiting(before, object, readers)];
}

function appeared({ manager }: Change, { person }: Readers): Occurrence {
  return { what: manager === person ? "applied" : "created" };
}

function modified({ object, before = {}, manager }: Change, { person }: Readers): readonly Occurrence[] {
  const wasMarked = isMarked(before);
  if (isMarked(object) && !wasMarked) return [{ what: "deleting" }];
  const isPerson = manager === person;
  // What else is written, controllers write for themselves.
  if (!isPerson && !manager.startsWith(COMPOSES)) return [];
  const fields = changedFields(before, object);
  return fields.length > 0 ? [{ what: isPerson ? "applied" : "changed", fields }] : [];
}

/** What the field managers of XRs for what they compose begin with. */
const COMPOSES = "apiextensions.crossplane.io/composed/";

const isMarked = (object: JsonObject) => textAt(object, ["metadata", "deletionTimestamp"]) !== "";

/** A Secret of an XR or a claim: others are between provider and Crossplane. */
function published({ object, before = {} }: Change, { isComposite }: Readers): readonly Occurrence[] {
  if (object["kind"] !== "Secret" || object["apiVersion"] !== "v1") return [];
  const controller = objectsAt(object, ["metadata", "ownerReferences"]).find((owner) => owner["controller"] === true);
  if (!controller || !isComposite(parseGVK(textAt(controller, ["apiVersion"]), textAt(controller, ["kind"]))))
    return [];
  const [was, is] = [dataOf(before), dataOf(object)];
  const isNew =
    Object.keys(is).some((key) => is[key] !== was[key]) || Object.keys(was).some((key) => !Object.hasOwn(is, key));
  return isNew ? [{ what: "published", fields: Object.keys(is).map((key) => `data.${key}`) }] : [];
}

function dataOf(object: JsonObject): JsonObject {
  const data = valueAt(object, ["data"]);
  return isObject(data) ? data : {};
}

function synced(before: JsonObject, object: JsonObject): readonly Occurrence[] {
  const [was, is] = [conditionOf(before, "Synced"), conditionOf(object, "Synced")];
  if (isFailure(is)) {
    const message = is?.message ?? "";
    if (isFailure(was) && was?.message === message) return [];
    return [{ what: isMarked(object) ? "held" : "failed", message }];
  }
  return isFailure(was) && is?.status === "True" ? [{ what: "recovered" }] : [];
}

function isFailure(condition: Condition | undefined): boolean {
  return condition?.status === "False" && condition.reason === "ReconcileError";
}

function ready(before: JsonObject, object: JsonObject): readonly Occurrence[] {
  const [was, is] = [isReady(before), isReady(object)];
  if (was === is || (was && isMarked(object))) return [];
  const message = conditionOf(object, "Ready")?.message;
  return [is ? { what: "ready" } : { what: "unready", ...(message && { message }) }];
}

const isReady = (object: JsonObject) => conditionOf(object, "Ready")?.status === "True";

function waiting(before: JsonObject, object: JsonObject, { isComposite }: Readers): readonly Occurrence[] {
  if (!isComposite(parseGVK(textAt(object, ["apiVersion"]), textAt(object, ["kind"])))) return [];
  const why = whyNotReady(object);
  return why === undefined || why === whyNotReady(before) ? [] : [{ what: "waiting", message: why }];
}

/**
 * What an XR or a claim says that it waits for: in the condition Composed of functions made with Trimtab, or else in Ready.
 * Undefined where it is ready, or does not say.
 */
export function whyNotReady(object: JsonObject): string | undefined {
  const [synced, composed, ready] = ["Synced", "Composed", "Ready"].map((type) => conditionOf(object, type));
  if (synced?.reason === "ReconcilePaused") return synced.message || "it is paused";
  if (ready?.status === "True") return undefined;
  if (composed?.status === "False" && composed.message) return composed.message;
  return ready?.message || undefined;
}

/** A condition of an object; undefined where it has none of that type. */
export function conditionOf(object: JsonObject, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}
