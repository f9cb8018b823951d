import { type AnyFn, definitionFor, isUnknown } from "../function/index.js";
import { renderUid } from "../render/uid.js";
import { type Resource } from "../resource/resource.js";
import { celRules } from "../schema/cel-rules.js";
import { admitResource, crd, explain } from "../schema/index.js";

/**
 * The XR as it would lie in the cluster: defaults written, unknown fields dropped, the rest checked, CEL rules included. An XR
 * of which no XRD is known here is left as it is.
 *
 * @throws Error where it does not say what it is; and listing each field that would be refused, with its value and the remedy
 */
export function admitXR(fn: AnyFn, xr: Resource): Resource {
  const { apiVersion, kind, metadata } = xr;
  if (!(apiVersion && kind)) {
    throw new Error(
      "cannot admit the XR: apiVersion or kind is missing; say both, or let givenOf(fn, { xr, … }) add them",
    );
  }
  const identified = { ...xr, metadata: { ...metadata, uid: metadata?.uid ?? renderUid(xr) } };
  const xrd = definitionFor(fn, xr);
  if (!xrd || isUnknown(xrd)) return identified;
  const { value, problems } = admitResource(crd(xrd), xr, { rules: celRules });
  if (problems.length > 0) {
    throw new Error(`cannot admit ${xr.kind} ${xr.metadata?.name}: ${explain(problems, "; ")}`);
  }
  const admitted = value as Resource;
  return { ...admitted, metadata: { ...admitted.metadata, uid: identified.metadata.uid } };
}
