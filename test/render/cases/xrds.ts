import { XR, XRD, xrd } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

const object = (properties: object, rest: object = {}) => ({ type: "object", properties, ...rest });
const specOf = (properties: object, rest: object = {}) => object({ spec: object(properties, rest) });

/** A case of an XRD's schema, and what it makes of the XR. */
const schema = (reason: string, openAPIV3Schema: object, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  xrd: xrd("v2", { scope: "Namespaced" }, openAPIV3Schema),
  pipeline: [{ script: { echo: "echo" } }],
  flags: ["-x"],
  ...rest,
});

const version = (name: string, rest: object = {}) => ({
  name,
  served: true,
  referenceable: false,
  schema: { openAPIV3Schema: specOf({ color: { type: "string", default: name } }) },
  ...rest,
});

/** What an XRD says of an XR: its defaults, and whether it is of the kind. */
export const xrds: RenderCases = {
  "an XRD without defaults": { reason: "Crossplane's own fields may have some", xrd: XRD, flags: ["-xr"] },
  defaults: schema(
    "where the XR says nothing",
    specOf({
      size: { type: "integer", default: 7 },
      color: { type: "string", default: "blue" },
      flag: { type: "boolean", default: false },
      ratio: { type: "number", default: 1.5 },
      whole: { type: "number", default: 2 },
      list: { type: "array", items: { type: "string" }, default: ["a"] },
      map: { type: "object", additionalProperties: { type: "string" }, default: { k: "v" } },
    }),
  ),
  "defaults within": schema(
    "in maps that are there, or have a default themselves",
    specOf({
      there: object({ a: { type: "string", default: "x" } }),
      absent: object({ a: { type: "string", default: "x" } }),
      made: object(
        { a: { type: "string", default: "x" }, b: { type: "string", default: "y" } },
        { default: { b: "own" } },
      ),
      deep: object({ deeper: object({ a: { type: "integer", default: 1 } }, { default: {} }) }, { default: {} }),
    }),
    { xr: { ...XR, spec: { there: {} } } },
  ),
  "defaults in lists and maps": schema(
    "for each item",
    specOf({
      list: { type: "array", items: object({ a: { type: "string", default: "x" } }) },
      map: { type: "object", additionalProperties: object({ a: { type: "string", default: "x" } }) },
    }),
    { xr: { ...XR, spec: { list: [{}, { a: "own" }, null], map: { k: {}, l: { a: "own" } } } } },
  ),
  "a default for null": schema(
    "null is dropped where it is not allowed, and stays where it is",
    specOf({
      a: { type: "string", default: "x" },
      b: { type: "string", default: "x", nullable: true },
      c: { type: "string" },
      d: object({ e: { type: "string", default: "x" } }, { nullable: true }),
    }),
    { xr: { ...XR, spec: { a: null, b: null, c: null, d: null } } },
  ),
  "a default of the whole spec": schema(
    "an XR without one has it",
    object({ spec: object({ a: { type: "string", default: "x" } }, { default: { b: 1 } }) }),
    {
      xr: { ...XR, spec: undefined },
    },
  ),
  "defaults of the status": schema(
    "an XR has them where it has a status",
    object({ spec: object({}), status: object({ phase: { type: "string", default: "New" } }) }),
    {
      xr: { ...XR, status: { a: 1 } },
    },
  ),
  "a default of no status": schema(
    "there is none",
    object({ status: object({ phase: { type: "string", default: "New" } }) }),
  ),
  "fields that the schema lacks": schema("they stay", specOf({ size: { type: "integer" } }), {
    xr: { ...XR, spec: { size: 1, unknown: { a: null } } },
  }),
  "values that the schema refuses": schema(
    "nothing is validated",
    specOf({ size: { type: "string", enum: ["a"] } }, { required: ["missing"] }),
  ),
  "defaults of a legacy XR": {
    reason: "Crossplane's own fields may have some",
    xr: { ...XR, metadata: { name: "thing" } },
    xrd: xrd("v1", { claimNames: { kind: "Thing", plural: "things" }, defaultCompositeDeletePolicy: "Foreground" }),
    flags: ["-xr"],
  },
  "a default composition and policy": {
    reason: "they are defaults of Crossplane's own fields, or nothing",
    xrd: xrd("v2", {
      scope: "Namespaced",
      defaultCompositionRef: { name: "other" },
      enforcedCompositionRef: { name: "enforced" },
      defaultCompositionUpdatePolicy: "Manual",
    }),
    flags: ["-xr"],
  },
  "a default composition and policy of a legacy XR": {
    reason: "they are defaults of Crossplane's own fields, or nothing",
    xr: { ...XR, metadata: { name: "thing" } },
    xrd: xrd("v1", { defaultCompositionRef: { name: "other" }, defaultCompositionUpdatePolicy: "Manual" }),
    flags: ["-xr"],
  },
  "several versions": {
    reason: "the XR's own has the defaults",
    xrd: xrd("v2", {
      scope: "Namespaced",
      versions: [version("v1alpha1"), version("v1", { referenceable: true }), version("v2")],
    }),
    flags: ["-x"],
  },
  "a version that is not served": {
    reason: "it has defaults all the same",
    xrd: xrd("v2", {
      scope: "Namespaced",
      versions: [version("v1", { served: false }), version("v2", { referenceable: true })],
    }),
    flags: ["-x"],
  },
  "no version of the XR's": {
    reason: "its apiVersion is named",
    xrd: xrd("v2", { scope: "Namespaced", versions: [version("v2", { referenceable: true })] }),
    code: 1,
    says: /example\.org\/v1/,
  },
  "no referenceable version": {
    reason: "which one is referred to",
    xrd: xrd("v2", { scope: "Namespaced", versions: [version("v1")] }),
    flags: ["-x"],
  },
  "a version without a schema": {
    reason: "there is nothing to apply",
    xrd: xrd("v2", { scope: "Namespaced", versions: [{ name: "v1", served: true, referenceable: true }] }),
    code: 1,
    says: /xthings\.example\.org/,
  },
  "a schema that is no schema": {
    reason: "it cannot be read",
    xrd: xrd("v2", { scope: "Namespaced", versions: [{ ...version("v1"), schema: { openAPIV3Schema: "text" } }] }),
    code: 1,
    says: /xthings\.example\.org|schema/,
  },
  "a schema that is not structural": schema("no type", object({ spec: { properties: { size: { default: 3 } } } })),
  "another kind": {
    reason: "both kinds are named",
    xrd: xrd("v2", { scope: "Namespaced", names: { kind: "XOther", plural: "xothers" } }),
    code: 1,
    says: /XOther[\s\S]*XThing/,
  },
  "another group": {
    reason: "the XR's version is not in it",
    xrd: xrd("v2", { scope: "Namespaced", group: "other.org" }),
    code: 1,
    says: /example\.org\/v1/,
  },
  "an XRD of an unknown version": {
    reason: "it is none that Crossplane has",
    xrd: { ...XRD, apiVersion: "apiextensions.crossplane.io/v3" },
    code: 1,
    says: /apiextensions\.crossplane\.io\/v3/,
  },
  "something else than an XRD": { reason: "nobody looks at its kind", xrd: { ...XRD, kind: "ConfigMap" } },
  "a ConfigMap": {
    reason: "it defines nothing",
    xrd: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: {} },
    code: 1,
    says: /xrd\.yaml|XRD/,
  },
  "an unknown scope": {
    reason: "it is a modern one",
    xrd: xrd("v2", { scope: "Galaxy" }),
  },
  "Cluster for an XR in a namespace": { reason: "nobody compares", xrd: xrd("v2", { scope: "Cluster" }) },
  "several XRDs in the file": { reason: "the first document counts", xrd: [XRD, { ...XRD, spec: {} }] },
  "an XRD that is no YAML": { reason: "the file is named", xrd: "a: [", code: 1, says: /xrd\.yaml/ },
  "an empty XRD": { reason: "it defines nothing", xrd: "", code: 1, says: /xrd\.yaml|XRD/ },
};
