import { isRecord } from "../schema/json.js";
import { type OpenAPI } from "../schema/openapi.js";

/**
 * Writes the defaults of a structural schema into a value, and does nothing else: unknown fields stay, and null is
 * replaced only where a default is to stand (Kubernetes' apiserver/schema/defaulting, Default). The input is not
 * changed; what did not change is shared with it.
 */
export function structuralDefaults(schema: OpenAPI | undefined, value: unknown): unknown {
  if (!isSchema(schema)) return value;
  if (Array.isArray(value)) {
    const { items } = schema;
    const result = value.map((item) => structuralDefaults(items, isMisplacedNull(item, items) ? initial(items) : item));
    return result.every((item, index) => item === value[index]) ? value : result;
  }
  return isRecord(value) ? withDefaults(schema, value) : value;
}

function withDefaults(schema: OpenAPI, value: Readonly<Record<string, unknown>>): object {
  const entries = new Map(Object.entries(value).filter(([, written]) => written !== undefined));
  const properties = new Map(Object.entries(schema.properties ?? {}));
  for (const [key, property] of properties) {
    if (initial(property) === null) continue;
    if (!entries.has(key) || isMisplacedNull(entries.get(key), property)) entries.set(key, initial(property));
  }
  const { additionalProperties } = schema;
  for (const [key, written] of entries) {
    const property = properties.get(key);
    if (properties.has(key)) entries.set(key, structuralDefaults(property, written));
    else {
      const placed = isMisplacedNull(written, additionalProperties) ? initial(additionalProperties) : written;
      entries.set(key, structuralDefaults(additionalProperties, placed));
    }
  }
  const same = [...entries].every(([key, written]) => Object.hasOwn(value, key) && value[key] === written);
  return same ? value : Object.fromEntries(entries);
}

/** A fresh copy of the default of a schema; null where there is none. */
function initial(schema: OpenAPI | undefined): unknown {
  return structuredClone(schema?.default ?? null);
}

/** Null where null is not allowed. What may be anything may be null. */
function isMisplacedNull(value: unknown, schema: OpenAPI | undefined): boolean {
  return value === null && isSchema(schema) && schema.nullable !== true;
}

/** In the CRDs of others, additionalProperties may be a boolean. */
function isSchema(schema: OpenAPI | undefined): schema is OpenAPI {
  return isRecord(schema);
}
