import { type PrinterColumn } from "./crossplane-columns.js";
import { lenient } from "./lenient.js";
import { pluralOf } from "./names.js";
import { type OpenAPI } from "./openapi.js";
import { type XRD } from "./xrd.js";

/** A CompositeResourceDefinition, as Crossplane reads it. */
export interface XRDManifest {
  readonly apiVersion: "apiextensions.crossplane.io/v1" | "apiextensions.crossplane.io/v2";
  readonly kind: "CompositeResourceDefinition";
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: KindNames;
    readonly claimNames?: KindNames;
    readonly connectionSecretKeys?: readonly string[];
    readonly scope?: "Namespaced" | "Cluster";
    readonly versions: readonly [XRDVersion];
  };
}

export interface KindNames {
  readonly kind: string;
  readonly plural: string;
  readonly categories?: readonly string[];
  readonly shortNames?: readonly string[];
}

export interface XRDVersion {
  readonly name: string;
  readonly served: true;
  readonly referenceable: true;
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
  readonly schema: { readonly openAPIV3Schema: OpenAPI };
}

/**
 * The CompositeResourceDefinition of an XRD: of apiextensions.crossplane.io/v2, or of v1 where there is a claim, which
 * v2 refuses. In v1 the scope is left to its default, LegacyCluster, so that Crossplane v1 reads it too.
 */
export function manifest(xrd: XRD): XRDManifest {
  const { categories, claim, connectionKeys, group, scope = "Namespaced", shortNames } = xrd;
  const plural = xrd.plural ?? pluralOf(xrd.kind);
  const names = {
    kind: xrd.kind,
    plural,
    ...(categories?.length && { categories }),
    ...(shortNames?.length && { shortNames }),
  };
  const claimNames = claim && { kind: claim.kind, plural: claim.plural ?? pluralOf(claim.kind) };
  return {
    apiVersion: `apiextensions.crossplane.io/${claim ? "v1" : "v2"}`,
    kind: "CompositeResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names,
      ...(claimNames && { claimNames }),
      ...(connectionKeys && { connectionSecretKeys: connectionKeys }),
      ...(!claim && { scope }),
      versions: [version(xrd)],
    },
  };
}

function version({ columns, description, spec, status, version: name }: XRD): XRDVersion {
  const openAPIV3Schema: OpenAPI = {
    type: "object",
    ...(description !== undefined && { description }),
    properties: { spec: spec.openapi, status: lenient(status.openapi) },
    required: ["spec"],
  };
  const printed = columns?.map(({ path, type = "string", ...column }) => ({ ...column, type, jsonPath: path }));
  return {
    name,
    served: true,
    referenceable: true,
    ...(printed && { additionalPrinterColumns: printed }),
    schema: { openAPIV3Schema },
  };
}
