import { type Resource } from "../resource/resource.js";
import { anything, map, type XRD } from "../schema/index.js";
import { type AnyFn } from "./define-function.js";

const fields = map(anything());

export type AnyXR = XRD<typeof fields, typeof fields>;

/**
 * What a function composes that serves XRs of every kind, such as one that works on what other steps of a pipeline
 * composed. Their spec is given as it stands: no schema is known here that could default or check it.
 *
 * @param group the API group below which the kind of the function's input lies
 */
export function anyXR({ group }: { readonly group: string }): AnyXR {
  return { group, version: ANY, kind: ANY, spec: fields, status: fields };
}

/** Whether it stands for XRs of every kind, and so is no XRD that could be installed. */
export function isAnyXR({ kind }: XRD): boolean {
  return kind === ANY;
}

/** Whether nothing is known of an XRD but the kind that it defines. */
export function isUnknown({ spec }: XRD): boolean {
  return spec === fields;
}

/** The XRD as which a function composes an XR; undefined if it does not compose it. */
export function definitionFor(fn: AnyFn, { apiVersion, kind }: Resource): XRD | undefined {
  const definitions = fn.composite as readonly XRD[];
  const found = definitions.find((xrd) => xrd.kind === kind && `${xrd.group}/${xrd.version}` === apiVersion);
  if (found) return found;
  const any = definitions.find(isAnyXR);
  const [group = "", version = ""] = apiVersion.split("/");
  return any && { ...any, group, version, kind };
}

// No kind of Kubernetes can be called that.
const ANY = "*";
