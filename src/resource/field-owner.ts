import { createHash } from "node:crypto";

/**
 * The field manager under which Crossplane applies what an XR composes (crossplane, ComposedFieldOwnerName). It depends
 * on neither version nor namespace of the XR.
 */
export function fieldOwner(xr: { readonly name: string; readonly kind: string; readonly group: string }): string {
  const hash = createHash("sha256").update(`${xr.name}${xr.kind}.${xr.group}`).digest("hex");
  return `apiextensions.crossplane.io/composed/${hash}`;
}
