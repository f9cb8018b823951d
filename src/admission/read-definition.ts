import { type CRDLike } from "../schema/admit-resource.js";
import { DELETE_POLICY, UPDATE_POLICY } from "../schema/crossplane-fields.js";
import { deriveClaimCRD, deriveCompositeCRD, type XRDLike } from "../schema/derive-crd.js";
import { isRecord } from "../schema/json.js";
import { explain, type Problem, show } from "../schema/problem.js";
import { checkSchema } from "./check-schema.js";
import { plainNumbers } from "./plain-numbers.js";
import { readXRD } from "./read-xrd.js";

/** A CRD, as far as objects are admitted by it. */
export interface AdmittingCRD extends CRDLike {
  readonly metadata?: { readonly name?: string };
  readonly spec: CRDLike["spec"] & { readonly scope: "Namespaced" | "Cluster" };
}

/** Whether a parsed object is a CRD, or an XRD of either version. */
export function isDefinition(object: unknown): object is object {
  if (!isRecord(object)) return false;
  const { apiVersion, kind } = object;
  if (isCRD(object)) return apiVersion === "apiextensions.k8s.io/v1";
  return kind === "CompositeResourceDefinition" && (apiVersion === XRD_V1 || apiVersion === XRD_V2);
}

/** Whether a definition is a CRD, not an XRD. */
export function isCRD(definition: object): boolean {
  return "kind" in definition && definition.kind === "CustomResourceDefinition";
}

const XRD_V1 = "apiextensions.crossplane.io/v1";
const XRD_V2 = "apiextensions.crossplane.io/v2";

/**
 * The CRDs that a parsed object stands for: itself, or those that Crossplane 2.4 derives for XRs and claims from an XRD
 * that the API server has written its defaults into.
 *
 * @throws Error that lists each field because of which it cannot be used
 */
export function readDefinition(object: object): readonly AdmittingCRD[] {
  const definition = plainNumbers(object);
  const problems: Problem[] = [];
  const crds = isXRD(definition) ? derive(definition, problems) : [definition as AdmittingCRD];
  const [first] = crds;
  if (first && problems.length === 0) problems.push(...checkHead(first));
  // The schemas of a claim differ in Crossplane's own fields alone.
  if (first && problems.length === 0) problems.push(...first.spec.versions.flatMap(checkVersion));
  if (problems.length > 0) throw new Error(explain(problems, "; "));
  return crds;
}

function isXRD(object: unknown): object is Readonly<Record<string, unknown>> {
  return isRecord(object) && object["kind"] === "CompositeResourceDefinition";
}

function derive(object: Readonly<Record<string, unknown>>, problems: Problem[]): readonly AdmittingCRD[] {
  const { metadata, spec } = readXRD(object);
  const scope = spec.scope ?? (object["apiVersion"] === XRD_V2 ? "Namespaced" : "LegacyCluster");
  if (spec.claimNames && scope !== "LegacyCluster") {
    problems.push({
      path: "spec.claimNames",
      message: `must be left out: only LegacyCluster has claims, not ${scope}`,
    });
  }
  if (!["Namespaced", "Cluster", "LegacyCluster"].includes(scope)) {
    problems.push({ path: "spec.scope", message: `must be Namespaced, Cluster or LegacyCluster, not ${show(scope)}` });
  }
  for (const [index, version] of spec.versions.entries()) {
    if (isRecord(version.schema?.openAPIV3Schema)) continue;
    problems.push({ path: `spec.versions[${index}].schema.openAPIV3Schema`, message: "is required" });
  }
  if (problems.length > 0) return [];
  const xrd: XRDLike = {
    ...(metadata && { metadata }),
    spec: {
      ...spec,
      scope,
      defaultCompositionUpdatePolicy: spec.defaultCompositionUpdatePolicy ?? UPDATE_POLICY,
      defaultCompositeDeletePolicy: spec.defaultCompositeDeletePolicy ?? DELETE_POLICY,
    },
  };
  const claim = deriveClaimCRD(xrd);
  const crds = [deriveCompositeCRD(xrd), ...(claim ? [claim] : [])];
  return crds;
}

function checkHead({ spec }: AdmittingCRD): readonly Problem[] {
  if (!isRecord(spec)) return [{ path: "spec", message: "is required" }];
  const { group, names, scope, versions } = spec;
  return [
    ...required("spec.group", group),
    ...required("spec.names.kind", isRecord(names) ? names["kind"] : undefined),
    ...(scope === "Namespaced" || scope === "Cluster"
      ? []
      : [{ path: "spec.scope", message: `must be Namespaced or Cluster, not ${show(scope)}` }]),
    ...(Array.isArray(versions) && versions.length > 0 ? [] : [{ path: "spec.versions", message: "is required" }]),
  ];
}

function checkVersion(version: unknown, index: number): readonly Problem[] {
  const path = `spec.versions[${index}]`;
  if (!isRecord(version)) return [{ path, message: `must be an object, not ${show(version)}` }];
  const { schema } = version;
  const named = required(`${path}.name`, version["name"]);
  const at = `${path}.schema.openAPIV3Schema`;
  if (!isRecord(schema) || !isRecord(schema["openAPIV3Schema"]))
    return [...named, { path: at, message: "is required" }];
  return [...named, ...checkSchema(schema["openAPIV3Schema"], at)];
}

function required(path: string, value: unknown): readonly Problem[] {
  if (typeof value === "string" && value !== "") return [];
  const message = value === undefined ? "is required" : `must be a string that is not empty, not ${show(value)}`;
  return [{ path, message }];
}
