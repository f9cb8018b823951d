import { type CompositeScope } from "./crossplane-fields.js";

/** A column of `kubectl get`, as a CRD has it. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly priority?: number;
  readonly description?: string;
}

/** The columns that Crossplane adds for an XR. */
export function compositeColumns(scope: CompositeScope): readonly PrinterColumn[] {
  const own = scope === "LegacyCluster" ? ".spec" : ".spec.crossplane";
  return [
    condition("Synced"),
    condition("Ready"),
    { name: "COMPOSITION", type: "string", jsonPath: `${own}.compositionRef.name` },
    { name: "COMPOSITIONREVISION", type: "string", jsonPath: `${own}.compositionRevisionRef.name`, priority: 1 },
    AGE,
  ];
}

/** The columns that Crossplane adds for a claim. */
export function claimColumns(): readonly PrinterColumn[] {
  const secret = { name: "CONNECTION-SECRET", type: "string", jsonPath: ".spec.writeConnectionSecretToRef.name" };
  return [condition("Synced"), condition("Ready"), secret, AGE];
}

const AGE: PrinterColumn = { name: "AGE", type: "date", jsonPath: ".metadata.creationTimestamp" };

function condition(type: string): PrinterColumn {
  return { name: type.toUpperCase(), type: "string", jsonPath: `.status.conditions[?(@.type=='${type}')].status` };
}
