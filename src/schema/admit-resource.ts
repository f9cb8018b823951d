import { type Admission, type AdmitOptions, admit } from "./admit.js";
import { isDNSSubdomain } from "./dns-name.js";
import { isRecord } from "./json.js";
import { type OpenAPI } from "./openapi.js";
import { type Problem, show } from "./problem.js";

/** A CRD, as far as an object is admitted by it; of the toolkit's own or of anybody's. */
export interface CRDLike {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served?: boolean;
      readonly schema?: { readonly openAPIV3Schema?: OpenAPI };
    }[];
  };
}

/**
 * What the API server makes of a whole object that is written: see {@link admit}. Its kind and version are those of the
 * CRD, it has a name that Kubernetes allows, and what else is in its metadata stays as it is.
 */
export function admitResource(crd: CRDLike, resource: unknown, options: AdmitOptions = {}): Admission {
  if (!isRecord(resource)) return refuse(resource, ".", `must be an object, not ${show(resource)}`);
  const { apiVersion, kind } = resource;
  const { group, names, versions } = crd.spec;
  const served = versions.filter((version) => version.served !== false);
  const version = served.find(({ name }) => apiVersion === `${group}/${name}`);
  const offered = served.map(({ name }) => `${group}/${name}`).join(" or ");
  if (!version) return refuse(resource, "apiVersion", `must be ${offered}, not ${show(apiVersion)}`);
  if (kind !== names.kind) return refuse(resource, "kind", `must be ${names.kind}, not ${show(kind)}`);
  const schema = { ...version.schema?.openAPIV3Schema, "x-kubernetes-embedded-resource": true };
  const admission = admit(schema, resource, "", options);
  const wrong = wrongName(resource["metadata"]);
  return wrong ? { ...admission, problems: [wrong, ...admission.problems] } : admission;
}

function refuse(value: unknown, path: string, message: string): Admission {
  return { value, problems: [{ path, message }], unchecked: [], pruned: [] };
}

function wrongName(metadata: unknown): Problem | undefined {
  const { generateName, name } = isRecord(metadata) ? metadata : {};
  const path = "metadata.name";
  if (name === undefined || name === "") return generateName ? undefined : { path, message: "is required" };
  if (typeof name === "string" && isDNSSubdomain(name)) return undefined;
  return {
    path,
    message: `must be lower-case letters, digits, - and ., and begin and end with a letter or digit, not ${show(name)}`,
  };
}
