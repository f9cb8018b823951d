import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../../test/support/repository.js";
import { objectIn, objectsIn } from "../../test/support/yaml-objects.js";
import { type AdmittingCRD, isDefinition, readDefinition } from "./read-definition.js";

const testdata = join(repository, "test/cluster/testdata");

describe("the CRDs of an XRD", () => {
  test.each(readdirSync(join(testdata, "xrds")))("are what Crossplane derives: %s", (file) => {
    const derived = readDefinition(objectIn(join(testdata, "xrds", file)));
    const real = objectsIn(join(testdata, "crds", file)) as unknown as readonly AdmittingCRD[];
    expect(derived.map(relevant)).toEqual(real.map(relevant));
  });
});

/** Names that the API server fills in, labels and warnings change nothing of what is admitted. */
function relevant({ metadata, spec }: AdmittingCRD): object {
  const { group, names, scope, versions } = spec;
  return {
    name: metadata?.name,
    group,
    kind: names.kind,
    scope,
    versions: versions.map(({ name, schema, served, subresources }) => ({ name, schema, served, subresources })),
  };
}

const crd = (schema: unknown, more: object = {}) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "lamps.example.org" },
  spec: {
    group: "example.org",
    scope: "Namespaced",
    names: { kind: "Lamp", plural: "lamps" },
    versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    ...more,
  },
});

const xrd = (version: string, spec: object) => ({
  apiVersion: `apiextensions.crossplane.io/${version}`,
  kind: "CompositeResourceDefinition",
  metadata: { name: "lamps.example.org" },
  spec: { ...crd({ type: "object" }).spec, scope: undefined, ...spec },
});

const spec = (schema: unknown) => crd({ type: "object", properties: { spec: schema } });

describe("a definition", () => {
  test.each([
    { object: crd({ type: "object" }), is: true },
    { object: xrd("v1", {}), is: true },
    { object: xrd("v2", {}), is: true },
    { object: xrd("v3", {}), is: false },
    { object: { ...crd({}), apiVersion: "apiextensions.k8s.io/v1beta1" }, is: false },
    { object: { apiVersion: "v1", kind: "Secret" }, is: false },
    { object: null, is: false },
  ])("is a CRD or an XRD: $object.apiVersion $object.kind", ({ object, is }) => {
    expect(isDefinition(object)).toBe(is);
  });

  const at = "spec.versions[0].schema.openAPIV3Schema";
  const field = `${at}.properties[spec]`;
  const cases: Readonly<Record<string, { readonly object: object; readonly says: string; readonly reason?: string }>> =
    {
      "without a spec": { object: { ...crd({}), spec: undefined }, says: "spec is required" },
      "without a group": { object: crd({}, { group: undefined }), says: "spec.group is required" },
      "without a kind": { object: crd({}, { names: {} }), says: "spec.names.kind is required" },
      "with another scope": {
        object: crd({}, { scope: "World" }),
        says: 'spec.scope must be Namespaced or Cluster, not "World"',
      },
      "without versions": { object: crd({}, { versions: [] }), says: "spec.versions is required" },
      "without a schema": { object: crd(undefined), says: `${at} is required` },
      "of no type": { object: crd({}), says: `${at}.type must be object, not nothing` },
      "with a field of no type": { object: spec({}), says: `${field}.type is required` },
      "with a field of another type": {
        object: spec({ type: "text" }),
        says: `${field}.type must be one of object, array, string, integer, number, boolean, not "text"`,
      },
      "with a field that is no schema": { object: spec("text"), says: `${field} must be a schema, not "text"` },
      "with a list of nothing": { object: spec({ type: "array" }), says: `${field}.items is required` },
      "with a list of several": {
        object: spec({ type: "array", items: [{ type: "string" }] }),
        says: `${field}.items must be a schema, not an array`,
      },
      "with a reference": {
        object: spec({ $ref: "#/definitions/a", type: "string" }),
        says: `${field}.$ref must be left out: a structural schema has no such thing`,
      },
      "with a pattern that RE2 refuses": {
        object: spec({ type: "string", pattern: "(?=a)" }),
        says: `${field}.pattern must be a pattern: Kubernetes matches with RE2, which refuses (?=a)`,
      },
      "with a bound that is text": {
        object: spec({ type: "string", maxLength: "5" }),
        says: `${field}.maxLength must be a number, not "5"`,
      },
      "with fields and a map": {
        object: spec({
          type: "object",
          properties: { a: { type: "string" } },
          additionalProperties: { type: "string" },
        }),
        says: `${field}.additionalProperties must not be used together with properties`,
      },
      "with a list of type map without keys": {
        object: spec({ type: "array", items: { type: "object" }, "x-kubernetes-list-type": "map" }),
        says: `${field}.x-kubernetes-list-map-keys is required in a list of type map`,
      },
      "with keys that its items lack": {
        object: spec({
          type: "array",
          items: { type: "object" },
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["a"],
        }),
        says: `${field}.x-kubernetes-list-map-keys must be fields of the items, and "a" is none`,
      },
      "with a rule that is empty": {
        object: spec({ type: "string", "x-kubernetes-validations": [{ message: "no" }] }),
        says: `${field}.x-kubernetes-validations[0].rule is required`,
      },
      "with a broken schema in anyOf": {
        object: spec({ type: "string", anyOf: [{ pattern: "[" }] }),
        says: `${field}.anyOf[0].pattern must be a pattern`,
      },
      "with a claim that has no right to be": {
        object: xrd("v2", { claimNames: { kind: "C", plural: "cs" } }),
        says: "spec.claimNames must be left out: only LegacyCluster has claims, not Namespaced",
      },
      "that is an XRD without a schema": {
        object: xrd("v2", { versions: [{ name: "v1", served: true, referenceable: true }] }),
        says: `${at} is required`,
      },
      "that is an XRD with a broken schema": {
        object: xrd("v1", spec({ type: "object", properties: { a: { type: "strin" } } }).spec),
        says: `${field}.properties[a].type must be one of`,
        reason: "the scope of the CRD is none of an XRD of v1 but Namespaced, and that is taken",
      },
    };
  test.each(Object.entries(cases))("%s cannot be used", (_, { object, says }) => {
    expect(() => readDefinition(object)).toThrow(says);
  });

  test.each([
    { name: "of an integer or text", schema: { "x-kubernetes-int-or-string": true } },
    { name: "of anything", schema: { "x-kubernetes-preserve-unknown-fields": true } },
    { name: "of a map of anything", schema: { type: "object", additionalProperties: true } },
    { name: "of what has not to be a type", schema: { type: "string", anyOf: [{ enum: ["a"] }] } },
    { name: "with what is null, as if it were not there", schema: { type: "string", maxLength: null } },
    { name: "with a bound beyond a number", schema: { type: "integer", maximum: 2n ** 63n - 1n } },
  ])("may have a field $name", ({ schema }) => {
    expect(readDefinition(spec(schema))).toHaveLength(1);
  });
});
