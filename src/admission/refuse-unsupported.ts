import { isRecord } from "../schema/json.js";

/**
 * Refuses schemas that Kubernetes cannot convert into structural ones (apiserver/schema, NewStructural). This is not
 * all that the API server asks of a CRD.
 *
 * @throws Error in Kubernetes' words
 */
export function refuseUnsupported(schema: unknown): void {
  if (!isRecord(schema)) return;
  for (const key of UNSUPPORTED)
    if (isThere(schema[key])) throw new Error(`OpenAPIV3Schema '${key.replace("$s", "s")}' is not supported`);
  if (schema["x-kubernetes-preserve-unknown-fields"] === false) {
    throw new Error("internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined");
  }
  if (Array.isArray(schema["items"]) && schema["items"].length > 0)
    throw new Error("OpenAPIV3Schema 'items' must be a schema, but is an array");
  for (const key of ["not", "items", "additionalProperties"]) refuseUnsupported(schema[key]);
  for (const key of ["allOf", "anyOf", "oneOf"]) each(schema[key]);
  each(schema["properties"]);
}

/** What no structural schema has, in the order in which Kubernetes refuses it. */
export const UNSUPPORTED: readonly string[] = [
  "id",
  "$schema",
  "$ref",
  "patternProperties",
  "dependencies",
  "additionalItems",
  "definitions",
];

/** In Go, what is empty is as if it were not there. */
function isThere(value: unknown): boolean {
  if (typeof value === "boolean") return true;
  return isRecord(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function each(schemas: unknown): void {
  if (typeof schemas !== "object" || schemas === null) return;
  for (const schema of Object.values(schemas)) refuseUnsupported(schema);
}
