import { type Reader } from "../../render/cluster.js";
import { type GVK, gvkOf, nameOf, namespaceOf, parseGVK, textAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

export const USAGE: GVK = { group: "protection.crossplane.io", version: "v1beta1", kind: "Usage" };
export const CLUSTER_USAGE: GVK = { ...USAGE, kind: "ClusterUsage" };
/** That of Crossplane v1, of no namespace. */
export const LEGACY_USAGE: GVK = { ...USAGE, group: "apiextensions.crossplane.io" };

/** The usages that name an object as what is used, as Crossplane finds them (crossplane, Finder of protection/usage/finder.go). */
export function findUsages(store: Pick<Reader, "list">, object: JsonObject): readonly JsonObject[] {
  const { group, kind } = gvkOf(object);
  const names = (usage: JsonObject) => {
    const of = (field: string) => textAt(usage, ["spec", "of", field]);
    return (
      parseGVK(of("apiVersion"), "").group === group &&
      of("kind") === kind &&
      textAt(usage, ["spec", "of", "resourceRef", "name"]) === nameOf(object)
    );
  };
  return [
    ...store.list(USAGE, "", {}).filter((usage) => names(usage) && usedNamespace(usage) === namespaceOf(object)),
    // Those of no namespace do not say of which the object is.
    ...[CLUSTER_USAGE, LEGACY_USAGE].flatMap((gvk) => store.list(gvk, "", {}).filter(names)),
  ];
}

/** The namespace of what is used. */
export function usedNamespace(usage: JsonObject): string {
  return textAt(usage, ["spec", "of", "resourceRef", "namespace"]) || namespaceOf(usage);
}
