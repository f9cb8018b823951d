import { type AnyXR, type Composite } from "trimtab";
import { parseFieldPath } from "./field-path.js";
import { type Connection, type Detail, type SecretInput } from "./input.js";

/** What in the input cannot be done, each with field, value and remedy, beyond what its schema says. */
export function refusals(input: Connection, xr: Composite<AnyXR>): readonly string[] {
  const { secrets, connectionDetails } = input;
  return [
    ...(secrets.length > 0 && xr.namespace === "" ? [withoutNamespace(xr)] : []),
    ...secrets.flatMap((secret, index) => secretRefusals(secret, `input.secrets[${index}]`)),
    ...(connectionDetails ? xrRefusals(connectionDetails, xr) : []),
  ];
}

function withoutNamespace({ kind, metadata }: Composite<AnyXR>): string {
  return `input.secrets: the ${kind} ${metadata.name} is cluster-scoped and was not made by a claim, so it has no namespace to publish a Secret in: offer a namespaced XR or a claim`;
}

function secretRefusals({ name, nameFrom, connectionDetails }: SecretInput, field: string): readonly string[] {
  const both = name !== undefined && nameFrom !== undefined;
  const detail = (each: Detail, index: number) => detailRefusals(each, `${field}.connectionDetails[${index}]`);
  return [
    ...(both ? [`${field} has name and nameFrom: leave one out`] : []),
    ...(nameFrom ? pathRefusals(nameFrom.fieldPath, `${field}.nameFrom.fieldPath`, ["metadata", "spec"]) : []),
    ...connectionDetails.flatMap(detail),
  ];
}

function xrRefusals(details: readonly Detail[], { kind, metadata }: Composite<AnyXR>): readonly string[] {
  if (metadata.namespace) {
    return [
      `input.connectionDetails: the ${kind} ${metadata.name} is namespaced, and such an XR publishes none itself: list them in secrets`,
    ];
  }
  return details.flatMap((detail, index) => {
    const field = `input.connectionDetails[${index}]`;
    const optional = detail.optional ? [`${field}.optional is for secrets alone: leave it out`] : [];
    return [...optional, ...detailRefusals(detail, field)];
  });
}

/** Which fields say where a value comes from. */
const FIELDS = {
  FromConnectionSecretKey: ["resource", "fromConnectionSecretKey"],
  FromFieldPath: ["resource", "fromFieldPath"],
  FromCompositeFieldPath: ["fromFieldPath"],
  FromValue: ["value"],
} as const satisfies Readonly<Record<Detail["type"], readonly (keyof Detail)[]>>;
const ALL = ["resource", "fromConnectionSecretKey", "fromFieldPath", "value"] as const;

function detailRefusals(detail: Detail, field: string): readonly string[] {
  const { name, type, fromFieldPath } = detail;
  const wanted: readonly string[] = FIELDS[type];
  const missing = wanted.filter((key) => detail[key as keyof Detail] === undefined);
  const idle = ALL.filter((key) => !wanted.includes(key) && detail[key] !== undefined);
  const roots = type === "FromCompositeFieldPath" ? ["metadata", "spec", "status"] : [];
  return [
    ...missing.map((key) => `${field} (${name}): ${type} needs ${key}`),
    ...idle.map((key) => `${field} (${name}): ${key} is not for ${type}; leave it out`),
    ...(fromFieldPath === undefined ? [] : pathRefusals(fromFieldPath, `${field}.fromFieldPath`, roots)),
  ];
}

/** @param roots the fields that it may begin with; empty for any */
function pathRefusals(path: string, field: string, roots: readonly string[]): readonly string[] {
  try {
    const [root] = parseFieldPath(path);
    if (roots.length === 0 || roots.includes(String(root))) return [];
    return [`${field} ${path} begins with ${root}: choose a field of the XR's ${roots.join(" or ")}`];
  } catch (error) {
    return [`${field}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
