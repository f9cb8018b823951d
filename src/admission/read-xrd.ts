import { type XRDLike } from "../schema/derive-crd.js";
import { isRecord } from "../schema/json.js";

/**
 * A parsed object as an XRD, as far as Crossplane reads it to derive CRDs. What is missing is empty, as where Go reads
 * it, but for names and lists, which are checked.
 *
 * @throws Error that names the field
 */
export function readXRD(object: unknown): XRDLike {
  const xrd = record(object, "the object");
  const spec = record(xrd["spec"] ?? {}, "spec");
  const versions = spec["versions"] ?? [];
  if (!Array.isArray(versions)) throw wrong("spec.versions", "a list");
  record(xrd["metadata"] ?? {}, "metadata");
  record(spec["names"] ?? {}, "spec.names");
  record(spec["claimNames"] ?? {}, "spec.claimNames");
  for (const [index, version] of versions.entries()) {
    const at = `spec.versions[${index}]`;
    const { schema } = record(version, at);
    const { openAPIV3Schema } = record(schema ?? {}, `${at}.schema`);
    record(openAPIV3Schema ?? {}, `${at}.schema.openAPIV3Schema`);
  }
  return {
    ...xrd,
    spec: { ...spec, group: spec["group"] ?? "", names: spec["names"] ?? {}, versions },
  } as unknown as XRDLike;
}

function record(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw wrong(path, "an object");
}

function wrong(path: string, what: string): Error {
  return new Error(`cannot read the XRD: ${path} must be ${what}`);
}
