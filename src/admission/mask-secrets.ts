import { masker } from "../resource/secrets.js";
import { isRecord } from "../schema/json.js";
import { childOf, type OpenAPI } from "../schema/openapi.js";
import { type Problem, show } from "../schema/problem.js";

/**
 * Hides in a message what is secret in the value that it is about: fields of format password, and data and stringData
 * of Secrets anywhere in it.
 */
export function maskSecrets(schema: OpenAPI, value: unknown): (problem: Problem) => Problem {
  let mask: ((text: string) => string) | undefined;
  return ({ path, message }) => {
    mask ??= maskOf(schema, value);
    return { path, message: mask(message) };
  };
}

function maskOf(schema: OpenAPI, value: unknown): (text: string) => string {
  const secrets = new Set<unknown>();
  collect(schema, value, secrets);
  const texts = [...secrets].map(String);
  const hide = masker({ details: [Object.fromEntries(texts.entries())], objects: [], clear: [] });
  // As messages quote them, whatever their length.
  const shown = [...secrets].filter((secret) => typeof secret === "string").map(show);
  return (text) => hide(shown.reduce((masked, quoted) => masked.replaceAll(quoted, '"***"'), text));
}

function collect(schema: OpenAPI | undefined, value: unknown, into: Set<unknown>): void {
  if (schema?.format === "password") scalars(value, into);
  if (Array.isArray(value)) for (const item of value) collect(schema?.items, item, into);
  if (!isRecord(value)) return;
  if (value["kind"] === "Secret" && value["apiVersion"] === "v1") {
    scalars(value["data"], into);
    scalars(value["stringData"], into);
  }
  for (const [key, inner] of Object.entries(value)) collect(schema && childOf(schema, key), inner, into);
}

function scalars(value: unknown, into: Set<unknown>): void {
  if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) scalars(inner, into);
  else if (value !== undefined && value !== null && typeof value !== "boolean") into.add(value);
}
