import { describe, expect, test } from "vitest";
import { applyDefaults } from "./apply-defaults.js";

interface Case {
  /** The schema of spec; or with `spec`, that of the whole. */
  readonly properties?: object;
  readonly spec?: unknown;
  readonly becomes?: unknown;
  /** Of the spec of the XRD. */
  readonly xrd?: object;
  readonly reason?: string;
}

const xrd = (properties: object, more: object = {}) => ({
  apiVersion: "apiextensions.crossplane.io/v2",
  kind: "CompositeResourceDefinition",
  metadata: { name: "lamps.example.org" },
  spec: {
    group: "example.org",
    scope: "Namespaced",
    names: { kind: "Lamp", plural: "lamps" },
    versions: [
      {
        name: "v1",
        served: true,
        referenceable: true,
        schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", properties } } } },
      },
    ],
    ...more,
  },
});

const xr = (spec: unknown) => ({ apiVersion: "example.org/v1", kind: "Lamp", metadata: { name: "a" }, spec });

const text = { type: "string", default: "x" };

// Each was compared with crossplane/cli v2.5.0, xr.ApplyXRDDefaults.
describe("applyDefaults", () => {
  const cases: Readonly<Record<string, Case>> = {
    "writes what is missing": { properties: { a: text }, spec: {}, becomes: { a: "x" } },
    "leaves what is there": { properties: { a: text }, spec: { a: "" }, becomes: { a: "" } },
    "leaves what the schema does not know": { properties: { a: text }, spec: { b: 1 }, becomes: { a: "x", b: 1 } },
    "leaves what is of another type": { properties: { a: text }, spec: { a: [1] }, becomes: { a: [1] } },
    "replaces null by a default": { properties: { a: text }, spec: { a: null }, becomes: { a: "x" } },
    "leaves null where null may be": {
      properties: { a: { ...text, nullable: true } },
      spec: { a: null },
      becomes: { a: null },
    },
    "leaves null where there is no default": {
      properties: { a: { type: "string" } },
      spec: { a: null },
      becomes: { a: null },
      reason: "the API server would drop it",
    },
    "takes a default that is null for none": { properties: { a: { default: null } }, spec: {}, becomes: {} },
    "writes defaults within defaults": {
      properties: { a: { type: "object", default: {}, properties: { b: text } } },
      spec: {},
      becomes: { a: { b: "x" } },
    },
    "writes nothing into objects that are not there": {
      properties: { a: { type: "object", properties: { b: text } } },
      spec: {},
      becomes: {},
    },
    "writes into the values of maps": {
      properties: { a: { type: "object", additionalProperties: { type: "object", properties: { b: text } } } },
      spec: { a: { c: {}, d: null } },
      becomes: { a: { c: { b: "x" }, d: null } },
    },
    "replaces null in maps": {
      properties: { a: { type: "object", additionalProperties: text } },
      spec: { a: { c: null } },
      becomes: { a: { c: "x" } },
    },
    "writes into the items of lists": {
      properties: { a: { type: "array", items: { type: "object", default: { c: 1 }, properties: { b: text } } } },
      spec: { a: [{}, null, 1] },
      becomes: { a: [{ b: "x" }, { c: 1, b: "x" }, 1] },
    },
    "writes nothing into maps of anything": {
      properties: { a: { type: "object", additionalProperties: true } },
      spec: { a: { b: null } },
      becomes: { a: { b: null } },
    },
    "does not refuse what lacks a field": {
      properties: { a: text },
      xrd: {},
      spec: undefined,
      becomes: undefined,
    },
    "does not write an update policy that the XRD does not name": {
      properties: {},
      spec: { crossplane: {} },
      becomes: { crossplane: {} },
      reason: "only the API server writes it into the XRD",
    },
    "writes the update policy of the XRD": {
      properties: {},
      xrd: { defaultCompositionUpdatePolicy: "Manual" },
      spec: { crossplane: {} },
      becomes: { crossplane: { compositionUpdatePolicy: "Manual" } },
    },
    "writes it into the spec itself where the XRD has no scope": {
      properties: {},
      xrd: { defaultCompositionUpdatePolicy: "Manual", scope: undefined },
      spec: {},
      becomes: { compositionUpdatePolicy: "Manual" },
    },
    "keeps integers that are beyond numbers": {
      properties: { a: { type: "integer", default: 2n ** 60n } },
      spec: { b: 2n ** 62n },
      becomes: { a: 2n ** 60n, b: 2n ** 62n },
    },
    "is not led to a prototype": {
      properties: { ["__proto__"]: text },
      spec: JSON.parse('{"constructor": null}'),
      becomes: JSON.parse('{"constructor": null, "__proto__": "x"}'),
    },
  };
  test.each(Object.entries(cases))("%s", (_, { properties = {}, spec, becomes, xrd: more }) => {
    const written = xr(spec);
    expect(applyDefaults(xrd(properties, more), written)).toEqual(xr(becomes));
    expect(written).toEqual(xr(spec));
  });

  test("gives back the XR itself where nothing changes", () => {
    const written = xr({ a: "y", b: [{}] });
    expect(applyDefaults(xrd({ a: text }), written)).toBe(written);
  });

  test("does not share defaults", () => {
    const definition = xrd({ a: { type: "object", default: { b: [] } } });
    const first = applyDefaults(definition, xr({})) as { spec: { a: { b: unknown[] } } };
    first.spec.a.b.push(1);
    expect(applyDefaults(definition, xr({}))).toEqual(xr({ a: { b: [] } }));
  });

  const broken = (version: object) => xrd({}, { versions: [{ name: "v1", ...version }] });
  test.each([
    {
      name: "a version that is not there",
      definition: xrd({}, { group: "other.org" }),
      says: "the specified API version 'example.org/v1' does not exist in the XRD",
    },
    {
      name: "a version without a schema",
      definition: broken({}),
      says: 'cannot derive CRD from XRD "lamps.example.org": cannot generate CRD for "Composite Resource" "lamps.example.org": custom resource validation cannot be nil',
    },
    {
      name: "a version whose schema is empty",
      definition: broken({ schema: {} }),
      says: "cannot parse validation schema: cannot parse validation schema: unexpected end of JSON input",
    },
    {
      name: "a reference",
      definition: xrd({ a: { $ref: "b" } }),
      says: "OpenAPIV3Schema '$ref' is not supported",
    },
    {
      name: "items that are a list",
      definition: xrd({ a: { type: "array", items: [{}] } }),
      says: "OpenAPIV3Schema 'items' must be a schema, but is an array",
    },
    {
      name: "a field that is to be pruned explicitly",
      definition: xrd({ a: { "x-kubernetes-preserve-unknown-fields": false } }),
      says: "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined",
    },
    { name: "an XRD of another shape", definition: xrd({}, { versions: 1 }), says: "spec.versions must be a list" },
  ])("refuses $name", ({ definition, says }) => {
    expect(() => applyDefaults(definition, xr({}))).toThrow(says);
  });
});
