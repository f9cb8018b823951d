import { type AnyXR, type Composite } from "trimtab";
import { isSubdomain } from "../platform/kubernetes-name.js";
import { parseFieldPath, valueAt } from "./field-path.js";
import { type SecretInput } from "./input.js";

/** The name of a Secret, or why it has none. */
export function secretName(
  { name, nameFrom }: SecretInput,
  { metadata, spec, kind }: Composite<AnyXR>,
  field: string,
): { readonly name: string } | { readonly problem: string } {
  if (name !== undefined) return checked(name, `${field}.name`);
  if (nameFrom === undefined) return { problem: `${field} has no name: write name or nameFrom` };
  const { fieldPath, prefix, suffix } = nameFrom;
  const value = valueAt({ metadata, spec }, parseFieldPath(fieldPath));
  if (typeof value !== "string" || value === "") {
    const is = value === undefined || value === "" ? "is not set" : "is not a text";
    return { problem: `${field}.nameFrom: ${fieldPath} of the ${kind} ${metadata.name} ${is}: choose a field that is` };
  }
  return checked(`${prefix}${value}${suffix}`, `${field}.nameFrom`);
}

/** A DNS subdomain, as objects of Kubernetes are called. */
function checked(name: string, field: string): { readonly name: string } | { readonly problem: string } {
  if (name.length > 253)
    return { problem: `${field}: ${name.slice(0, 60)}… has ${name.length} characters, and a name at most 253` };
  if (isSubdomain(name)) return { name };
  return { problem: `${field} ${JSON.stringify(name)} is not a name: use lower-case letters, digits, dashes and dots` };
}
