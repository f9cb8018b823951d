import { isRecord } from "../../schema/json.js";
import { childOf, type OpenAPI } from "../../schema/openapi.js";
import { entry, field } from "../../schema/path.js";
import { type Problem } from "../../schema/problem.js";

/**
 * Where null stands that must not. Only what is applied has it: of what is created or updated null is dropped before it
 * is looked at.
 */
export function nullProblems(schema: OpenAPI, value: unknown, path = ""): readonly Problem[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return [];
    return value.flatMap((item, index) => problemsAt(items, item, entry(path, index)));
  }
  if (!isRecord(value)) return [];
  return Object.keys(value).flatMap((key) => {
    const child = childOf(schema, key);
    const at = schema.properties ? field(path, key) : entry(path, key);
    return typeof child === "object" ? problemsAt(child, value[key], at) : [];
  });
}

function problemsAt(schema: OpenAPI, value: unknown, path: string): readonly Problem[] {
  if (value !== null) return nullProblems(schema, value, path);
  if (schema.nullable || schema.default !== undefined || schema.type === undefined) return [];
  const article = /^[aeiou]/.test(schema.type) ? "an" : "a";
  return [{ path, message: `must be ${article} ${schema.type}, not null` }];
}
