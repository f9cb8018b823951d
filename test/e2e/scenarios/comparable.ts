import {
  annotationsOf,
  COMPOSITION_RESOURCE_NAME,
  isObject,
  nameOf,
  namespaceOf,
  objectsAt,
  textAt,
  uidOf,
  valueAt,
} from "../../../src/render/unstructured.js";
import { type JsonObject, type JsonValue } from "../../../src/wire/index.js";

/**
 * What a cluster has come to, in words that do not depend on when and where: each object by what it is, with its names,
 * ids and times replaced by what they stand for. Of two clusters to which the same was done, equal.
 *
 * Of Secrets there are the keys alone. What no controller of ours writes is left out.
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

/** `bucket of XBucket receipts`, `XBucket receipts`, `LegacyXBucket of XBucketClaim receipts`. */
function labelOf(object: JsonObject, all: readonly JsonObject[]): string {
  const resource = annotationsOf(object)[COMPOSITION_RESOURCE_NAME];
  if (resource !== undefined) return `${resource} of ${composerOf(object, all)}`;
  const claim = textAt(object, ["spec", "claimRef", "name"]);
  if (claim !== "") return `${textAt(object, ["kind"])} of ${claim}`;
  return `${textAt(object, ["kind"])} ${nameOf(object)}`;
}

function composerOf(object: JsonObject, all: readonly JsonObject[]): string {
  const owner = objectsAt(object, ["metadata", "ownerReferences"]).find(({ controller }) => controller === true);
  const composer = all.find((each) => uidOf(each) === textAt(owner ?? {}, ["uid"]));
  if (composer) return labelOf(composer, all);
  return `${textAt(owner ?? {}, ["kind"])} that is gone`;
}

type Replacements = readonly (readonly [text: string, by: string])[];

/** Names that are made from uids, uids, and names in the cloud; longer ones first, as one may be part of another. */
function replacements(objects: readonly JsonObject[], labels: ReadonlyMap<string, string>): Replacements {
  const found = objects.flatMap((object) => {
    const label = labels.get(uidOf(object)) ?? "";
    const external = annotationsOf(object)["crossplane.io/external-name"] ?? "";
    const isMadeName = textAt(object, ["metadata", "generateName"]) !== "";
    return [
      [uidOf(object), `<uid of ${label}>`],
      ...(isMadeName ? [[nameOf(object), `<name of ${label}>`]] : []),
      ...(external !== "" && external !== nameOf(object) ? [[external, `<external name of ${label}>`]] : []),
    ].map(([text = "", by = ""]) => [text, by] as const);
  });
  return found.filter(([text]) => text.length >= 8).sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
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
    ...(isObject(data ?? null) && { data: Object.keys(data as JsonObject).sort() }),
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

function withoutTimes(annotations: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [
      name,
      /^crossplane\.io\/external-create-/.test(name) ? "<time>" : value,
    ]),
  );
}

function plainStatus(status: JsonObject): JsonObject {
  const { conditions, connectionDetails, ...rest } = status;
  return {
    ...rest,
    ...(isObject(connectionDetails ?? null) && { connectionDetails: "<time>" }),
    ...(Array.isArray(conditions) && { conditions: conditions.filter(isObject).map(plainCondition).sort(byType) }),
  };
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
  // What the cloud makes up: ids, and what is made from them.
  return result.replaceAll(/\b(AKIA|AROA|AIDA|ANPA|a-)[A-Za-z0-9]{10,}\b/g, "$1<id>");
}

/** Lists of references are by name, and so have no order here. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items.every((item) => isObject(item) && "kind" in item && "name" in item) ? [...items].sort(byText) : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, below]) => [field, sorted(below ?? null)]));
}

function byText(a: JsonValue, b: JsonValue): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

/** The objects of a namespace, and the XRs of claims in it, which are in none. */
export function ofNamespace(objects: readonly JsonObject[], namespace: string): readonly JsonObject[] {
  return objects.filter(
    (object) =>
      namespaceOf(object) === namespace || textAt(object, ["spec", "claimRef", "namespace"]) === namespace,
  );
}

/** Whether something in the cluster is about to change: what is deleted and still there. */
export const isGoing = (object: JsonObject) => valueAt(object, ["metadata", "deletionTimestamp"]) !== undefined;
