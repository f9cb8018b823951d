import { describe, expect, test } from "vitest";
import { admitResource } from "./admit-resource.js";
import { list, object } from "./collections.js";
import { claimCRD, crd } from "./crd.js";
import { manifest } from "./manifest.js";
import { pluralOf } from "./names.js";
import { integer, string } from "./scalars.js";
import { defineXRD, legacy } from "./xrd.js";

const X = defineXRD({
  group: "platform.example.org",
  version: "v1",
  kind: "XStorage",
  description: "Storage.",
  categories: ["storage"],
  shortNames: ["xs"],
  columns: [
    { name: "Region", path: ".spec.region" },
    { name: "Size", path: ".spec.size", type: "integer", priority: 1, description: "In GiB." },
  ],
  spec: object({ region: string({ maxLength: 9 }), size: integer().default(1) }),
  status: object({ a: object({ b: string() }), l: list(object({ k: string(), v: string() }), { key: "k" }) }).rule(
    "self.a.b != ''",
    "must not be empty",
  ),
});
const L = legacy(X, { kind: "LegacyXStorage", claim: { kind: "XStorageClaim" }, connectionKeys: ["url"] });

describe("the manifest", () => {
  const spec = X.spec.openapi;
  const status = {
    type: "object",
    properties: {
      a: { type: "object", properties: { b: { type: "string" } } },
      l: {
        type: "array",
        items: { type: "object", properties: { k: { type: "string" }, v: { type: "string" } }, required: ["k"] },
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["k"],
      },
    },
  };
  const versions = [
    {
      name: "v1",
      served: true,
      referenceable: true,
      additionalPrinterColumns: [
        { name: "Region", type: "string", jsonPath: ".spec.region" },
        { name: "Size", type: "integer", jsonPath: ".spec.size", priority: 1, description: "In GiB." },
      ],
      schema: {
        openAPIV3Schema: { type: "object", description: "Storage.", properties: { spec, status }, required: ["spec"] },
      },
    },
  ];

  test("is of v2, and its status lenient", () => {
    expect(manifest(X)).toEqual({
      apiVersion: "apiextensions.crossplane.io/v2",
      kind: "CompositeResourceDefinition",
      metadata: { name: "xstorages.platform.example.org" },
      spec: {
        group: "platform.example.org",
        names: { kind: "XStorage", plural: "xstorages", categories: ["storage"], shortNames: ["xs"] },
        scope: "Namespaced",
        versions,
      },
    });
  });

  test("is of v1 for the legacy form, and leaves the scope to its default", () => {
    expect(manifest(L)).toEqual({
      apiVersion: "apiextensions.crossplane.io/v1",
      kind: "CompositeResourceDefinition",
      metadata: { name: "legacyxstorages.platform.example.org" },
      spec: {
        group: "platform.example.org",
        names: { kind: "LegacyXStorage", plural: "legacyxstorages", categories: ["storage"] },
        claimNames: { kind: "XStorageClaim", plural: "xstorageclaims" },
        connectionSecretKeys: ["url"],
        versions,
      },
    });
  });

  test.each([
    ["XBucket", "xbuckets"],
    ["XWorkloadIdentity", "xworkloadidentities"],
    ["XBus", "xbuses"],
    ["XProxy", "xproxies"],
    ["XGateway", "xgateways"],
  ])("forms the plural of %s", (kind, plural) => {
    expect(pluralOf(kind)).toBe(plural);
  });
});

describe("the CRD", () => {
  test("is named as Crossplane names it", () => {
    expect(crd(X)).toMatchObject({
      metadata: { name: "xstorages.platform.example.org" },
      spec: {
        scope: "Namespaced",
        names: { singular: "xstorage", listKind: "XStorageList", categories: ["storage", "composite"] },
      },
    });
    expect(crd(L).spec.scope).toBe("Cluster");
    expect(claimCRD(L)?.spec).toMatchObject({ scope: "Namespaced", names: { categories: ["claim"] } });
    expect(claimCRD(X)).toBeUndefined();
  });

  test("prints what Crossplane prints behind what is its own", () => {
    const printed = (columns: readonly { readonly name: string }[] = []) => columns.map(({ name }) => name);
    expect(printed(crd(X).spec.versions[0].additionalPrinterColumns)).toEqual([
      "Region",
      "Size",
      "SYNCED",
      "READY",
      "COMPOSITION",
      "COMPOSITIONREVISION",
      "AGE",
    ]);
    expect(printed(claimCRD(L)?.spec.versions[0].additionalPrinterColumns)).toEqual([
      "Region",
      "Size",
      "SYNCED",
      "READY",
      "CONNECTION-SECRET",
      "AGE",
    ]);
  });
});

describe("an object", () => {
  const apiVersion = "platform.example.org/v1";
  const metadata = { name: "a", namespace: "n", labels: { x: "y" } };
  const claimed = claimCRD(L) ?? crd(L);

  test("keeps what Crossplane adds", () => {
    const xr = {
      apiVersion,
      kind: "XStorage",
      metadata,
      spec: { region: "r", crossplane: { compositionRef: { name: "c" }, other: 1 }, claimRef: {} },
      status: { a: {}, conditions: [] },
    };
    const { value, problems, pruned } = admitResource(crd(X), xr);
    expect(problems).toEqual([]);
    expect(pruned).toEqual(["spec.crossplane.other", "spec.claimRef"]);
    expect(value).toEqual({
      ...xr,
      spec: {
        region: "r",
        size: 1,
        crossplane: { compositionRef: { name: "c" }, compositionUpdatePolicy: "Automatic" },
      },
    });
  });

  test("of the legacy form has it in its spec", () => {
    const claimRef = { apiVersion, kind: "XStorageClaim", namespace: "n", name: "a" };
    const xr = { apiVersion, kind: "LegacyXStorage", metadata: { name: "a" }, spec: { region: "r", claimRef } };
    const { value, problems } = admitResource(crd(L), xr);
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ spec: { region: "r", size: 1, claimRef, compositionUpdatePolicy: "Automatic" } });
  });

  test("that is a claim says how its XR goes", () => {
    const claim = { apiVersion, kind: "XStorageClaim", metadata, spec: { region: "r" } };
    expect(admitResource(claimed, claim).value).toMatchObject({ spec: { compositeDeletePolicy: "Background" } });
  });

  const cases: Readonly<Record<string, { readonly object: unknown; readonly problems: readonly string[] }>> = {
    "is an object": { object: [], problems: [". must be an object, not an array"] },
    "has the version of the CRD": {
      object: { apiVersion: "v1", kind: "XStorage", metadata, spec: { region: "r" } },
      problems: ['apiVersion must be platform.example.org/v1, not "v1"'],
    },
    "has the kind of the CRD": {
      object: { apiVersion, kind: "XS", metadata, spec: { region: "r" } },
      problems: ['kind must be XStorage, not "XS"'],
    },
    "has a name": {
      object: { apiVersion, kind: "XStorage", spec: { region: "r" } },
      problems: ["metadata.name is required"],
    },
    "may have its name made": {
      object: { apiVersion, kind: "XStorage", metadata: { generateName: "a-" }, spec: { region: "r" } },
      problems: [],
    },
    "has a name that Kubernetes allows": {
      object: { apiVersion, kind: "XStorage", metadata: { name: "A_b" }, spec: { region: "r" } },
      problems: [
        'metadata.name must be lower-case letters, digits, - and ., and begin and end with a letter or digit, not "A_b"',
      ],
    },
    "has a name that is a label": {
      object: { apiVersion, kind: "XStorage", metadata: { name: "a".repeat(64) }, spec: { region: "r" } },
      problems: ["metadata.name must have at most 63 characters, not 64"],
    },
    "has a spec": { object: { apiVersion, kind: "XStorage", metadata }, problems: ["spec is required"] },
    "is checked below": {
      object: { apiVersion, kind: "XStorage", metadata, spec: { region: 1 } },
      problems: ["spec.region must be a string, not 1"],
    },
  };
  test.each(Object.entries(cases))("%s", (_, { object: resource, problems }) => {
    expect(admitResource(crd(X), resource).problems.map(({ path, message }) => `${path} ${message}`)).toEqual(problems);
  });
});
