import { type JsonObject } from "../wire/index.js";
import { type GVK, isObject, objectsAt, parseGVK, textAt, valueAt } from "./unstructured.js";

/** Where an XR keeps Crossplane's own fields: a modern one below `crossplane`, a legacy one beside its own. */
export interface CompositeFields {
  readonly isLegacy: boolean;
  readonly compositionRef: readonly string[];
  readonly compositionSelector: readonly string[];
  readonly compositionRevisionRef: readonly string[];
  readonly compositionRevisionSelector: readonly string[];
  readonly compositionUpdatePolicy: readonly string[];
  readonly resourceRefs: readonly string[];
}

const MODERN = fieldsBelow(["spec", "crossplane"], false);
const LEGACY = fieldsBelow(["spec"], true);

/**
 * Which of the two an XR is, as its XRD says; without an XRD it is a modern one.
 *
 * @throws Error if the XRD is none, or one of another kind
 */
export function compositeFields(xr: GVK, xrd: JsonObject | undefined): CompositeFields {
  if (xrd === undefined) return MODERN;
  const apiVersion = textAt(xrd, ["apiVersion"]);
  const { group, version } = parseGVK(apiVersion, "");
  const name = JSON.stringify(textAt(xrd, ["metadata", "name"]));
  if (group !== "apiextensions.crossplane.io" || (version !== "v1" && version !== "v2")) {
    throw new Error(
      `CompositeResourceDefinition ${name} has apiVersion ${JSON.stringify(apiVersion)}; give one of apiextensions.crossplane.io/v1 or v2`,
    );
  }
  const defines = { group: textAt(xrd, ["spec", "group"]), kind: textAt(xrd, ["spec", "names", "kind"]) };
  if (defines.group !== xr.group || defines.kind !== xr.kind) {
    throw new Error(
      `CompositeResourceDefinition ${name} defines ${defines.kind} of ${defines.group}, which the XR is not: it is ${xr.kind} of ${xr.group}`,
    );
  }
  const scope = valueAt(xrd, ["spec", "scope"]) ?? (version === "v1" ? "LegacyCluster" : "");
  return scope === "LegacyCluster" ? LEGACY : MODERN;
}

function fieldsBelow(path: readonly string[], isLegacy: boolean): CompositeFields {
  return {
    isLegacy,
    compositionRef: [...path, "compositionRef"],
    compositionSelector: [...path, "compositionSelector"],
    compositionRevisionRef: [...path, "compositionRevisionRef"],
    compositionRevisionSelector: [...path, "compositionRevisionSelector"],
    compositionUpdatePolicy: [...path, "compositionUpdatePolicy"],
    resourceRefs: [...path, "resourceRefs"],
  };
}

/** A reference to an object, of those fields that are said. */
export interface ObjectReference {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
}

export function resourceRefsOf(xr: JsonObject, { resourceRefs }: CompositeFields): readonly ObjectReference[] {
  return objectsAt(xr, resourceRefs).map(readReference);
}

/** A reference in the fields of Kubernetes' ObjectReference. Those that are empty are left out. */
export function readReference(value: JsonObject): ObjectReference {
  const fields = ["apiVersion", "kind", "namespace", "name", "uid", "resourceVersion", "fieldPath"] as const;
  const said = fields.map((field) => [field, textAt(value, [field])] as const).filter(([, text]) => text !== "");
  return Object.fromEntries(said);
}

/** The connection Secret that an XR or a composed resource writes to; undefined if none. */
export function connectionSecretOf(
  object: JsonObject,
): { readonly name: string; readonly namespace: string } | undefined {
  const ref = valueAt(object, ["spec", "writeConnectionSecretToRef"]);
  if (!isObject(ref)) return undefined;
  return { name: textAt(ref, ["name"]), namespace: textAt(ref, ["namespace"]) };
}
