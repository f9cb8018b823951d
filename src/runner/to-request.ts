import { isUtf8 } from "node:buffer";
import { type ObservedState, type Request } from "../function/index.js";
import { encodeBase64 } from "../resource/index.js";
import { type Resource } from "../resource/resource.js";
import { Ready, type ResourceState, type RunFunctionRequest } from "../wire/index.js";
import { mapValues } from "./map-values.js";

/** What Crossplane asks, free of the wire. */
export function toRequest(request: RunFunctionRequest): Request {
  const { observed, desired, input, context, requiredResources } = request;
  const composite = observed?.composite;
  if (!composite?.resource) throw new Error("cannot run a function: the request has no observed composite resource");
  return {
    xr: composite.resource as unknown as Resource,
    observed: mapValues(observed?.resources, toState),
    desired: {
      status: statusOf(desired?.composite),
      resources: desired?.resources ?? {},
      ready: readinessOf(desired?.resources ?? {}),
      connectionKeys: Object.keys(desired?.composite?.connectionDetails ?? {}),
    },
    required: mapValues(requiredResources, ({ items }) => items.map((item) => toState(item).resource)),
    connectionDetails: detailsOf(composite).connection,
    ...(input && { input }),
    ...(context && { context }),
  };
}

function toState(state: ResourceState): ObservedState {
  return { resource: state.resource as unknown as Resource, ...detailsOf(state) };
}

function detailsOf({ connectionDetails }: ResourceState) {
  const details = Object.entries(connectionDetails ?? {});
  const text = details.filter(([, bytes]) => isUtf8(bytes)).map(([key, bytes]) => [key, decode(bytes)] as const);
  const binary = details
    .filter(([, bytes]) => !isUtf8(bytes))
    .map(([key, bytes]) => [key, encodeBase64(bytes)] as const);
  return { connection: Object.fromEntries(text), binary: Object.fromEntries(binary) };
}

/** Crossplane leaves what nobody says of readiness to the steps that are to come. */
function readinessOf(desired: Readonly<Record<string, ResourceState>>): Readonly<Record<string, boolean>> {
  const said = Object.entries(desired).filter(([, { ready }]) => ready === Ready.True || ready === Ready.False);
  return Object.fromEntries(said.map(([name, { ready }]) => [name, ready === Ready.True]));
}

function statusOf(composite: ResourceState | undefined): object {
  const status = composite?.resource?.["status"];
  return typeof status === "object" && status !== null ? status : {};
}

const decode = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
