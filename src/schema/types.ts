import { typeName } from "./json.js";
import { type OpenAPI, type OpenAPIType } from "./openapi.js";

/** The types that a schema allows; none where it allows anything. */
export function typesOf(schema: OpenAPI): readonly OpenAPIType[] {
  if (schema["x-kubernetes-int-or-string"]) return INT_OR_STRING;
  return schema.type ? [schema.type] : [];
}

const INT_OR_STRING: readonly OpenAPIType[] = ["integer", "string"];

/**
 * Whether a value has a type that the schema allows. Stricter than the API server in one place: that passes a list
 * where a text with a format is asked for, which would belie the types of whoever reads it.
 */
export function fits(schema: OpenAPI, value: unknown): boolean {
  const types = typesOf(schema);
  if (types.length === 0) return true;
  if (value === null) return schema.nullable === true;
  const type = typeName(value);
  return types.some((allowed) => allowed === type || (allowed === "number" && type === "integer"));
}

/** Such as `a string` or `an integer or a string`. */
export function typesInWords(schema: OpenAPI): string {
  return typesOf(schema)
    .map((type) => WORDS[type])
    .join(" or ");
}

const WORDS: Readonly<Record<OpenAPIType, string>> = {
  array: "a list",
  boolean: "a boolean",
  integer: "an integer",
  number: "a number",
  object: "an object",
  string: "a string",
};

/** Whether CEL sees values of a schema: not what is anything, nor a list or map of that. */
export function isVisible(schema: OpenAPI): boolean {
  const { additionalProperties, items } = schema;
  if (schema.type === "array") return items !== undefined && isVisible(items);
  if (schema.type === "object" && additionalProperties) return isVisible(additionalProperties);
  return typesOf(schema).length > 0;
}
