import { type OpenAPI } from "./openapi.js";

/** What decides which fields Crossplane adds. */
interface Form {
  readonly scope?: "Namespaced" | "Cluster";
  readonly claim?: unknown;
}

type Properties = Readonly<Record<string, OpenAPI>>;

/**
 * The fields that Crossplane adds to the CRD of an XR, in place of those of the same names: below `spec.crossplane`, or
 * in the legacy form in `spec` itself. As Crossplane v2 does it (crossplane-runtime, pkg/xcrd), with the defaults that
 * the XRD gets when it is created.
 */
export function crossplaneFields({ claim, scope }: Form): { readonly spec: Properties; readonly status: Properties } {
  if (claim) {
    const spec = { ...composition(UPDATE_POLICY_DEFAULT), resourceRefs: refs(true), ...LEGACY_SPEC };
    return { spec, status: { conditions: CONDITIONS, ...LEGACY_STATUS } };
  }
  const properties = { ...composition(UPDATE_POLICY_DEFAULT), resourceRefs: refs(scope === "Cluster") };
  const description = "Configures how Crossplane will reconcile this composite resource";
  return { spec: { crossplane: { type: "object", description, properties } }, status: { conditions: CONDITIONS } };
}

/** The fields that Crossplane adds to the CRD of a claim. */
export function claimFields(): { readonly spec: Properties; readonly status: Properties } {
  const spec = {
    ...composition({}),
    compositeDeletePolicy: { ...choice("Background", "Foreground"), default: "Background" },
    resourceRef: record(["apiVersion", "kind", "name"]),
    writeConnectionSecretToRef: record(["name"]),
  };
  return { spec, status: { conditions: CONDITIONS, ...LEGACY_STATUS } };
}

const TEXT: OpenAPI = { type: "string" };

const UPDATE_POLICY_DEFAULT = { default: "Automatic" };

function composition(updatePolicy: Pick<OpenAPI, "default">): Properties {
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
    compositionUpdatePolicy: { ...choice("Automatic", "Manual"), ...updatePolicy },
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

function choice(...values: readonly string[]): OpenAPI {
  return { type: "string", enum: values };
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
