import { type OpenAPI } from "../schema/index.js";
import { docComment } from "./doc-comment.js";
import { propertyName } from "./identifier.js";
import { knownType } from "./known-type.js";
import { type RuntimeSymbol } from "./runtime-imports.js";

/** What is written: whether with descriptions, and what it uses of the runtime. */
export interface Writer {
  readonly docs: boolean;
  readonly used: Set<RuntimeSymbol>;
}

/** Where in a type a schema stands. */
export interface Place {
  readonly indent: string;
  /** The property that has this type, and its description. Default: none. */
  readonly field?: string;
  readonly description?: string | undefined;
}

/** The TypeScript type of the values that a schema takes. */
export function typeText(schema: OpenAPI, place: Place, writer: Writer): string {
  const text = bareText(schema, place, writer);
  return schema.nullable && text !== "unknown" ? `${text} | null` : text;
}

/** Properties as lines of an interface or type literal. */
export function propertyLines(schema: OpenAPI, indent: string, writer: Writer): string {
  return Object.entries(schema.properties ?? {})
    .map(([field, property]) => {
      const { description } = property;
      const optional = schema.required?.includes(field) ? "" : "?";
      const type = typeText(property, { indent, field, description }, writer);
      const doc = writer.docs ? docComment(description, indent) : "";
      return `${doc}${indent}readonly ${propertyName(field)}${optional}: ${type};\n`;
    })
    .join("");
}

function bareText(schema: OpenAPI, place: Place, writer: Writer): string {
  if (schema["x-kubernetes-int-or-string"]) return "number | string";
  const values = schema.enum?.filter(isLiteral) ?? [];
  if (values.length > 0) return [...new Set(values.map((value) => JSON.stringify(value)))].join(" | ");
  if (schema.type === "array") return arrayText(schema.items ?? {}, place, writer);
  if (schema.type === "integer") return "number";
  if (schema.type === "object" || schema.properties) return objectText(schema, place, writer);
  return SCALARS.has(schema.type) ? String(schema.type) : "unknown";
}

const SCALARS: ReadonlySet<string | undefined> = new Set(["string", "number", "boolean"]);

/** Null is left to `nullable`, without which a schema takes none. */
function isLiteral(value: unknown): boolean {
  return SCALARS.has(typeof value);
}

function arrayText(items: OpenAPI, place: Place, writer: Writer): string {
  const text = typeText(items, place, writer);
  const isUnion = items["x-kubernetes-int-or-string"] || items.nullable || (items.enum?.length ?? 0) > 1;
  return isUnion || items.type === "array" ? `readonly (${text})[]` : `readonly ${text}[]`;
}

/** Unknown fields are pruned unless the schema keeps them, so an object without properties takes none. */
function objectText(schema: OpenAPI, { indent, field = "", description }: Place, writer: Writer): string {
  const known = knownType(field, description, schema);
  if (known) {
    writer.used.add(known.symbol);
    return known.text;
  }
  const inner = `${indent}  `;
  const named = propertyLines(schema, inner, writer);
  const rest = restText(schema, { indent: named === "" ? indent : inner }, writer);
  if (named === "") return `{ readonly [key: string]: ${rest ?? "never"} }`;
  return `{\n${named}${rest ? `${inner}readonly [key: string]: ${rest};\n` : ""}${indent}}`;
}

function restText(schema: OpenAPI, place: Place, writer: Writer): string | undefined {
  const { additionalProperties } = schema;
  if (typeof additionalProperties === "object") return typeText(additionalProperties, place, writer);
  // What is left may be the boolean true.
  return additionalProperties || schema["x-kubernetes-preserve-unknown-fields"] ? "unknown" : undefined;
}
