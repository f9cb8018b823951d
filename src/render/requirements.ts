import { type Requirement } from "../function/index.js";
import { type Resource } from "../resource/resource.js";

/** The objects that a requirement selects, as Crossplane looks them up: by name or by labels, in one namespace or all. */
export function select(objects: readonly Resource[], requirement: Requirement): readonly Resource[] {
  const { apiVersion, kind, name, labels = {}, namespace } = requirement;
  return objects.filter(({ metadata = {}, ...object }) => {
    if (object.apiVersion !== apiVersion || object.kind !== kind) return false;
    if (namespace !== undefined && namespace !== (metadata.namespace ?? "")) return false;
    if (name !== undefined) return metadata.name === name;
    return Object.entries(labels).every(([label, value]) => metadata.labels?.[label] === value);
  });
}
