import { claimColumns, compositeColumns, type PrinterColumn } from "./crossplane-columns.js";
import { type AddedFields, type CompositeScope, claimFields, crossplaneFields } from "./crossplane-fields.js";
import { type OpenAPI } from "./openapi.js";

/** What Crossplane reads of an XRD to derive CRDs from it: one of the toolkit's own, or of anybody's. */
export interface XRDLike {
  readonly metadata?: { readonly name?: string };
  readonly spec: {
    readonly group: string;
    readonly names: DerivedNames;
    readonly claimNames?: DerivedNames | null;
    /** Default: LegacyCluster, as Crossplane's code has it whatever the version of the XRD's API. */
    readonly scope?: CompositeScope | null;
    readonly defaultCompositionUpdatePolicy?: string | null;
    readonly defaultCompositeDeletePolicy?: string | null;
    readonly versions: readonly XRDVersionLike[];
  };
}

export interface XRDVersionLike {
  readonly name: string;
  readonly served?: boolean;
  readonly referenceable?: boolean;
  readonly additionalPrinterColumns?: readonly PrinterColumn[] | null;
  readonly schema?: { readonly openAPIV3Schema?: OpenAPI | null } | null;
}

export interface DerivedNames {
  readonly kind: string;
  readonly plural: string;
  readonly singular?: string;
  readonly listKind?: string;
  readonly categories?: readonly string[] | null;
  readonly shortNames?: readonly string[] | null;
}

/** A CustomResourceDefinition that Crossplane derives. */
export interface DerivedCRD {
  readonly apiVersion: "apiextensions.k8s.io/v1";
  readonly kind: "CustomResourceDefinition";
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly scope: "Namespaced" | "Cluster";
    readonly names: DerivedNames & { readonly singular: string; readonly listKind: string };
    readonly versions: readonly DerivedVersion[];
  };
}

export interface DerivedVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly additionalPrinterColumns: readonly PrinterColumn[];
  readonly subresources: { readonly status: object };
  readonly schema: { readonly openAPIV3Schema: OpenAPI };
}

/**
 * The CRD that Crossplane v2 derives from an XRD for its XRs, with the fields that it adds (crossplane-runtime,
 * xcrd.ForCompositeResource). What only the cluster knows, such as the owner, is left out.
 *
 * The XRD is taken as it is written. The API server writes defaults into it first: the scope and the two policies.
 *
 * @throws Error where a version has no schema
 */
export function deriveCompositeCRD(xrd: XRDLike): DerivedCRD {
  const { defaultCompositionUpdatePolicy: updatePolicy, names, group } = xrd.spec;
  const scope = xrd.spec.scope ?? "LegacyCluster";
  return derive(xrd, {
    what: "Composite Resource",
    name: xrd.metadata?.name ?? `${names.plural}.${group}`,
    scope: scope === "Namespaced" ? "Namespaced" : "Cluster",
    names,
    category: "composite",
    fields: crossplaneFields({ scope, ...(typeof updatePolicy === "string" && { updatePolicy }) }),
    columns: compositeColumns(scope),
  });
}

/**
 * The CRD that Crossplane derives from an XRD for its claims (xcrd.ForCompositeResourceClaim); undefined where it
 * offers none.
 *
 * @throws Error where a version has no schema
 */
export function deriveClaimCRD(xrd: XRDLike): DerivedCRD | undefined {
  const { claimNames: names, defaultCompositeDeletePolicy: deletePolicy, group } = xrd.spec;
  if (!names) return undefined;
  return derive(xrd, {
    what: "Composite Resource Claim",
    name: `${names.plural}.${group}`,
    scope: "Namespaced",
    names,
    category: "claim",
    fields: claimFields(deletePolicy ?? undefined),
    columns: claimColumns(),
  });
}

interface Derivation {
  readonly what: string;
  readonly name: string;
  readonly scope: "Namespaced" | "Cluster";
  readonly names: DerivedNames;
  readonly category: string;
  readonly fields: AddedFields;
  readonly columns: readonly PrinterColumn[];
}

function derive({ metadata, spec: { group, versions } }: XRDLike, derivation: Derivation): DerivedCRD {
  const { category, columns, fields, name, names, scope, what } = derivation;
  const derived = versions.map((version): DerivedVersion => {
    return {
      name: version.name,
      served: version.served === true,
      storage: version.referenceable === true,
      additionalPrinterColumns: [...(version.additionalPrinterColumns ?? []), ...columns],
      subresources: { status: {} },
      schema: { openAPIV3Schema: withFields(schemaOf(version, what, metadata?.name), fields) },
    };
  });
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name },
    spec: { group, scope, names: fullNames(names, category), versions: derived },
  };
}

/** The schema that a version must have, in an error of Crossplane's words where it has none. */
function schemaOf({ schema }: XRDVersionLike, what: string, xrd = ""): OpenAPI {
  const openapi = schema?.openAPIV3Schema;
  if (openapi) return openapi;
  const why = schema
    ? "cannot parse validation schema: cannot parse validation schema: unexpected end of JSON input"
    : "custom resource validation cannot be nil";
  throw new Error(`cannot generate CRD for ${JSON.stringify(what)} ${JSON.stringify(xrd)}: ${why}`);
}

/** The longest name of an XR or a claim: it becomes the value of labels. */
const LONGEST_NAME = 63;

/** Of what an XRD says of its objects as a whole, and of their spec and status, this is all that Crossplane keeps. */
function withFields(schema: OpenAPI, added: AddedFields): OpenAPI {
  const { properties } = schema;
  const longest = properties?.["metadata"]?.properties?.["name"]?.maxLength ?? LONGEST_NAME;
  const name: OpenAPI = { type: "string", maxLength: Math.min(longest, LONGEST_NAME) };
  return {
    type: "object",
    ...pick(schema, "description", "x-kubernetes-validations"),
    required: ["spec"],
    properties: {
      apiVersion: { type: "string" },
      kind: { type: "string" },
      metadata: { type: "object", properties: { name } },
      spec: half(properties?.["spec"] ?? {}, added.spec, "x-kubernetes-preserve-unknown-fields"),
      status: half(properties?.["status"] ?? {}, added.status),
    },
  };
}

function half(schema: OpenAPI, added: AddedFields["spec"], ...more: readonly (keyof OpenAPI)[]): OpenAPI {
  return {
    type: "object",
    ...pick(schema, "description", "required", "oneOf", "x-kubernetes-validations", ...more),
    properties: { ...schema.properties, ...added },
  };
}

function pick(schema: OpenAPI, ...keys: readonly (keyof OpenAPI)[]): OpenAPI {
  return Object.fromEntries(
    keys.filter((key) => (schema[key] ?? undefined) !== undefined).map((key) => [key, schema[key]]),
  );
}

function fullNames(names: DerivedNames, category: string): DerivedCRD["spec"]["names"] {
  const { kind } = names;
  const categories = [...(names.categories ?? []), category];
  return {
    ...names,
    categories,
    singular: names.singular || kind.toLowerCase(),
    listKind: names.listKind || `${kind}List`,
  };
}
