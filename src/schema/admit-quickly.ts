import { type Admission, admit } from "./admit.js";
import { isInteger, isRecord } from "./json.js";
import { type OpenAPI } from "./openapi.js";
import { Findings } from "./problem.js";
import { type Check } from "./validate.js";
import { validateNumber, validateString } from "./validate-scalar.js";

/**
 * What {@link admit} makes of a value, without rules and without what went: in a fraction of the time where nothing is wrong
 * and no default is missing, as in what the API server has admitted. What a schema asks for is found out once.
 */
export function admitQuickly(
  schema: OpenAPI,
  value: unknown,
  path: string,
  check: Check,
): Pick<Admission, "value" | "problems"> {
  const admitted = quick(schema, check)(value);
  return admitted === UNSURE ? admit(schema, value, path, { check }) : { value: admitted, problems: [] };
}

/** What a value is admitted as; {@link UNSURE} where somebody has to look closer, perhaps since something is wrong. */
type Quick = (value: unknown) => unknown;

const UNSURE = Symbol("unsure");
const unsure: Quick = () => UNSURE;

function quick(schema: OpenAPI, check: Check): Quick {
  const known = made[check].get(schema) ?? quickFor(schema, check);
  made[check].set(schema, known);
  return known;
}

const made: Readonly<Record<Check, WeakMap<OpenAPI, Quick>>> = { full: new WeakMap(), shape: new WeakMap() };

function quickFor(schema: OpenAPI, check: Check): Quick {
  if (ODD.some((keyword) => schema[keyword] !== undefined)) return unsure;
  if (check === "full" && (schema["x-kubernetes-list-type"] ?? "atomic") !== "atomic") return unsure;
  switch (schema.type) {
    case "object":
      return quickObject(schema, check);
    case "array":
      return quickList(schema, check);
    case "string":
      return checked(schema, check, (value) => typeof value === "string");
    case "boolean":
      return checked(schema, check, (value) => typeof value === "boolean");
    case "integer":
      return checked(schema, check, isInteger);
    case "number":
      return checked(schema, check, Number.isFinite);
    default:
      return unsure;
  }
}

/** What few schemas have. */
const ODD = [
  "nullable",
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "x-kubernetes-embedded-resource",
  "x-kubernetes-int-or-string",
  "x-kubernetes-preserve-unknown-fields",
] as const satisfies readonly (keyof OpenAPI)[];

function checked(schema: OpenAPI, check: Check, fits: (value: unknown) => boolean): Quick {
  if (check === "shape" || !CONSTRAINTS.some((keyword) => schema[keyword] !== undefined)) {
    return (value) => (fits(value) ? value : UNSURE);
  }
  const choices = schema.enum?.length ? new Set(schema.enum) : undefined;
  return (value) => {
    if (!fits(value) || choices?.has(value) === false) return UNSURE;
    const findings = new Findings();
    if (typeof value === "string") validateString(schema, value, "", findings);
    if (typeof value === "number") validateNumber(schema, value, "", findings);
    return findings.problems.length > 0 ? UNSURE : value;
  };
}

/** What may be wrong with a scalar that has the right type. */
const CONSTRAINTS = [
  "enum",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "multipleOf",
] as const satisfies readonly (keyof OpenAPI)[];

function quickList({ items, minItems, maxItems, ...schema }: OpenAPI, check: Check): Quick {
  if (items === undefined || schema.enum !== undefined) return unsure;
  const [fewest, most] = bounds(check, minItems, maxItems);
  const quickItem = quick(items, check);
  return (value) => {
    if (!Array.isArray(value) || value.length < fewest || value.length > most) return UNSURE;
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const item = quickItem(value[index]);
      if (item === UNSURE) return UNSURE;
      if (item !== value[index]) copy ??= value.slice(0, index);
      copy?.push(item);
    }
    return copy ?? value;
  };
}

function quickObject({ properties = {}, additionalProperties, ...schema }: OpenAPI, check: Check): Quick {
  if ((additionalProperties as unknown) === true || schema.enum !== undefined) return unsure;
  const fields = new Map(Object.entries(properties).map(([name, child]) => [name, quick(child, check)]));
  const rest = additionalProperties && quick(additionalProperties, check);
  const [fewest, most] = bounds(check, schema.minProperties, schema.maxProperties);
  const withDefault = Object.keys(properties).filter((name) => properties[name]?.default !== undefined);
  const needed = [...new Set([...(schema.required ?? []), ...withDefault])];
  return (value) => {
    if (!isRecord(value) || needed.some((name) => !Object.hasOwn(value, name))) return UNSURE;
    const keys = Object.keys(value);
    let copy: Record<string, unknown> | undefined;
    let left = 0;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? "";
      const before = value[key];
      if (before === undefined || key === "__proto__") return UNSURE;
      const quickField = fields.get(key) ?? rest;
      // What is not known goes.
      const after = quickField?.(before);
      if (after === UNSURE) return UNSURE;
      if (after !== before) copy ??= beginning(value, keys, index);
      if (after === undefined) continue;
      if (copy) copy[key] = after;
      left++;
    }
    return left < fewest || left > most ? UNSURE : (copy ?? value);
  };
}

function bounds(check: Check, fewest = 0, most = Number.POSITIVE_INFINITY): readonly [number, number] {
  return check === "full" ? [fewest, most] : [0, Number.POSITIVE_INFINITY];
}

function beginning(value: Readonly<Record<string, unknown>>, keys: readonly string[], length: number) {
  const copy: Record<string, unknown> = {};
  for (let index = 0; index < length; index++) copy[keys[index] ?? ""] = value[keys[index] ?? ""];
  return copy;
}
