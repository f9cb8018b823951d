import {
  getDesiredComposedResources,
  getObservedComposedResources,
  getObservedCompositeResource,
  Ready,
  Resource,
  setDesiredComposedResources,
  to,
} from "@crossplane-org/function-sdk-typescript";
import { drafts, KINDS } from "./drafts.mjs";

/** The eight objects, with the official SDK: what it answers is what our function answers. */
export function compose(request) {
  let response = to(request);
  const xr = getObservedCompositeResource(request).resource;
  const observed = getObservedComposedResources(request);
  const desired = getDesiredComposedResources(request);
  const { name, namespace } = xr.metadata;
  for (const [key, draft] of Object.entries(drafts({ name, namespace, spec: xr.spec }))) {
    const [apiVersion, kind] = KINDS[key];
    const annotations = { ...draft.metadata.annotations, "trimtab.dev/composed-by": "archive" };
    desired[key] = Resource.fromJSON({
      resource: { apiVersion, kind, ...draft, metadata: { ...draft.metadata, annotations } },
      ready: isReady(kind, observed[key]?.resource) ? Ready.READY_TRUE : Ready.READY_FALSE,
    });
  }
  response = setDesiredComposedResources(response, desired);
  response.desired.composite ??= Resource.fromJSON({ resource: {} });
  response.conditions.push({ type: "Composed", status: 2, reason: "Complete", target: 2 });
  response.requirements = { extraResources: {}, resources: {}, schemas: {} };
  return response;
}

function isReady(kind, resource) {
  if (resource === undefined) return false;
  if (kind === "Secret") return true;
  return resource.status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";
}
