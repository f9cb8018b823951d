import { type Admission } from "../schema/admit.js";
import { equal, isRecord } from "../schema/json.js";
import { type AdmitObjectOptions, admitObject } from "./admit-object.js";
import { type AdmittingCRD, isCRD, readDefinition } from "./read-definition.js";

/** A CRD or an XRD, as parsed YAML. */
export interface DefinitionSource {
  readonly object: object;
  /** Where it is from, for messages: such as a file. */
  readonly from: string;
}

/** The kinds that CRDs and XRDs define, by group and kind. */
export interface Definitions {
  /** How many kinds there are. */
  readonly size: number;
  /** The CRD of an object's group and kind, whatever its version; undefined where nothing defines it. */
  crdOf(object: unknown): AdmittingCRD | undefined;
  /**
   * What the API server makes of an object that is created; undefined where nothing defines its kind, and so nothing is
   * known of it. A version that the kind does not serve is a problem of the object.
   */
  admit(object: unknown, options?: AdmitObjectOptions): Admission | undefined;
}

/**
 * Makes an index of definitions. `fallback` is asked for kinds that these do not define. The same definition may be
 * there twice, and a CRD beside the XRD that it was derived from: the CRD counts.
 *
 * @throws Error that names the source: for a definition that cannot be used, and for two that differ
 */
export function definitions(sources: Iterable<DefinitionSource>, fallback?: Definitions): Definitions {
  const known = new Map<string, Known>();
  for (const { object, from } of sources) {
    for (const crd of read(object, from)) {
      const key = keyOf(crd.spec.group, crd.spec.names.kind);
      const other = known.get(key);
      if (other && !equal(admitting(other.crd), admitting(crd))) {
        throw new Error(`cannot define ${key} twice: ${other.from} and ${from} differ; leave one of them out`);
      }
      if (other && !other.isDerived) continue;
      known.set(key, { crd, from, isDerived: !isCRD(object) });
    }
  }
  const crdOf = (object: unknown) => known.get(kindOf(object))?.crd ?? fallback?.crdOf(object);
  return {
    size: known.size + (fallback?.size ?? 0),
    crdOf,
    admit(object, options) {
      const crd = crdOf(object);
      return crd && admitObject(crd, object, options);
    },
  };
}

interface Known {
  readonly crd: AdmittingCRD;
  readonly from: string;
  /** Whether it is from an XRD. */
  readonly isDerived: boolean;
}

/** What of a CRD matters to admission, with what the API server writes into one that leaves it out. */
function admitting({ spec: { scope, versions } }: AdmittingCRD): unknown {
  const entries = versions.map(({ name, schema, served = true, subresources }) => [
    name,
    { served, hasStatus: isRecord(subresources?.status), schema: bare(schema?.openAPIV3Schema ?? {}) },
  ]);
  return { scope, versions: Object.fromEntries(entries) };
}

/** A schema without what the API server does not look at, or drops since it says nothing. */
function bare(schema: unknown): unknown {
  if (!isRecord(schema)) return schema;
  const entries = Object.entries(schema).flatMap(([key, value]): readonly [string, unknown][] => {
    if (FOR_PEOPLE.includes(key) || (key !== "default" && isNothing(value))) return [];
    if (SCHEMAS.includes(key)) return [[key, Array.isArray(value) ? value.map(bare) : bare(value)]];
    return [[key, key === "properties" && isRecord(value) ? mapped(value) : value]];
  });
  return Object.fromEntries(entries);
}

const FOR_PEOPLE = ["description", "title", "example", "externalDocs"];
const SCHEMAS = ["items", "additionalProperties", "not", "allOf", "anyOf", "oneOf"];

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}

function mapped(properties: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, bare(schema)]));
}

function read(object: object, from: string): readonly AdmittingCRD[] {
  try {
    return readDefinition(object);
  } catch (error) {
    throw new Error(`cannot use ${nameOf(object)} of ${from}: ${(error as Error).message}`, { cause: error });
  }
}

function nameOf(object: object): string {
  const { kind, metadata } = object as { readonly kind?: unknown; readonly metadata?: unknown };
  return `${String(kind)} ${isRecord(metadata) ? String(metadata["name"]) : "without a name"}`;
}

function kindOf(object: unknown): string {
  if (!isRecord(object)) return "";
  const { apiVersion, kind } = object;
  const group = typeof apiVersion === "string" && apiVersion.includes("/") ? apiVersion.split("/", 1)[0] : "";
  return keyOf(group ?? "", String(kind));
}

/** As Kubernetes writes a group and kind. */
function keyOf(group: string, kind: string): string {
  return group === "" ? kind : `${kind}.${group}`;
}
