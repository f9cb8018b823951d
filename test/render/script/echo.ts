import {
  type Credentials,
  type JsonObject,
  type JsonValue,
  type ResourceState,
  type Resources,
  type RunFunctionRequest,
  type Schema,
  type State,
} from "../../../src/wire/index.js";

/**
 * A Kubernetes object that holds a request: bytes as base64, without the tag, times of this hour as "now", and
 * numbers beyond 2^53, which our own messages refuse, as text. What the message does not have is left out, so that absent and empty differ.
 */
export function echo(request: RunFunctionRequest, name: string): JsonObject {
  const { meta, observed, desired, input, context } = request;
  const { extraResources, requiredResources, requiredSchemas, credentials } = request;
  return {
    apiVersion: "test.example.org/v1",
    kind: "Echo",
    spec: sendable({
      function: name,
      capabilities: [...(meta?.capabilities ?? [])].sort(),
      ...optional("observed", observed && stateOf(observed)),
      ...optional("desired", desired && stateOf(desired)),
      ...optional("input", input),
      ...optional("context", context),
      extraResources: mapValues(extraResources, resourcesOf),
      requiredResources: mapValues(requiredResources, resourcesOf),
      requiredSchemas: mapValues(requiredSchemas, schemaOf),
      credentials: mapValues(credentials, credentialsOf),
    }),
  };
}

function stateOf({ composite, resources }: State): JsonObject {
  return {
    ...optional("composite", composite && resourceOf(composite)),
    resources: mapValues(resources, resourceOf),
  };
}

function resourceOf({ resource, connectionDetails, ready }: ResourceState): JsonObject {
  return {
    ...optional("resource", resource),
    connectionDetails: mapValues(connectionDetails, base64),
    ready,
  };
}

function resourcesOf({ items }: Resources): JsonObject {
  return { items: items.map(resourceOf) };
}

function schemaOf({ openapiV3 }: Schema): JsonObject {
  return optional("openapiV3", openapiV3);
}

function credentialsOf({ credentialData }: Credentials): JsonObject {
  return optional("data", credentialData && mapValues(credentialData.data, base64));
}

function sendable(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sendable);
  if (typeof value === "number") return Math.abs(value) > Number.MAX_SAFE_INTEGER ? `number ${value}` : value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, field]) => [
    key,
    key === "lastTransitionTime" && isNow(field) ? "now" : sendable(field),
  ]);
  return Object.fromEntries(entries) as JsonObject;
}

/**
 * Crossplane marks a condition before it calls the first function, with the time that it is. Ours has the time that is
 * printed instead, so that a render is the same at any time.
 */
function isNow(value: JsonValue): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return false;
  return value === PRINTED || Math.abs(Date.now() - Date.parse(value)) < 3_600_000;
}

const PRINTED = "2024-01-01T00:00:00Z";

function optional(name: string, value: JsonObject | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}

function mapValues<T>(map: Readonly<Record<string, T>>, convert: (value: T) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, convert(value)]));
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
