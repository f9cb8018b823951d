import { createHash } from "node:crypto";
import {
  getObservedCompositeResource,
  Ready,
  Resource,
  setDesiredComposedResources,
  to,
} from "@crossplane-org/function-sdk-typescript";

/** The same ConfigMaps with the official SDK, each given to its helper as it is made. */
export function oneByOne(request) {
  let response = to(request, SOON);
  for (const [key, made] of configs(request)) response = setDesiredComposedResources(response, { [key]: made });
  return finished(response);
}

/** All of them given to the helper at once. */
export function atOnce(request) {
  return finished(setDesiredComposedResources(to(request, SOON), Object.fromEntries(configs(request))));
}

/** What is not ready yet is looked at again soon. */
const SOON = { seconds: 10, nanos: 0 };

function configs(request) {
  const { metadata, spec } = getObservedCompositeResource(request).resource;
  return Array.from({ length: spec.count }, (_, place) => {
    const key = `config/${place}/map`;
    const name = `${metadata.name}-${createHash("sha256")
      .update(metadata.uid + key)
      .digest("hex")
      .slice(0, 12)}`;
    const resource = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name, annotations: { "trimtab.dev/composed-by": "configs" } },
      data: { place: String(place) },
    };
    return [key, Resource.fromJSON({ resource, ready: Ready.READY_FALSE })];
  });
}

function finished(response) {
  response.desired.composite ??= Resource.fromJSON({ resource: {} });
  response.conditions.push({ type: "Composed", status: 2, reason: "Complete", target: 2 });
  response.requirements = { extraResources: {}, resources: {}, schemas: {} };
  return response;
}
