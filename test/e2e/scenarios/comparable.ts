import {
  annotationsOf,
  COMPOSITION_RESOURCE_NAME,
  isObject,
  labelsOf,
  nameOf,
  namespaceOf,
  objectsAt,
  textAt,
  uidOf,
  valueAt,
} from "../../../src/render/unstructured.js";
import { SIMULATED_SECRET } from "../../../src/simulate/cloud/made-up.js";
import { type JsonObject, type JsonValue } from "../../../src/wire/index.js";

/**
 * What a cluster has come to, in words that do not depend on when and where: each object by what it is, with its names,
 * ids and times replaced by what they stand for. Of two clusters to which the same was done, equal.
 *
 * What no controller of ours writes is left out.
 */
export function comparable(objects: readonly JsonObject[]): Readonly<Record<string, JsonObject>> {
  const mine = objects.filter(isOfInterest);
  const labels = new Map(mine.map((object) => [uidOf(object), labelOf(object, mine)]));
  const names = replacements(mine, labels);
  const entries = mine.map((object) => [labels.get(uidOf(object)) ?? "", plain(object, names)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Kubernetes' own, which are in every namespace, or of no interest here. */
function isOfInterest({ kind, metadata }: JsonObject): boolean {
  if (kind === "ConfigMap" && (metadata as JsonObject)["name"] === "kube-root-ca.crt") return false;
  if (kind === "ServiceAccount" && (metadata as JsonObject)["name"] === "default") return false;
  return kind !== "Namespace" && kind !== "Event";
}

/** `bucket of XBucket receipts`, `XBucket receipts`, `LegacyXBucket of receipts`, `Secret of key of XBucket receipts`. */
function labelOf(object: JsonObject, all: readonly JsonObject[]): string {
  const what = annotationsOf(object)[COMPOSITION_RESOURCE_NAME] ?? textAt(object, ["kind"]);
  const claim = textAt(object, ["spec", "claimRef", "name"]);
  if (claim !== "") return `${what} of ${claim}`;
  const owner = controllerOf(object);
  const composite = labelsOf(object)["crossplane.io/composite"];
  if (owner === undefined) return composite === undefined ? `${what} ${nameOf(object)}` : `${what} of ${composite}`;
  const controller = all.find((each) => uidOf(each) === textAt(owner, ["uid"]));
  return `${what} of ${controller ? labelOf(controller, all) : `${textAt(owner, ["kind"])} that is gone`}`;
}

function controllerOf(object: JsonObject): JsonObject | undefined {
  return objectsAt(object, ["metadata", "ownerReferences"]).find(({ controller }) => controller === true);
}

type Replacements = readonly (readonly [text: string, by: string])[];

/**
 * Uids, and what is named after them: what is composed, XRs of claims, and what is in the cloud. What several objects have
 * stands for the first of them. Longer ones come first, as one may be part of another.
 */
function replacements(objects: readonly JsonObject[], labels: ReadonlyMap<string, string>): Replacements {
  const found = new Map<string, string>();
  const note = (text: string, by: string) => {
    const known = found.get(text);
    if (text.length >= SHORTEST && (known === undefined || by < known)) found.set(text, by);
  };
  for (const object of objects) {
    const label = labels.get(uidOf(object)) ?? "";
    note(uidOf(object), `<uid of ${label}>`);
    for (const owner of objectsAt(object, ["metadata", "ownerReferences"])) {
      if (!labels.has(textAt(owner, ["uid"])))
        note(textAt(owner, ["uid"]), `<uid of ${textAt(owner, ["kind"])} that is gone>`);
    }
    if (isNamedForIt(object)) note(nameOf(object), `<name of ${label}>`);
    note(annotationsOf(object)["crossplane.io/external-name"] ?? "", `<name of ${label} in the cloud>`);
  }
  return [...found].sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
}

/** What is shorter may stand for something else as well, and was not made from a uid. */
const SHORTEST = 8;

function isNamedForIt(object: JsonObject): boolean {
  const isComposed = annotationsOf(object)[COMPOSITION_RESOURCE_NAME] !== undefined;
  return isComposed || controllerOf(object) !== undefined || valueAt(object, ["spec", "claimRef"]) !== undefined;
}

function plain(object: JsonObject, names: Replacements): JsonObject {
  const { metadata, status, data, ...rest } = object;
  const { annotations, finalizers, ...others } = metadata as JsonObject;
  const kept = Object.fromEntries(Object.entries(others).filter(([field]) => !BOOKKEEPING.has(field)));
  const made = {
    ...rest,
    metadata: {
      ...kept,
      ...("deletionTimestamp" in others && { deletionTimestamp: "<time>" }),
      ...(isObject(annotations ?? null) && { annotations: withoutTimes(annotations as JsonObject) }),
      ...(Array.isArray(finalizers) && { finalizers: [...finalizers].sort() }),
    },
    ...(isObject(data ?? null) && { data: object["kind"] === "Secret" ? clear(data as JsonObject) : data }),
    ...(isObject(status ?? null) && { status: plainStatus(status as JsonObject) }),
  };
  return sorted(JSON.parse(replaced(JSON.stringify(made), names)) as JsonValue) as JsonObject;
}

const BOOKKEEPING = new Set([
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "managedFields",
  "selfLink",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "generation",
]);

/** What stands in a Secret of a simulation. Its credentials were never any, and their values are left out all the same. */
function clear(data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      const text = Buffer.from(String(value), "base64").toString("utf8");
      return [key, text.startsWith(SIMULATED_SECRET) ? "<secret>" : text];
    }),
  );
}

/** Whether creating failed before it succeeded depends on what was there first. */
function withoutTimes(annotations: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(annotations)
      .filter(([name]) => name !== "crossplane.io/external-create-failed")
      .map(([name, value]) => [name, name.startsWith("crossplane.io/external-create-") ? "<time>" : value]),
  );
}

function plainStatus(status: JsonObject): JsonObject {
  const { conditions, connectionDetails, ...rest } = status;
  return {
    ...rest,
    ...(isObject(connectionDetails ?? null) && { connectionDetails: "<time>" }),
    ...(Array.isArray(conditions) && {
      conditions: conditions.filter(isObject).filter(isLasting).map(plainCondition).sort(byType),
    }),
  };
}

/** Whether an XR is told of every event depends on how fast they come. */
function isLasting(condition: JsonObject): boolean {
  return condition["type"] !== "Responsive";
}

/** Which generation was last looked at depends on how often something was written. */
function plainCondition(condition: JsonObject): JsonObject {
  const { lastTransitionTime: _, observedGeneration: __, ...rest } = condition;
  return rest;
}

function byType(a: JsonObject, b: JsonObject): number {
  return textAt(a, ["type"]) < textAt(b, ["type"]) ? -1 : 1;
}

function replaced(text: string, names: Replacements): string {
  let result = text;
  for (const [name, by] of names) result = result.replaceAll(name, by);
  return result
    .replaceAll(/"(compositionRevisionRef":\{"name":"[a-z-]+)-[0-9a-f]{7}"/g, '"$1-<hash>"')
    .replaceAll(MADE_UP, "$1<id>");
}

/** The ids that the cloud makes up. */
const MADE_UP = /\b(AKIA|AROA|AIDA|ANPA|a-)[A-Za-z0-9]{10,}\b/g;

/** Fields by name. Lists of references are by name, and so have no order here. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items.every((item) => isObject(item) && "kind" in item && "name" in item) ? [...items].sort(byText) : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([field, below]) => [field, sorted(below ?? null)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function byText(a: JsonValue, b: JsonValue): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

/** The objects of a namespace, and the XRs of claims in it, which are in none. */
export function ofNamespace(objects: readonly JsonObject[], namespace: string): readonly JsonObject[] {
  return objects.filter((object) => isOfNamespace(object, namespace));
}

export function isOfNamespace(object: JsonObject, namespace: string): boolean {
  return namespaceOf(object) === namespace || textAt(object, ["spec", "claimRef", "namespace"]) === namespace;
}
