import { COMPOSED_LABELS } from "../../render/render-composed.js";
import { fieldOwner } from "../../resource/field-owner.js";
import { lastApplied } from "../../resource/last-applied.js";
import { type Resource } from "../../resource/resource.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";

/** Whether an object is from a cluster, rather than from an earlier output. */
export function isLive(object: JsonObject): boolean {
  const { resourceVersion, managedFields } = (object["metadata"] ?? {}) as Readonly<Record<string, unknown>>;
  return resourceVersion !== undefined || managedFields !== undefined;
}

/**
 * What Crossplane last applied of an object in a cluster, as managedFields say; where they do not, what it has of the
 * fields that are desired. Either way without what the cluster and Crossplane add.
 */
export function liveIntent(live: JsonObject, desired: JsonObject | undefined, xr: JsonObject): JsonObject {
  const { name = "" } = (xr["metadata"] ?? {}) as { readonly name?: string };
  const group = String(xr["apiVersion"] ?? "").split("/")[0] ?? "";
  const owner = fieldOwner({ name, kind: String(xr["kind"] ?? ""), group });
  const applied = lastApplied(live as unknown as Resource, owner) as unknown as JsonObject | undefined;
  return withoutAdded(applied ?? (desired ? (project(live, desired) as JsonObject) : live));
}

/** An intent without what Crossplane adds to it by itself. */
export function withoutAdded(object: JsonObject): JsonObject {
  const { metadata = {}, status: _, ...rest } = object;
  const { annotations, labels, name, namespace } = metadata as Metadata;
  const { [KEY]: __, ...ownAnnotations } = annotations ?? {};
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

const KEY = "crossplane.io/composition-resource-name";

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Of a value the fields that another one has. */
function project(value: JsonValue, desired: JsonValue): JsonValue {
  if (!isRecord(value) || !isRecord(desired)) return value;
  const shared = Object.keys(desired).filter((key) => Object.hasOwn(value, key));
  return Object.fromEntries(shared.map((key) => [key, project(value[key] as JsonValue, desired[key] as JsonValue)]));
}

function isRecord(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
