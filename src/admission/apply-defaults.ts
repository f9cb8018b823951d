import { deriveCompositeCRD } from "../schema/derive-crd.js";
import { isRecord } from "../schema/json.js";
import { readXRD } from "./read-xrd.js";
import { refuseUnsupported } from "./refuse-unsupported.js";
import { structuralDefaults } from "./structural-defaults.js";

/**
 * An XR with the defaults of its XRD, as `crossplane composition render --xrd` writes them (crossplane/cli,
 * xr.ApplyXRDDefaults): nothing is pruned, refused or dropped, and the XRD is taken as it is written. So its scope is
 * LegacyCluster where it names none, even in apiextensions.crossplane.io/v2, and compositionUpdatePolicy has a default
 * only where the XRD says defaultCompositionUpdatePolicy.
 *
 * Both are parsed YAML, and are not changed; what is returned shares with the XR what did not change.
 *
 * @throws Error in the words of the real one: where the XRD has no such version, or a schema that cannot be used
 */
export function applyDefaults(xrd: object, xr: object): object {
  const crd = derive(xrd);
  const { apiVersion = "" } = xr as { readonly apiVersion?: unknown };
  const { group, versions } = crd.spec;
  const version = versions.find(({ name }) => apiVersion === `${group}/${name}`);
  if (!version) throw new Error(`the specified API version '${String(apiVersion)}' does not exist in the XRD`);
  const { openAPIV3Schema } = version.schema;
  refuseUnsupported(openAPIV3Schema);
  return structuralDefaults(openAPIV3Schema, xr) as object;
}

function derive(object: object): ReturnType<typeof deriveCompositeCRD> {
  const xrd = readXRD(object);
  try {
    return deriveCompositeCRD(xrd);
  } catch (error) {
    const name = isRecord(xrd.metadata) ? (xrd.metadata.name ?? "") : "";
    throw new Error(`cannot derive CRD from XRD ${JSON.stringify(name)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
