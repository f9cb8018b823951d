import { type OpenAPI } from "../schema/index.js";

/** What models are made from: a kind of a CustomResourceDefinition, in the version that is stored. */
export interface CRD {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The name of its collection; undefined where it is not said, as a real one always does. */
  readonly plural: string | undefined;
  readonly scope: "Namespaced" | "Cluster";
  readonly schema: OpenAPI;
}

/** Reads a parsed CustomResourceDefinition (apiextensions.k8s.io/v1). Throws, naming it as `name`, if it is not one. */
export function readCRD(value: unknown, name: string): CRD {
  const refuse = (problem: string): never => {
    throw new Error(`cannot generate models from ${name}: ${problem}`);
  };
  const { apiVersion, kind, spec } = fields(value);
  if (kind !== "CustomResourceDefinition" || apiVersion !== "apiextensions.k8s.io/v1") {
    const found = `${String(kind ?? "no kind")} of ${String(apiVersion ?? "no apiVersion")}`;
    return refuse(`it is ${found}; give a CustomResourceDefinition of apiextensions.k8s.io/v1`);
  }
  const { group, names, scope, versions } = fields(spec);
  const { kind: named, plural } = fields(names);
  if (typeof group !== "string" || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(group)) {
    return refuse(`spec.group ${JSON.stringify(group)} is not a DNS name`);
  }
  if (typeof named !== "string" || !/^[A-Za-z][A-Za-z0-9-]*$/.test(named)) {
    return refuse(`spec.names.kind ${JSON.stringify(named)} is not the name of a kind`);
  }
  if (plural !== undefined && (typeof plural !== "string" || !/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(plural))) {
    return refuse(`spec.names.plural ${JSON.stringify(plural)} is not a DNS label`);
  }
  if (scope !== "Namespaced" && scope !== "Cluster") {
    return refuse(`spec.scope ${JSON.stringify(scope)} is neither Namespaced nor Cluster`);
  }
  const stored = Array.isArray(versions) ? versions.map(fields).find(({ storage }) => storage === true) : undefined;
  const version = stored?.["name"];
  if (typeof version !== "string") return refuse("no entry of spec.versions has storage: true and a name");
  const schema = fields(stored?.["schema"])["openAPIV3Schema"];
  if (typeof schema !== "object" || schema === null) return refuse(`its version ${version} has no schema`);
  return { group, version, kind: named, plural, scope, schema };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
