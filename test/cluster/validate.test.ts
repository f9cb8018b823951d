import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { manifest, type OpenAPI } from "trimtab/schema";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { type AdmittingCRD, definitions } from "../../src/admission/index.js";
import { type Resource } from "../../src/resource/resource.js";
import { celRules } from "../../src/schema/cel-rules.js";
import project from "../../trimtab.config.js";
import { propertyOptions } from "../support/property-options.js";
import { providerCRDsFor } from "../support/provider-crds.js";
import { repository } from "../support/repository.js";
import { objectsIn } from "../support/yaml-objects.js";
import { Client } from "./client.js";
import { objectsOf } from "./crd-documents.js";
import { admitted } from "./crd-values.js";
import { judge } from "./judge.js";
import { projectCRDs } from "./project-crds.js";
import { fittingDocuments } from "./schema-documents.js";
import { transport } from "./transport.js";
import { textCRD, texts } from "./written-crd.js";
import { written } from "./written-objects.js";

// What `trimtab validate` says of an object is what a real API server says: the same verdict, the same object stored, and
// as many fields dropped. The API server has the CRDs that Crossplane makes; validate has the XRDs.

const send = transport(inject("apiServer"));
const client = new Client(inject("apiServer"));
const tally = { documents: 0, admitted: 0, refused: 0 };

const testdata = (folder: string) =>
  readdirSync(join(repository, "test/cluster/testdata", folder)).flatMap((file) =>
    objectsIn(join(repository, "test/cluster/testdata", folder, file)),
  );

const provider = providerCRDsFor("that validate judges the provider's kinds as the API server does");
const derived = testdata("crds");
const installed = [...provider, ...projectCRDs, ...derived, textCRD];

const known = definitions([
  ...provider.map((object) => ({ object, from: "the provider" })),
  ...project.xrds.map((xrd) => ({ object: manifest(xrd), from: "the project" })),
  ...testdata("xrds").map((object) => ({ object, from: "the test data" })),
  { object: textCRD, from: "this test" },
]);

beforeAll(() => client.installCRDs(installed));

describe("generated objects of", () => {
  // TRIMTAB_TIMES=9 tries nine times as many.
  const times = positive("TRIMTAB_TIMES");
  const { seed } = propertyOptions({ runs: times });
  const kinds = [
    ...provider.flatMap((crd) => versions(crd, 12, admitted)),
    ...projectCRDs.flatMap((crd) => versions(crd, 40, fittingDocuments)),
    ...derived.flatMap((crd) => versions(crd, 30, fittingDocuments)),
  ];
  test.concurrent.each(kinds)("%s", async (_, { crd, runs, objects }) => {
    const differences: string[] = [];
    for (const object of fc.sample(objects, { seed, numRuns: runs * times })) {
      differences.push(...(await difference(crd, object)));
    }
    expect(differences).toEqual([]);
  });
});

describe("an object with", () => {
  test.concurrent.each(Object.entries({ ...written, ...texts }))("%s", async (_, object) => {
    expect(await difference(crdFor(object), object)).toEqual([]);
  });
});

/** A number from the environment; 1 where it is not set. */
function positive(name: string): number {
  const value = process.env[name] ?? "1";
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new Error(`${name} must be a positive integer, not ${JSON.stringify(value)}`);
}

/** The CRD of an object's kind that Crossplane makes. */
function crdFor(object: object): AdmittingCRD {
  const { kind } = object as { readonly kind: string };
  const found = ([...derived, textCRD] as unknown as readonly AdmittingCRD[]).find(
    ({ spec }) => spec.names.kind === kind,
  );
  if (!found) throw new Error(`cannot judge a ${kind}: there is no CRD of it`);
  return found;
}

test("there were enough documents, admitted and refused", () => {
  console.info("objects judged by the API server:", tally);
  expect(tally.documents).toBeGreaterThanOrEqual(provider.length > 0 ? 700 : 300);
  expect(Math.min(tally.admitted, tally.refused)).toBeGreaterThan(tally.documents / 6);
});

function versions(object: Resource, runs: number, values: (schema: OpenAPI) => fc.Arbitrary<unknown>) {
  const crd = object as unknown as AdmittingCRD;
  const served = crd.spec.versions.filter((version) => version.served);
  return served.map((version) => {
    const name = `${crd.spec.names.kind}.${version.name}.${crd.spec.group}`;
    return [name, { crd, runs, objects: objectsOf(crd, version, values) }] as const;
  });
}

/** Where ours and the API server's differ, if they do. */
async function difference(crd: AdmittingCRD, object: object): Promise<readonly string[]> {
  const real = await judge(send, crd, object);
  tally.documents++;
  tally[real.stored ? "admitted" : "refused"]++;
  const ours = known.admit(object, { namespace: "default", rules: celRules });
  const seen = {
    refused: (ours?.problems.length ?? 0) > 0,
    unchecked: ours?.unchecked ?? [],
    stored: real.stored && withoutMetadata(ours?.value),
    // Of a namespace that it drops the API server does not say so.
    dropped: real.stored && ours?.pruned.filter((path) => path !== "metadata.namespace").length,
  };
  const wanted = {
    refused: real.why !== "",
    unchecked: [],
    stored: real.stored && withoutMetadata(real.stored),
    dropped: real.stored && real.unknown,
  };
  const same = JSON.stringify(sorted(seen)) === JSON.stringify(sorted(wanted));
  return same ? [] : [JSON.stringify({ object, real, ours })];
}

function withoutMetadata(object: unknown): object {
  const { metadata: _, ...rest } = object as Resource;
  return rest;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}
