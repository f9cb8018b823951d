import { type Request } from "../function/index.js";
import { type Resource } from "../resource/resource.js";
import { Ready, type ResourceState, type RunFunctionRequest, type State } from "../wire/index.js";
import { detailsOf } from "./details-of.js";
import { mapValues } from "./map-values.js";
import { observedOnWire } from "./observed-on-wire.js";

/** What Crossplane asks, free of the wire. What is decoded when it is read, is read once somebody asks for it. */
export function toRequest(request: RunFunctionRequest): Request {
  return new OnWire(request);
}

class OnWire implements Request {
  readonly xr: Resource;
  readonly observed: Request["observed"];
  readonly desired: NonNullable<Request["desired"]>;
  readonly required: NonNullable<Request["required"]>;
  readonly connectionDetails: NonNullable<Request["connectionDetails"]>;
  readonly input: unknown;
  readonly #request: RunFunctionRequest;

  constructor(request: RunFunctionRequest) {
    const composite = request.observed?.composite;
    if (!composite?.resource) throw new Error("cannot run a function: the request has no observed composite resource");
    this.xr = composite.resource as unknown as Resource;
    this.observed = mapValues(request.observed?.resources, observedOnWire);
    this.desired = new DesiredOnWire(request.desired);
    this.required = mapValues(request.requiredResources, ({ items }) => items.map(objectOf));
    this.connectionDetails = detailsOf(composite).connection;
    this.input = request.input;
    this.#request = request;
  }

  get context(): Readonly<Record<string, unknown>> {
    return this.#request.context ?? {};
  }
}

class DesiredOnWire {
  readonly status: object;
  readonly resources: Readonly<Record<string, ResourceState>>;
  readonly connectionKeys: readonly string[];
  #ready: Readonly<Record<string, boolean>> | undefined;

  constructor({ composite, resources = {} }: Partial<State> = {}) {
    this.status = statusOf(composite);
    this.resources = resources;
    this.connectionKeys = Object.keys(composite?.connectionDetails ?? {});
  }

  get ready(): Readonly<Record<string, boolean>> {
    this.#ready ??= readinessOf(this.resources);
    return this.#ready;
  }
}

/** Crossplane leaves what nobody says of readiness to the steps that are to come. */
function readinessOf(desired: Readonly<Record<string, ResourceState>>): Readonly<Record<string, boolean>> {
  const said = Object.entries(desired).map(([name, { ready }]) => [name, ready] as const);
  const clear = said.filter(([, ready]) => ready === Ready.True || ready === Ready.False);
  return Object.fromEntries(clear.map(([name, ready]) => [name, ready === Ready.True]));
}

function statusOf(composite: ResourceState | undefined): object {
  const status = composite?.resource?.["status"];
  return typeof status === "object" && status !== null ? status : {};
}

const objectOf = ({ resource }: ResourceState) => resource as unknown as Resource;
