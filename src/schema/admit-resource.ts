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
      readonly subresources?: { readonly status?: object | null } | null;
      readonly schema?: { readonly openAPIV3Schema?: OpenAPI };
    }[];
  };
}

/**
 * What the API server makes of a whole object that is written: see {@link admit}. Its kind and version are those of the
 * CRD, and its metadata is such as Kubernetes allows. Whether it has to be in a namespace is not looked at.
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
  const admission = admit(asResource(version.schema?.openAPIV3Schema), resource, "", options);
  const problems = distinct([...wrongNames(resource["metadata"]), ...admission.problems]);
  return { ...admission, problems };
}

/** The schema of an object as a whole: the same one each time, for whoever remembers something of it. */
export function asResource(schema: OpenAPI = NO_SCHEMA): OpenAPI {
  const known = resources.get(schema);
  if (known) return known;
  const made = { ...schema, "x-kubernetes-embedded-resource": true };
  resources.set(schema, made);
  return made;
}

const NO_SCHEMA: OpenAPI = {};

const resources = new WeakMap<OpenAPI, OpenAPI>();

function refuse(value: unknown, path: string, message: string): Admission {
  return { value, problems: [{ path, message }], unchecked: [], pruned: [] };
}

function wrongNames(metadata: unknown): readonly Problem[] {
  const { generateName, name } = isRecord(metadata) ? metadata : {};
  const prefix = typeof generateName === "string" ? generateName : "";
  // What is to be completed may end in a hyphen.
  const wrong = prefix === "" ? [] : wrongName("metadata.generateName", prefix, prefix.replace(/.-$/s, "a"));
  if (typeof name === "string" && name !== "") return [...wrong, ...wrongName("metadata.name", name, name)];
  return prefix === "" && (name ?? "") === "" ? [{ path: "metadata.name", message: "is required" }] : wrong;
}

function wrongName(path: string, written: string, name: string): readonly Problem[] {
  if (isDNSSubdomain(name)) return [];
  const allowed = "lower-case letters, digits, - and ., and begin and end with a letter or digit";
  return [{ path, message: `must be ${allowed}, not ${show(written)}` }];
}

/** What is wrong with the type of a name, both its schema and Kubernetes say. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const keyed = problems.map((problem) => [`${problem.path} ${problem.message}`, problem] as const);
  return [...new Map(keyed).values()];
}
