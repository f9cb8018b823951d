import { type OpenAPI } from "./openapi.js";

/**
 * The schema of a status as the API server gets it. A status is reported bit by bit, and one that is refused fails the
 * whole reconcile: nothing is required but the keys of lists, and there are no rules.
 */
export function lenient(schema: OpenAPI): OpenAPI {
  const { required: _, "x-kubernetes-validations": _rules, ...rest } = schema;
  const { additionalProperties, items, properties } = schema;
  return {
    ...rest,
    ...(properties && { properties: mapValues(properties, lenient) }),
    ...(items && { items: withKeys(items, schema["x-kubernetes-list-map-keys"]) }),
    ...(additionalProperties && { additionalProperties: lenient(additionalProperties) }),
  };
}

function withKeys(items: OpenAPI, keys: readonly string[] = []): OpenAPI {
  const required = items.required?.filter((name) => keys.includes(name)) ?? [];
  return { ...lenient(items), ...(required.length && { required }) };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, make: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value)]));
}
