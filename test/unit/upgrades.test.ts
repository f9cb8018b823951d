import { describe, expect, test } from "vitest";
import { type AnyFn } from "../../src/function/index.js";
import { type Composite, defineFunction, formerly, type Ref } from "../../src/index.js";
import { s3, v1 } from "../../src/models/index.js";
import { inProcess } from "../../src/render/index.js";
import { defineXRD, manifest, object, string, type XRD } from "../../src/schema/index.js";
import { type Happening, type Platform, simulate } from "../../src/simulate/index.js";
import { compositionManifest } from "../../src/synth/composition-manifest.js";
import { type JsonObject } from "../../src/wire/index.js";

// What another version of a function or of a schema does to what lives: what would be deleted, and made anew.

const store = (spec: Parameters<typeof object>[0] = { region: string() }) =>
  defineXRD({ group: "example.org", version: "v1", kind: "Store", spec: object(spec), status: object({}) });
const Store = store();
const regionOf = (xr: Composite<XRD>) => (xr.spec as { readonly region: string }).region;

const xr: JsonObject = {
  apiVersion: "example.org/v1",
  kind: "Store",
  metadata: { namespace: "payments", name: "receipts" },
  spec: { region: "eu-west-1" },
};

/** A bucket, and versioning that refers to it. */
const first = defineFunction({
  name: "store",
  composite: [Store],
  composes: { bucket: s3.Bucket, versioning: s3.BucketVersioning },
  compose: ({ xr, composed }) => ({
    resources: { bucket: bucketIn(regionOf(xr)), versioning: versioningOf(regionOf(xr), composed.bucket) },
  }),
});

function bucketIn(region: string) {
  return s3.Bucket({ spec: { forProvider: { region } } });
}

function versioningOf(region: string, bucketRef: Ref<"s3.Bucket">) {
  const forProvider = { region, bucketRef, versioningConfiguration: { status: "Enabled" as const } };
  return s3.BucketVersioning({ spec: { forProvider } });
}

describe("another version of a function", () => {
  test("the same code changes nothing", async () => {
    expect(await upgraded(first, first)).toEqual([]);
  });

  test("a name that is another is deleted and made anew, with what is in it", async () => {
    const careless = defineFunction({
      name: "store",
      composite: [Store],
      composes: { store: s3.Bucket, bucket: s3.Bucket, versioning: s3.BucketVersioning },
      compose: ({ xr, composed }) => ({
        resources: {
          store: bucketIn(regionOf(xr)),
          bucket: null,
          versioning: versioningOf(regionOf(xr), composed.store),
        },
      }),
    });
    expect(await upgraded(first, careless)).toEqual(
      expect.arrayContaining(["created store", "removed bucket", "deleted bucket"]),
    );
  });

  test("formerly says what it was called, and nothing is deleted", async () => {
    const careful = defineFunction({
      name: "store",
      composite: [Store],
      composes: { store: formerly("bucket", s3.Bucket), versioning: s3.BucketVersioning },
      compose: ({ xr, composed }) => ({
        resources: { store: bucketIn(regionOf(xr)), versioning: versioningOf(regionOf(xr), composed.store) },
      }),
    });
    expect(await upgraded(first, careful)).toEqual([]);
  });

  test("a name that is forgotten is kept, and reported", async () => {
    const forgetful = defineFunction({
      name: "store",
      composite: [Store],
      composes: { bucket: s3.Bucket },
      compose: ({ xr }) => ({ resources: { bucket: bucketIn(regionOf(xr)) } }),
    });
    const { happened, objects } = await upgrade(platformOf(first), platformOf(forgetful));
    expect(happened).toEqual([]);
    expect(JSON.stringify(objects.find(({ kind }) => kind === "Store"))).toMatch(/versioning/);
  });

  test("what compose says null for goes", async () => {
    const decided = defineFunction({
      name: "store",
      composite: [Store],
      composes: { bucket: s3.Bucket, versioning: s3.BucketVersioning },
      compose: ({ xr }) => ({ resources: { bucket: bucketIn(regionOf(xr)), versioning: null } }),
    });
    expect(await upgraded(first, decided)).toEqual(["deleting versioning", "removed versioning", "deleted versioning"]);
  });

  test("what is new is made, and the rest stays", async () => {
    const grown = defineFunction({
      name: "store",
      composite: [Store],
      composes: { bucket: s3.Bucket, versioning: s3.BucketVersioning, notes: v1.ConfigMap },
      compose: ({ xr, composed }) => ({
        resources: {
          bucket: bucketIn(regionOf(xr)),
          versioning: versioningOf(regionOf(xr), composed.bucket),
          notes: v1.ConfigMap({ data: { region: regionOf(xr) } }),
        },
      }),
    });
    expect(await upgraded(first, grown)).toEqual(["created notes"]);
  });
});

describe("another schema", () => {
  test("one that has tightened does not stop what lives", async () => {
    const tight = store({ region: string({ pattern: /^us-/ }) });
    const { happened, objects } = await upgrade(platformOf(first), platformOf(first, tight));
    expect(happened).toEqual([]);
    expect(ready(objects)).toBe(true);
  });

  test("a default that has changed is not written into what was made with the old one", async () => {
    const withDefault = (region: string) => store({ region: string().default(region) });
    const { spec: _, ...bare } = xr;
    const written = { ...bare, spec: {} };
    const [before, after] = [withDefault("eu-west-1"), withDefault("eu-central-1")].map((each) =>
      platformOf(first, each),
    );
    if (!before || !after) throw new Error("there are two platforms");
    const { happened, objects } = await upgrade(before, after, written);
    expect(happened).toEqual([]);
    expect(objects.find(({ kind }) => kind === "Bucket")).toMatchObject({
      spec: { forProvider: { region: "eu-west-1" } },
    });
  });

  test("a field that is new with a default reaches what lives", async () => {
    const grown = store({ region: string(), tier: string().default("standard") });
    const { objects } = await upgrade(platformOf(first), platformOf(first, grown));
    expect(ready(objects)).toBe(true);
  });
});

/** What the second of two versions does to what the first has made: what of it matters. */
async function upgraded(before: AnyFn, after: AnyFn): Promise<readonly string[]> {
  return (await upgrade(platformOf(before), platformOf(after))).happened;
}

async function upgrade(before: Platform, after: Platform, apply = xr) {
  const stages = [{ apply: [apply], until: "ready" as const }, { upgrade: after }];
  const { timeline, objects } = await simulate({ platform: before, stages });
  const happened = timeline.filter(({ stage, what }) => stage === 1 && MATTERS.has(what)).map(lineOf);
  return { happened, objects };
}

const MATTERS = new Set(["created", "changed", "deleting", "deleted", "made", "removed", "kept", "failed"]);

function lineOf({ what, object }: Happening): string {
  return `${what} ${object.resource ?? object.kind}`;
}

function ready(objects: readonly JsonObject[]): boolean {
  const status = objects.find(({ kind }) => kind === "Store")?.["status"];
  return JSON.stringify(status).includes('"Available"');
}

/** A platform of one function, whose Composition has one step. */
function platformOf(fn: AnyFn, xrd: XRD = Store): Platform {
  const pipeline = [{ step: "store", functionRef: { name: "function-store" } }];
  return {
    compositions: [plain(compositionManifest({ name: "store", composite: xrd, pipeline }))],
    xrds: [plain(manifest(xrd))],
    functions: { "function-store": inProcess(fn) },
  };
}

function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
