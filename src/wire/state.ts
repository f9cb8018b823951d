import { type Ready } from "./enums.js";
import { type JsonObject } from "./json.js";

/** A composite resource and what is composed of it: as observed, or as desired. */
export interface State {
  readonly composite: ResourceState | undefined;
  /** By composition resource name. */
  readonly resources: Readonly<Record<string, ResourceState>>;
}

/** One resource. `Resource` in the proto; named apart from the Kubernetes object within it. */
export interface ResourceState {
  /** The Kubernetes object. */
  readonly resource: JsonObject | undefined;
  /** Raw bytes, not base64. Observed resources carry them; of the desired ones, the composite alone may. */
  readonly connectionDetails: Readonly<Record<string, Uint8Array>>;
  readonly ready: Ready;
}
