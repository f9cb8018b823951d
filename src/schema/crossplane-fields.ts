import { type OpenAPI } from "./openapi.js";

/** The scopes of composite resources. LegacyCluster is that of Crossplane v1: it alone offers claims. */
export type CompositeScope = "Namespaced" | "Cluster" | "LegacyCluster";

/** What decides which fields Crossplane adds. */
export interface CompositeForm {
  readonly scope: CompositeScope;
  /** The default of compositionUpdatePolicy. Default: none. */
  readonly updatePolicy?: string;
}

/** The scope of an XRD of the toolkit's own. */
export function scopeOf({ claim, scope = "Namespaced" }: { scope?: CompositeScope; claim?: unknown }): CompositeScope {
  return claim ? "LegacyCluster" : scope;
}

/** The default that the API server writes into defaultCompositionUpdatePolicy of an XRD. */
export const UPDATE_POLICY = "Automatic";

/** The default that the API server writes into defaultCompositeDeletePolicy of an XRD. */
export const DELETE_POLICY = "Background";

type Properties = Readonly<Record<string, OpenAPI>>;

/** The fields that Crossplane adds, in place of those of the same names. */
export interface AddedFields {
  readonly spec: Properties;
  readonly status: Properties;
}

/**
 * The fields that Crossplane adds to the CRD of an XR: below `spec.crossplane`, or in the legacy form in `spec` itself.
 * As Crossplane v2 does it (crossplane-runtime, pkg/xcrd).
 */
export function crossplaneFields({ scope, updatePolicy }: CompositeForm): AddedFields {
  const properties = { ...composition(updatePolicy), resourceRefs: refs(scope !== "Namespaced") };
  if (scope === "LegacyCluster") {
    return { spec: { ...properties, ...LEGACY_SPEC }, status: { conditions: CONDITIONS, ...LEGACY_STATUS } };
  }
  const description = "Configures how Crossplane will reconcile this composite resource";
  return { spec: { crossplane: { type: "object", description, properties } }, status: { conditions: CONDITIONS } };
}

/** The fields that Crossplane adds to the CRD of a claim. `deletePolicy` is the default of compositeDeletePolicy, if any. */
export function claimFields(deletePolicy?: string): AddedFields {
  const spec = {
    ...composition(undefined),
    compositeDeletePolicy: choice(["Background", "Foreground"], deletePolicy),
    resourceRef: record(["apiVersion", "kind", "name"]),
    writeConnectionSecretToRef: record(["name"]),
  };
  return { spec, status: { conditions: CONDITIONS, ...LEGACY_STATUS } };
}

const TEXT: OpenAPI = { type: "string" };

function composition(updatePolicy: string | undefined): Properties {
  const selector: OpenAPI = {
    type: "object",
    required: ["matchLabels"],
    properties: { matchLabels: { type: "object", additionalProperties: TEXT } },
  };
  return {
    compositionRef: record(["name"]),
    compositionSelector: selector,
    compositionRevisionRef: record(["name"]),
    compositionRevisionSelector: selector,
    compositionUpdatePolicy: choice(["Automatic", "Manual"], updatePolicy),
  };
}

/** What a namespaced XR composes is in its own namespace. */
function refs(anywhere: boolean): OpenAPI {
  const names = ["apiVersion", "kind", "name", ...(anywhere ? ["namespace"] : [])];
  const items = { ...record(names), required: ["apiVersion", "kind"] };
  return { type: "array", items, "x-kubernetes-list-type": "atomic" };
}

function record(names: readonly string[]): OpenAPI {
  return { type: "object", required: names, properties: Object.fromEntries(names.map((name) => [name, TEXT])) };
}

function choice(values: readonly string[], written: string | undefined): OpenAPI {
  return { type: "string", enum: values, ...(written !== undefined && { default: written }) };
}

const TIME: OpenAPI = { type: "string", format: "date-time" };

const LEGACY_SPEC: Properties = {
  claimRef: record(["apiVersion", "kind", "namespace", "name"]),
  writeConnectionSecretToRef: record(["name", "namespace"]),
};

const CONDITIONS: OpenAPI = {
  type: "array",
  description: "Conditions of the resource.",
  "x-kubernetes-list-type": "map",
  "x-kubernetes-list-map-keys": ["type"],
  items: {
    type: "object",
    required: ["lastTransitionTime", "reason", "status", "type"],
    properties: {
      lastTransitionTime: TIME,
      message: TEXT,
      reason: TEXT,
      status: TEXT,
      type: TEXT,
      observedGeneration: { type: "integer", format: "int64" },
    },
  },
};

const LEGACY_STATUS: Properties = {
  connectionDetails: { type: "object", properties: { lastPublishedTime: TIME } },
  claimConditionTypes: { type: "array", items: TEXT, "x-kubernetes-list-type": "set" },
};
