import { claimColumns, compositeColumns, type PrinterColumn } from "./crossplane-columns.js";
import { claimFields, crossplaneFields } from "./crossplane-fields.js";
import { type KindNames, manifest } from "./manifest.js";
import { type OpenAPI } from "./openapi.js";
import { type XRD } from "./xrd.js";

/** A CustomResourceDefinition of one version. */
export interface CRD {
  readonly apiVersion: "apiextensions.k8s.io/v1";
  readonly kind: "CustomResourceDefinition";
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly scope: "Namespaced" | "Cluster";
    readonly names: KindNames & { readonly singular: string; readonly listKind: string };
    readonly versions: readonly [CRDVersion];
  };
}

export interface CRDVersion {
  readonly name: string;
  readonly served: true;
  readonly storage: true;
  readonly additionalPrinterColumns: readonly PrinterColumn[];
  readonly subresources: { readonly status: object };
  readonly schema: { readonly openAPIV3Schema: OpenAPI };
}

/**
 * The CustomResourceDefinition that Crossplane v2 derives from an XRD for its XRs, with the fields that it adds. What
 * only the cluster knows, such as the owner, is left out.
 */
export function crd(xrd: XRD): CRD {
  const { names } = manifest(xrd).spec;
  const scope = xrd.claim ? "Cluster" : (xrd.scope ?? "Namespaced");
  return derive(xrd, scope, names, "composite", crossplaneFields(xrd), compositeColumns(xrd));
}

/** The CustomResourceDefinition that Crossplane derives from an XRD for its claims; undefined where it offers none. */
export function claimCRD(xrd: XRD): CRD | undefined {
  const { claimNames } = manifest(xrd).spec;
  return claimNames && derive(xrd, "Namespaced", claimNames, "claim", claimFields(), claimColumns());
}

function derive(
  xrd: XRD,
  scope: "Namespaced" | "Cluster",
  names: KindNames,
  category: string,
  fields: ReturnType<typeof crossplaneFields>,
  columns: readonly PrinterColumn[],
): CRD {
  const [version] = manifest(xrd).spec.versions;
  const { description, properties = {} } = version.schema.openAPIV3Schema;
  const { spec = {}, status = {} } = properties;
  const openAPIV3Schema: OpenAPI = {
    type: "object",
    ...(description !== undefined && { description }),
    required: ["spec"],
    properties: {
      apiVersion: { type: "string" },
      kind: { type: "string" },
      // The name becomes the value of labels.
      metadata: { type: "object", properties: { name: { type: "string", maxLength: 63 } } },
      spec: { ...spec, properties: { ...spec.properties, ...fields.spec } },
      status: { ...status, properties: { ...status.properties, ...fields.status } },
    },
  };
  const derived: CRDVersion = {
    name: version.name,
    served: true,
    storage: true,
    additionalPrinterColumns: [...(version.additionalPrinterColumns ?? []), ...columns],
    subresources: { status: {} },
    schema: { openAPIV3Schema },
  };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${names.plural}.${xrd.group}` },
    spec: { group: xrd.group, scope, names: fullNames(names, category), versions: [derived] },
  };
}

function fullNames(names: KindNames, category: string): CRD["spec"]["names"] {
  const { kind } = names;
  const categories = [...(names.categories ?? []), category];
  return { ...names, categories, singular: kind.toLowerCase(), listKind: `${kind}List` };
}
