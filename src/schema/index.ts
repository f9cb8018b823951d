export { type Admission, type AdmitOptions, admit } from "./admit.js";
export { admitQuickly } from "./admit-quickly.js";
export { admitResource, type CRDLike } from "./admit-resource.js";
export { type ListOptions, list, type MapOptions, map, object } from "./collections.js";
export type { Column } from "./column.js";
export { type CRD, type CRDVersion, claimCRD, crd } from "./crd.js";
export type { PrinterColumn } from "./crossplane-columns.js";
export type { Format } from "./format.js";
export { lint } from "./lint.js";
export { type KindNames, manifest, type XRDManifest, type XRDVersion } from "./manifest.js";
export type { OpenAPI, OpenAPIType, Rule } from "./openapi.js";
export { explain, type Problem } from "./problem.js";
export type { RuleEvaluator, RuleVerdict } from "./rule.js";
export {
  anything,
  boolean,
  type IntegerOptions,
  integer,
  intOrString,
  type NumberOptions,
  number,
  oneOf,
  type StringOptions,
  string,
} from "./scalars.js";
export type { In, Key, Out, Schema } from "./schema.js";
export {
  type ClaimNames,
  defineXRD,
  type LegacyOptions,
  legacy,
  type Manifest,
  type SpecOf,
  type StatusOf,
  type XRD,
} from "./xrd.js";
