import { type AnyFn, definitionFor } from "../function/index.js";
import { fieldOwner } from "../resource/field-owner.js";
import { type Desired } from "../resource/kind.js";
import { type FieldsV1, type ObservedMetadata, type Resource } from "../resource/resource.js";

/**
 * What was desired, as the cluster shows it once Crossplane has applied it: with the metadata that Crossplane adds, and with
 * managedFields in which every list is atomic.
 *
 * @param key the composition resource name
 * @param status what the provider reports. Default: nothing
 */
export function observe(fn: AnyFn, xr: Resource, key: string, desired: Desired<Resource>, status?: object): Resource {
  const { apiVersion, kind, metadata = {}, ...rest } = desired;
  const group = definitionFor(fn, xr)?.group ?? "";
  const manager = fieldOwner({ name: xr.metadata?.name ?? "", kind: xr.kind, group });
  const added = {
    labels: { ...metadata.labels, "crossplane.io/composite": xr.metadata?.name ?? "" },
    annotations: { ...metadata.annotations, "crossplane.io/composition-resource-name": key },
  };
  const fieldsV1 = fieldsOf({ ...rest, metadata: added });
  return {
    apiVersion,
    kind,
    ...rest,
    metadata: {
      ...named(key, metadata),
      ...added,
      managedFields: [{ manager, operation: "Apply", apiVersion, fieldsType: "FieldsV1", fieldsV1 }],
    },
    ...(status && { status }),
  } as Resource;
}

function named(key: string, { name, namespace, deletionTimestamp }: ObservedMetadata): ObservedMetadata {
  return {
    name: name ?? key.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    ...(namespace !== undefined && { namespace }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
  };
}

function fieldsOf(value: unknown): FieldsV1 {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).map(([key, inner]) => [`f:${key}`, fieldsOf(inner)]);
  return entries.length > 0 ? Object.fromEntries(entries) : { ".": {} };
}
