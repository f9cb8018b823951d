import { isRecord } from "../schema/json.js";
import { type Problem, show } from "../schema/problem.js";
import { re2 } from "../schema/re2.js";
import { UNSUPPORTED } from "./refuse-unsupported.js";

/**
 * What makes a schema unusable: what is no structural schema, so that the API server would refuse or not serve the CRD.
 * The cost of CEL rules and whether defaults are valid are not looked at.
 *
 * @param path where the schema stands in the CRD, for messages
 */
export function checkSchema(schema: unknown, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (at: string, message: string) => problems.push({ path: at, message });
  visit(schema, path, "root", report);
  return problems;
}

type Report = (path: string, message: string) => void;

/** Where a schema stands: what is within allOf and its like says nothing of types. */
type Place = "root" | "within" | "junctor";

function visit(schema: unknown, path: string, place: Place, report: Report): void {
  if (!isRecord(schema)) {
    report(path, `must be a schema, not ${show(schema)}`);
    return;
  }
  if (!checkKeywords(schema, path, report)) return;
  checkPattern(schema["pattern"], `${path}.pattern`, report);
  for (const key of UNSUPPORTED) {
    if (schema[key] !== undefined) report(`${path}.${key}`, "must be left out: a structural schema has no such thing");
  }
  if (place !== "junctor") {
    checkType(schema, path, place, report);
    checkList(schema, path, report);
    checkObject(schema, path, place, report);
  }
  const below = place === "junctor" ? "junctor" : "within";
  for (const [key, child] of entries(schema["properties"])) visit(child, `${path}.properties[${key}]`, below, report);
  if (isThere(schema["items"])) visit(schema["items"], `${path}.items`, below, report);
  const { additionalProperties: more } = schema;
  if (isThere(more) && more !== true) visit(more, `${path}.additionalProperties`, below, report);
  for (const key of ["allOf", "anyOf", "oneOf"]) {
    for (const [index, child] of entries(schema[key])) visit(child, `${path}.${key}[${index}]`, "junctor", report);
  }
  if (isThere(schema["not"])) visit(schema["not"], `${path}.not`, "junctor", report);
}

/** The JSON types of what a schema may say, as far as they matter here. */
const KEYWORDS: Readonly<Record<string, "string" | "boolean" | "number" | "array" | "object">> = {
  type: "string",
  format: "string",
  pattern: "string",
  nullable: "boolean",
  enum: "array",
  required: "array",
  allOf: "array",
  anyOf: "array",
  oneOf: "array",
  properties: "object",
  minLength: "number",
  maxLength: "number",
  minItems: "number",
  maxItems: "number",
  minProperties: "number",
  maxProperties: "number",
  minimum: "number",
  maximum: "number",
  multipleOf: "number",
  exclusiveMinimum: "boolean",
  exclusiveMaximum: "boolean",
  uniqueItems: "boolean",
  "x-kubernetes-list-map-keys": "array",
  "x-kubernetes-list-type": "string",
  "x-kubernetes-map-type": "string",
  "x-kubernetes-validations": "array",
  "x-kubernetes-preserve-unknown-fields": "boolean",
  "x-kubernetes-embedded-resource": "boolean",
  "x-kubernetes-int-or-string": "boolean",
};

function checkKeywords(schema: Readonly<Record<string, unknown>>, path: string, report: Report): boolean {
  const wrong = Object.entries(KEYWORDS).filter(([key, type]) => isThere(schema[key]) && typeOf(schema[key]) !== type);
  for (const [key, type] of wrong) {
    report(
      `${path}.${key}`,
      `must be ${type === "array" || type === "object" ? "an" : "a"} ${type}, not ${show(schema[key])}`,
    );
  }
  const rules = Array.isArray(schema["x-kubernetes-validations"]) ? schema["x-kubernetes-validations"] : [];
  for (const [index, rule] of rules.entries()) {
    if (isRecord(rule) && typeof rule["rule"] === "string" && rule["rule"].trim() !== "") continue;
    report(`${path}.x-kubernetes-validations[${index}].rule`, "is required");
  }
  return wrong.length === 0;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "bigint" ? "number" : typeof value;
}

function checkPattern(pattern: unknown, path: string, report: Report): void {
  if (typeof pattern !== "string") return;
  try {
    re2(pattern);
  } catch (error) {
    report(path, `must be a pattern: ${(error as Error).message}`);
  }
}

const TYPES = ["object", "array", "string", "integer", "number", "boolean"];

function checkType(schema: Readonly<Record<string, unknown>>, path: string, place: Place, report: Report): void {
  const { type } = schema;
  const at = `${path}.type`;
  const open = schema["x-kubernetes-int-or-string"] === true || schema["x-kubernetes-preserve-unknown-fields"] === true;
  if (place === "root" || schema["x-kubernetes-embedded-resource"] === true) {
    if (type !== "object") report(at, `must be object, not ${show(type)}`);
  } else if (type === undefined || type === "") {
    if (!open) report(at, "is required");
  } else if (!TYPES.includes(type as string)) report(at, `must be one of ${TYPES.join(", ")}, not ${show(type)}`);
  if (schema["x-kubernetes-preserve-unknown-fields"] === false) {
    report(`${path}.x-kubernetes-preserve-unknown-fields`, "must be true, or left out");
  }
}

function checkList(schema: Readonly<Record<string, unknown>>, path: string, report: Report): void {
  const { items, type } = schema;
  if (type === "array" && !isThere(items)) report(`${path}.items`, "is required");
  if (schema["uniqueItems"] === true) report(`${path}.uniqueItems`, "must be left out: use a list of type set");
  const kind = schema["x-kubernetes-list-type"];
  if (!isThere(kind)) return;
  const at = `${path}.x-kubernetes-list-type`;
  if (kind !== "atomic" && kind !== "set" && kind !== "map") {
    report(at, `must be one of atomic, set, map, not ${show(kind)}`);
    return;
  }
  if (type !== "array") report(at, "must be left out where the type is not array");
  if (kind !== "map" || !isRecord(items)) return;
  const keys = (schema["x-kubernetes-list-map-keys"] ?? []) as readonly unknown[];
  if (keys.length === 0) report(`${path}.x-kubernetes-list-map-keys`, "is required in a list of type map");
  for (const key of keys) {
    if (isRecord(items["properties"]) && Object.hasOwn(items["properties"], String(key))) continue;
    report(`${path}.x-kubernetes-list-map-keys`, `must be fields of the items, and ${show(key)} is none`);
  }
}

function checkObject(schema: Readonly<Record<string, unknown>>, path: string, place: Place, report: Report): void {
  const { additionalProperties: more, properties } = schema;
  if (!isThere(more)) return;
  const at = `${path}.additionalProperties`;
  if (place === "root") report(at, "must not be used at the root");
  if (more !== true && entries(properties).length > 0) report(at, "must not be used together with properties");
}

/** In Go, null is as if it were not there. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
