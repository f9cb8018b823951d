import { escapeName } from "./cel-name.js";
import { type OpenAPI, type Rule } from "./openapi.js";
import { entry, field } from "./path.js";
import { isTransition, outsideStrings } from "./rule.js";
import { isVisible, typesOf } from "./types.js";

/** What a schema is part of. */
export interface Surroundings {
  /** The collection without a bound above it, and the option that would bound it. */
  readonly unbounded?: { readonly path: string; readonly option: string };
  /** The list above it whose items the API server cannot tell from what they were. */
  readonly atomic?: string;
  /** Whether it is there once for each item of a collection. */
  readonly repeated?: boolean;
}

/** What is wrong with the rules of one schema. */
export function lintRules(
  schema: OpenAPI,
  path: string,
  around: Surroundings,
  report: (message: string) => void,
): void {
  for (const rule of schema["x-kubernetes-validations"] ?? []) {
    const message = wrongText(rule) ?? unreachable(schema, rule, around) ?? tooCostly(schema, rule, path, around);
    if (message) report(message);
  }
}

function wrongText({ message, rule }: Rule): string | undefined {
  if (!rule.trim()) return "must not have an empty rule";
  if (message !== undefined && !message.trim()) return `must not have an empty message for the rule ${rule}`;
  if (message && /[\r\n]/.test(message.trim())) return `must have a message in one line for the rule ${rule}`;
  return !message && /[\r\n]/.test(rule.trim()) ? "must have a message for a rule of several lines" : undefined;
}

function unreachable(schema: OpenAPI, rule: Rule, { atomic }: Surroundings): string | undefined {
  if (!isVisible(schema))
    return `must not have a rule (${rule.rule}): CEL does not see what is anything, nor lists and maps of it`;
  if (atomic === undefined || !isTransition(rule)) return undefined;
  return `must not have a rule with oldSelf (${rule.rule}): what an item of ${atomic} was cannot be told, unless its list has a key`;
}

function tooCostly(schema: OpenAPI, { rule }: Rule, path: string, around: Surroundings): string | undefined {
  const { unbounded } = around;
  if (unbounded)
    return `must not have a rule (${rule}) unless ${unbounded.path} has ${unbounded.option}: it would cost too much`;
  const read = unboundedIn(schema, path, cheap(rule), around.repeated === true, true);
  return (
    read &&
    `must not have a rule (${rule}) that reads ${read.path} unless that has ${read.option}: it would cost too much`
  );
}

/** A rule without what costs nothing, however large: whether a field is there, and how many items it has. */
function cheap(rule: string): string {
  const free = /\bhas\(\s*[\w.]+\s*\)|\bsize\(\s*[\w.]+\s*\)|(?<=\.)\w+\.size\(\s*\)/g;
  return outsideStrings(rule, (code) => code.replace(free, ""), '""');
}

/** Functions that read a text again and again, or make others of it. */
const SLOW = /\b(?:matches|find|findAll|split|replace|contains|indexOf|lastIndexOf)\s*\(/;

/**
 * The first collection without a bound that a rule reads, or text where that would cost too much: once for each item
 * of a collection, or by a slow function. `top` is the schema of the rule itself.
 */
function unboundedIn(
  schema: OpenAPI,
  path: string,
  rule: string,
  repeated: boolean,
  top = false,
): { readonly path: string; readonly option: string } | undefined {
  const { additionalProperties, items, properties } = schema;
  if (items && schema.maxItems === undefined) return { path, option: "maxItems" };
  if (items) return unboundedIn(items, entry(path, "*"), rule, true);
  if (additionalProperties) {
    if (schema.maxProperties === undefined) return { path, option: "maxProperties" };
    return unboundedIn(additionalProperties, entry(path, "*"), rule, true);
  }
  if (properties) return unboundedField(properties, path, rule, repeated, top);
  return isLong(schema) && (repeated || SLOW.test(rule)) ? { path, option: "maxLength" } : undefined;
}

/** Where a rule names fields of an object it reads those; where it names none, it reads the object as a whole. */
function unboundedField(
  properties: Readonly<Record<string, OpenAPI>>,
  path: string,
  rule: string,
  repeated: boolean,
  top: boolean,
): { readonly path: string; readonly option: string } | undefined {
  const names = Object.keys(properties);
  const named = names.filter((name) => mentions(rule, name));
  const whole = top ? /\b(?:self|oldSelf)\b(?!\s*[.[])/.test(rule) : named.length === 0;
  for (const name of whole ? names : named) {
    const child = properties[name];
    const found = child && unboundedIn(child, field(path, name), rule, repeated);
    if (found) return found;
  }
  return undefined;
}

function mentions(rule: string, name: string): boolean {
  const escaped = escapeName(name).replace(/[^\w]/g, "\\$&");
  return new RegExp(`\\b${escaped}\\b`).test(rule);
}

/** Whether a text has no bound that the API server counts with. */
function isLong(schema: OpenAPI): boolean {
  if (!typesOf(schema).includes("string") || schema.maxLength !== undefined || schema.enum) return false;
  return !["date", "date-time", "duration"].includes(schema.format ?? "");
}
