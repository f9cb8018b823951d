import { DELETE_POLICY, scopeOf, UPDATE_POLICY } from "./crossplane-fields.js";
import { type DerivedCRD, type DerivedVersion, deriveClaimCRD, deriveCompositeCRD } from "./derive-crd.js";
import { type KindNames, manifest } from "./manifest.js";
import { type XRD } from "./xrd.js";

/** A CustomResourceDefinition of one version. */
export interface CRD extends DerivedCRD {
  readonly spec: DerivedCRD["spec"] & {
    readonly names: KindNames & { readonly singular: string; readonly listKind: string };
    readonly versions: readonly [CRDVersion];
  };
}

export interface CRDVersion extends DerivedVersion {
  readonly served: true;
  readonly storage: true;
}

/**
 * The CustomResourceDefinition that Crossplane v2 derives from an XRD for its XRs, with the fields that it adds. What
 * only the cluster knows, such as the owner, is left out.
 */
export function crd(xrd: XRD): CRD {
  return deriveCompositeCRD(stored(xrd)) as CRD;
}

/** The CustomResourceDefinition that Crossplane derives from an XRD for its claims; undefined where it offers none. */
export function claimCRD(xrd: XRD): CRD | undefined {
  return deriveClaimCRD(stored(xrd)) as CRD | undefined;
}

/** An XRD with the defaults that the API server writes into it. */
function stored(xrd: XRD) {
  const { metadata, spec } = manifest(xrd);
  const policies = { defaultCompositionUpdatePolicy: UPDATE_POLICY, defaultCompositeDeletePolicy: DELETE_POLICY };
  return { metadata, spec: { ...spec, ...policies, scope: scopeOf(xrd) } };
}
