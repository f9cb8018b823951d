import { COMPOSED_LABELS } from "../../render/render-composed.js";
import { COMPOSITION_RESOURCE_NAME, gvkOf, isObject, nameOf, textAt, withValue } from "../../render/unstructured.js";
import { encodeBase64 } from "../../resource/base64.js";
import { escapeRegExp } from "../../resource/escape-reg-exp.js";
import { fieldOwner } from "../../resource/field-owner.js";
import { lastApplied } from "../../resource/last-applied.js";
import { type Resource } from "../../resource/resource.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";
import { type Pair } from "./pair-objects.js";

/** Whether an object is from a cluster, rather than from an earlier output. To be asked of composed objects only. */
export function isLive(object: JsonObject): boolean {
  return hasManagedFields(object) || metadataOf(object).resourceVersion !== undefined;
}

/** Whether it can be said what Crossplane last applied: `kubectl get` leaves that out unless it is told not to. */
export function hasManagedFields(object: JsonObject): boolean {
  const { managedFields } = metadataOf(object);
  return Array.isArray(managedFields) && managedFields.length > 0;
}

/**
 * What Crossplane last applied of an object in a cluster, as managedFields say; where they do not, what it has of the
 * fields that are desired. Either way as {@link comparable} says.
 *
 * @param desired what is desired of it, one of {@link desiredIntents}; undefined for nothing
 */
export function liveIntent(live: JsonObject, desired: JsonObject | undefined, xr: JsonObject): JsonObject {
  const { group, kind } = gvkOf(xr);
  const applied = lastApplied(live as unknown as Resource, fieldOwner({ name: nameOf(xr), kind, group }));
  if (applied) return comparable(applied as unknown as JsonObject);
  const whole = comparable(live);
  return desired ? (project(whole, desired) as JsonObject) : whole;
}

/**
 * What is desired of objects, each under the name and in the namespace that it has in the cluster if it is there: those
 * stay, whatever is desired. Where a generated name gives way to another one, it does so wherever it stands, in references
 * and within other texts. As {@link comparable} says.
 */
export function desiredIntents(pairs: readonly Pair[]): readonly (JsonObject | undefined)[] {
  const renamed = new Map(
    pairs
      .map(({ before = {}, after = {} }) => [nameOf(after), nameOf(before)] as const)
      .filter(([desired, live]) => GENERATED.test(desired) && live !== "" && live !== desired),
  );
  const old = new RegExp([...renamed.keys()].toSorted(longestFirst).map(escapeRegExp).join("|"), "g");
  const rename = (text: string) => (renamed.size > 0 ? text.replace(old, (name) => renamed.get(name) ?? name) : text);
  return pairs.map(({ before, after }) => after && comparable(withIdentityOf(before, mapTexts(after, rename))));
}

/** How every name ends that Crossplane generates: in a hash, so that it is no part of anything else by chance. */
const GENERATED = /-[0-9a-f]{12}$/;

const longestFirst = (a: string, b: string) => b.length - a.length;

function withIdentityOf(live: JsonObject | undefined, desired: JsonObject): JsonObject {
  if (!live) return desired;
  return ["name", "namespace"].reduce((object, field) => {
    const path = ["metadata", field];
    return withValue(object, path, textAt(live, path) || undefined);
  }, desired);
}

function mapTexts<T extends JsonValue>(value: T, map: (text: string) => string): T;
function mapTexts(value: JsonValue, map: (text: string) => string): JsonValue {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => mapTexts(item, map));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapTexts(entry, map)]));
}

/** An intent without what Crossplane adds to it by itself, and a Secret's stringData as the data that it becomes. */
function comparable(object: JsonObject): JsonObject {
  const { status: _, ...rest } = withoutStringData(object);
  const { annotations, labels, name, namespace } = metadataOf(object);
  const { [COMPOSITION_RESOURCE_NAME]: __, ...ownAnnotations } = annotations ?? {};
  const ownLabels = Object.fromEntries(
    Object.entries(labels ?? {}).filter(([label]) => !COMPOSED_LABELS.includes(label)),
  );
  return {
    ...rest,
    metadata: {
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
      ...(Object.keys(ownAnnotations).length > 0 && { annotations: ownAnnotations }),
      ...(Object.keys(ownLabels).length > 0 && { labels: ownLabels }),
    },
  };
}

/** A Secret's stringData is write-only: the API server moves it to data, over what is there under the same keys. */
function withoutStringData(object: JsonObject): JsonObject {
  const { stringData, ...rest } = object;
  if (object["apiVersion"] !== "v1" || object["kind"] !== "Secret" || !isObject(stringData)) return object;
  const { data = {} } = rest;
  const moved = Object.entries(stringData).map(([key, value]) => [
    key,
    typeof value === "string" ? encodeBase64(value) : value,
  ]);
  return { ...rest, data: { ...(isObject(data) ? data : {}), ...Object.fromEntries(moved) } };
}

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly resourceVersion?: unknown;
  readonly managedFields?: unknown;
}

function metadataOf(object: JsonObject): Metadata {
  return (object["metadata"] ?? {}) as Metadata;
}

/** Of a value the fields that another one has. */
function project(value: JsonValue, desired: JsonValue): JsonValue {
  if (!isObject(value) || !isObject(desired)) return value;
  const shared = Object.keys(desired).filter((key) => Object.hasOwn(value, key));
  return Object.fromEntries(shared.map((key) => [key, project(value[key] as JsonValue, desired[key] as JsonValue)]));
}
