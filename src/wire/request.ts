import { type Capability } from "./enums.js";
import { type JsonObject } from "./json.js";
import { type ResourceState, type State } from "./state.js";

/** What Crossplane asks of a function. Decoded, each map and list is there, if empty. */
export interface RunFunctionRequest {
  readonly meta: RequestMeta | undefined;
  readonly observed: State | undefined;
  /** What the functions before this one desire. */
  readonly desired: State | undefined;
  /** The input of the Composition's step. */
  readonly input?: JsonObject | undefined;
  readonly context?: JsonObject | undefined;
  /** The older name of `requiredResources`. */
  readonly extraResources: Readonly<Record<string, Resources>>;
  /** By the name that the Composition's step gives them. */
  readonly credentials: Readonly<Record<string, Credentials>>;
  /** By the name under which they were required. */
  readonly requiredResources: Readonly<Record<string, Resources>>;
  readonly requiredSchemas: Readonly<Record<string, Schema>>;
}

export interface RequestMeta {
  /** Says which request this is. The response must repeat it. */
  readonly tag: string;
  readonly capabilities: readonly Capability[];
}

/** What was found for a requirement. No items: Crossplane looked and found none. */
export interface Resources {
  readonly items: readonly ResourceState[];
}

/** Credentials, from one source. */
export interface Credentials {
  readonly credentialData?: CredentialData | undefined;
}

/** The data of a Secret, decoded. */
export interface CredentialData {
  readonly data: Readonly<Record<string, Uint8Array>>;
}

/** The schema of one kind. Without `openapiV3`: Crossplane looked and found none. */
export interface Schema {
  readonly openapiV3?: JsonObject | undefined;
}
