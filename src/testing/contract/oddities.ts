import { withValue } from "../../render/unstructured.js";
import { type JsonObject, type RunFunctionRequest } from "../../wire/index.js";

/** XRs that no schema lets in, or an older one did. */
export const oddities: readonly Oddity[] = [
  { what: "no spec", change: (request) => withXR(request, (xr) => withValue(xr, ["spec"], undefined)) },
  { what: "an empty spec", change: (request) => withXR(request, (xr) => withValue(xr, ["spec"], {})) },
  { what: "a spec that is null", change: (request) => withXR(request, (xr) => ({ ...xr, spec: null })) },
  { what: "a spec that is text", change: (request) => withXR(request, (xr) => ({ ...xr, spec: "none" })) },
  { what: "a spec that is a list", change: (request) => withXR(request, (xr) => ({ ...xr, spec: [{}] })) },
  { what: "a status that is null", change: (request) => withXR(request, (xr) => ({ ...xr, status: null })) },
];

/** An XR that no schema would have let in, or an older one did. */
interface Oddity {
  readonly what: string;
  change(request: RunFunctionRequest): RunFunctionRequest;
}

function withXR(request: RunFunctionRequest, change: (xr: JsonObject) => JsonObject): RunFunctionRequest {
  const { observed } = request;
  const composite = observed?.composite;
  if (!observed || !composite?.resource) return request;
  return { ...request, observed: { ...observed, composite: { ...composite, resource: change(composite.resource) } } };
}
