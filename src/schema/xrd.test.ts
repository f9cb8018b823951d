import { describe, expect, expectTypeOf, test } from "vitest";
import { list, map, object } from "./collections.js";
import { integer, string } from "./scalars.js";
import { type Schema } from "./schema.js";
import { defineXRD, type LegacyOptions, legacy, type Manifest, type SpecOf, type StatusOf, type XRD } from "./xrd.js";

const base = {
  group: "platform.example.org",
  version: "v1alpha1",
  kind: "XBucket",
  spec: object({ region: string(), size: integer().default(1), tags: list(string()).optional() }),
  status: object({ arn: string(), ready: integer().optional() }),
};
const X = defineXRD(base);

describe("types", () => {
  test("are those of the spec and the status", () => {
    expectTypeOf<SpecOf<typeof X>>().toEqualTypeOf<{
      readonly region: string;
      readonly size: number;
      readonly tags?: readonly string[];
    }>();
    expectTypeOf<StatusOf<typeof X>>().toEqualTypeOf<{ readonly arn: string; readonly ready?: number }>();
    expectTypeOf<Manifest<typeof X>["spec"]>().toEqualTypeOf<{
      readonly region: string;
      readonly size?: number;
      readonly tags?: readonly string[];
    }>();
    expectTypeOf(X).toExtend<XRD>();
  });

  test("are kept by the legacy form", () => {
    expectTypeOf(legacy(X, { kind: "LegacyXBucket", claim: { kind: "XBucketClaim" } })).toEqualTypeOf(X);
  });
});

describe("what is refused", () => {
  const columns = (path: string, type?: "integer" | "date" | "boolean") => ({
    columns: [{ name: "A", path, ...(type && { type }) }],
  });
  const cases: Readonly<Record<string, { readonly change: Partial<XRD>; readonly problem: string }>> = {
    "a group without a dot": {
      change: { group: "platform" },
      problem: 'group must be a DNS name with a dot, in lower case, not "platform"',
    },
    "a version in capitals": {
      change: { version: "V1" },
      problem: 'version must be a DNS label, such as v1alpha1, not "V1"',
    },
    "a kind in lower case": {
      change: { kind: "bucket" },
      problem: 'kind must be letters and digits in PascalCase, at most 59, not "bucket"',
    },
    "a plural in capitals": { change: { plural: "XBuckets" }, problem: 'plural must be a DNS label, not "XBuckets"' },
    "a short name with a dot": { change: { shortNames: ["x.b"] }, problem: 'shortNames must be DNS labels, not "x.b"' },
    "a claim of the same kind": {
      change: { claim: { kind: "XBucket", plural: "claims" } },
      problem: "claim.kind must differ from the kind of the XR, XBucket",
    },
    "a claim of the same plural": {
      change: { claim: { kind: "Claim", plural: "xbuckets" } },
      problem: "claim.plural must differ from the plural of the XR, xbuckets",
    },
    "a claim with a scope": {
      change: { claim: { kind: "Claim" }, scope: "Cluster" },
      problem: "scope must be left out where there is a claim, not Cluster",
    },
    "connection keys without a claim": {
      change: { connectionKeys: ["a"] },
      problem: "connectionKeys must be left out without a claim: let the function compose a Secret",
    },
    "a field that Crossplane adds": {
      change: { spec: object({ crossplane: string() }) },
      problem: "spec.crossplane must have another name: Crossplane puts a field of its own there",
    },
    "a field that Crossplane adds to the legacy form": {
      change: { claim: { kind: "Claim" }, spec: object({ resourceRefs: string() }) },
      problem: "spec.resourceRefs must have another name: Crossplane puts a field of its own there",
    },
    "a field that Crossplane adds to claims": {
      change: { claim: { kind: "Claim" }, spec: object({ resourceRef: string() }) },
      problem: "spec.resourceRef must have another name: Crossplane puts a field of its own there",
    },
    "conditions in the status": {
      change: { status: object({ conditions: list(string()) }) },
      problem: "status.conditions must have another name: Crossplane puts a field of its own there",
    },
    "a spec with a default, which Crossplane drops": {
      change: { spec: object({ a: string().optional() }).default({}) },
      problem: "spec must not say default, which Crossplane drops: say it of the fields",
    },
    "a spec that is a map": { change: { spec: map(string()) }, problem: "spec must be an object with fields" },
    "a rule that costs too much": {
      change: { spec: object({ l: list(integer().rule("self > 0", "x")) }) },
      problem: "spec.l[*] must not have a rule (self > 0) unless spec.l has maxItems: it would cost too much",
    },
    "a column of a field that there is not": {
      change: columns(".spec.regoin"),
      problem: "columns[A] must print a field of XBucket, which has no .spec.regoin",
    },
    "a column without a path": {
      change: columns("spec.region"),
      problem: "columns[A] must have a path such as .spec.region, not spec.region",
    },
    "a column of another type": {
      change: columns(".spec.region", "integer"),
      problem: "columns[A] must have the type of .spec.region, string, not integer",
    },
    "a date that is none": {
      change: columns(".spec.region", "date"),
      problem: "columns[A] must have the type of .spec.region, string, not date",
    },
    "a column that Crossplane prints": {
      change: { columns: [{ name: "Ready", path: ".spec.region" }] },
      problem: "columns[Ready] must have another name: it is printed already",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { change, problem }) => {
    expect(() => defineXRD({ ...base, ...change } as XRD<Schema, Schema>)).toThrow(
      new Error(`cannot define ${change.kind ?? "XBucket"}:\n${problem}`),
    );
  });

  test("tells all that is wrong at once", () => {
    expect(() => defineXRD({ ...base, group: "x", version: "X" })).toThrow(/group must be .*\nversion must be /);
  });
});

describe("what columns may print", () => {
  const wide = {
    ...base,
    spec: object({ l: list(object({ a: integer() })), m: map(string()), t: string({ format: "date-time" }) }),
  };
  test.each<{ readonly path: string; readonly type?: "integer" | "number" | "date" }>([
    { path: ".metadata.labels['app.kubernetes.io/name']" },
    { path: ".metadata.creationTimestamp", type: "date" },
    { path: ".spec.l[0].a", type: "integer" },
    { path: ".spec.l[*].a", type: "number" },
    { path: ".spec.l" },
    { path: ".spec.m['x.y']" },
    { path: ".spec.t", type: "date" },
    { path: ".status.conditions[?(@.type=='Composed')].status" },
    { path: ".spec.crossplane.compositionRef.name" },
  ])("$path", (column) => {
    expect(() => defineXRD({ ...wide, columns: [{ name: "A", ...column }] })).not.toThrow();
  });
});

describe("the legacy form", () => {
  const full = defineXRD({ ...base, scope: "Cluster", plural: "xbs", shortNames: ["xb"], categories: ["storage"] });
  const options: LegacyOptions = { kind: "LegacyXBucket", claim: { kind: "XBucketClaim" }, connectionKeys: ["a"] };

  test("keeps what it may, and nothing that is taken", () => {
    const { plural, scope, shortNames, categories, kind, claim, spec } = legacy(full, options);
    expect({ plural, scope, shortNames, categories, kind, claim }).toEqual({
      plural: undefined,
      scope: undefined,
      shortNames: undefined,
      categories: ["storage"],
      kind: "LegacyXBucket",
      claim: { kind: "XBucketClaim" },
    });
    expect(spec).toBe(full.spec);
  });

  test.each<readonly [string, Partial<LegacyOptions>, RegExp]>([
    ["the same kind", { kind: "XBucket" }, /cannot define XBucket as the legacy form of itself/],
    ["a claim of the same kind", { claim: { kind: "XBucket" } }, /cannot define XBucket as the legacy form of itself/],
    ["the same plural", { plural: "xbs" }, /the plural xbs is taken by XBucket/],
    ["a claim of the same plural", { claim: { kind: "C", plural: "xbs" } }, /the plural xbs is taken by XBucket/],
  ])("refuses %s", (_, change, error) => {
    expect(() => legacy(full, { ...options, ...change })).toThrow(error);
  });
});
