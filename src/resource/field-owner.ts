import { hash as digest } from "node:crypto";

/**
 * The field manager under which Crossplane applies what an XR composes (crossplane, ComposedFieldOwnerName). It depends
 * on neither version nor namespace of the XR.
 */
export function fieldOwner(xr: { readonly name: string; readonly kind: string; readonly group: string }): string {
  const hash = digest("sha256", `${xr.name}${xr.kind}.${xr.group}`);
  return `apiextensions.crossplane.io/composed/${hash}`;
}
