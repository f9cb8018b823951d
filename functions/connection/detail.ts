import { type AnyXR, type Base64, type Composite, encodeBase64, fatal, type Glance } from "trimtab";
import { parseFieldPath, valueAt } from "./field-path.js";
import { type Detail } from "./input.js";

/** Where values are read from. */
export interface Place {
  readonly xr: Composite<AnyXR>;
  readonly sight: Pick<Glance<unknown>, "others" | "reported">;
  /** Where the detail stands in the input, for messages. */
  readonly field: string;
}

export type Found = { readonly data: Base64 } | { readonly missing: string };

/** The value of one key, or what it lacks. Refuses what is no single value. */
export function readDetail(detail: Detail, place: Place): Found {
  const { type, resource = "", fromConnectionSecretKey = "", fromFieldPath = "", value = "" } = detail;
  const { xr, sight } = place;
  if (type === "FromValue") return { data: encodeBase64(value) };
  if (type === "FromCompositeFieldPath") {
    const { kind, metadata, spec } = xr;
    return readField({ kind, metadata, spec, status: sight.reported }, fromFieldPath, `the ${kind}`, place);
  }
  const { object, connectionData } = sight.others(resource);
  if (!object) return { missing: `the resource ${resource}` };
  if (type === "FromFieldPath") return readField(object, fromFieldPath, resource, place);
  const data = Object.hasOwn(connectionData, fromConnectionSecretKey) && connectionData[fromConnectionSecretKey];
  return data ? { data } : { missing: `the connection detail ${fromConnectionSecretKey} of ${resource}` };
}

function readField(object: unknown, path: string, owner: string, { field }: Place): Found {
  const value = valueAt(object, parseFieldPath(path));
  // Providers publish the empty string before they know better.
  if (value === undefined || value === null || value === "") return { missing: `${path} of ${owner}` };
  const problem = problemOf(value);
  if (problem) fatal(`${field}.fromFieldPath: ${path} of ${owner} is ${problem}`);
  return { data: encodeBase64(String(value)) };
}

function problemOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return "a list: choose one item, such as with [0]";
  if (typeof value === "object") return "an object: choose one of its fields";
  if (typeof value !== "number" || !Number.isInteger(value) || Number.isSafeInteger(value)) return undefined;
  return "a number above 2^53, which arrives rounded: choose a field that has it as text";
}
