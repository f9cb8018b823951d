import fc from "fast-check";
import {
  admitResource,
  anything,
  boolean,
  type CRDLike,
  claimCRD,
  crd,
  defineXRD,
  integer,
  intOrString,
  list,
  map,
  number,
  object,
  oneOf,
  string,
  type XRD,
} from "trimtab/schema";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { type Resource } from "../../src/resource/resource.js";
import { celRules } from "../../src/schema/cel-rules.js";
import { LegacyXBucket } from "../../xrds/legacyxbucket.js";
import { XBucket } from "../../xrds/xbucket.js";
import { propertyOptions } from "../support/property-options.js";
import { ApiError } from "./api-error.js";
import { Client } from "./client.js";
import { documents } from "./schema-documents.js";

// What the schema builder makes, and what admit says of documents under it, is what a real API server says: the same
// verdict, the same defaults, the same fields pruned.

const port = object({
  name: string({ maxLength: 10 }),
  number: integer({ minimum: 1, maximum: 65_535 }).default(80),
  protocol: oneOf("TCP", "UDP").default("TCP"),
});

/** All that the builder can say, in one API. */
const Everything = defineXRD({
  group: "test.trimtab.dev",
  version: "v1",
  kind: "Everything",
  plural: "everythings",
  spec: object({
    name: string({ minLength: 2, maxLength: 12, pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/ }),
    size: oneOf("small", "large").default("small"),
    ratio: number({ minimum: 0, maximum: 2.5 }).optional(),
    even: integer({ multipleOf: 2 }).optional(),
    zone: string({ maxLength: 20 }).default("a").immutable(),
    ports: list(port, { key: "name", minItems: 1, maxItems: 4 }).optional(),
    tags: map(string({ maxLength: 8 }), { maxProperties: 3 }).default({}),
    words: list(string({ maxLength: 20 }), { set: true, maxItems: 5 }).optional(),
    plain: list(integer(), { maxItems: 3 }).optional(),
    at: string({ format: "date-time" }).optional(),
    day: string({ format: "date" }).optional(),
    lasts: string({ format: "duration" }).optional(),
    bytes: string({ format: "byte" }).optional(),
    limit: intOrString().optional(),
    free: anything().optional(),
    nested: object({
      on: boolean().default(false),
      force: boolean().default(false),
      depth: object({ a: string().default("x"), b: string().optional() }).default({}),
    })
      .rule("!self.force || self.on", "force needs on")
      .default({}),
  }).rule("self.size == 'small' || size(self.tags) <= 2", "a large one has at most two tags"),
  status: object({ seen: string() }),
});

const client = new Client(inject("apiServer"));
const tally = { documents: 0, admitted: 0, refused: 0 };

const own: Readonly<
  Record<
    string,
    {
      readonly xrd: XRD;
      readonly crd: CRDLike;
      readonly runs: number;
      readonly written: readonly unknown[];
    }
  >
> = {
  Everything: {
    xrd: Everything,
    crd: crd(Everything),
    runs: 200,
    written: [
      { name: "ab" },
      { name: "ab", nested: { force: true } },
      { name: "ab", nested: null },
      { name: "ab", size: "large", tags: { a: "1", b: "2", c: "3" } },
      { name: "ab", limit: 1.5 },
      { name: "ab", ports: [{ name: "a" }, { name: "a", number: 81 }] },
      { name: "ab", words: ["a", "a"] },
      { name: "ab", tags: { a: null } },
      { name: "😀😀" },
      { name: "ab", at: "2024-01-01" },
      { name: "ab", even: 3 },
      { name: "ab", free: { any: [1, { thing: null }] } },
    ],
  },
  XBucket: {
    xrd: XBucket,
    crd: crd(XBucket),
    runs: 60,
    written: [
      { region: "eu-west-1" },
      {},
      { region: "Frankfurt" },
      { region: "eu-west-1", consumers: [{ serviceAccount: "a" }, { serviceAccount: "a" }] },
      { region: "eu-west-1", consumers: [{ serviceAccount: "a", prefix: "a*/" }] },
      { region: "eu-west-1", consumers: [{ serviceAccount: "a", prefix: "a" }] },
      { region: "eu-west-1", encryption: { kms: {} } },
      { region: "eu-west-1", encryption: null, versioning: null },
    ],
  },
  LegacyXBucket: {
    xrd: LegacyXBucket,
    crd: crd(LegacyXBucket),
    runs: 30,
    written: [
      { region: "eu-west-1", claimRef: { apiVersion: "a/v1", kind: "C", namespace: "n", name: "c" } },
      { region: "eu-west-1", claimRef: {} },
    ],
  },
  XBucketClaim: {
    xrd: LegacyXBucket,
    crd: claimCRD(LegacyXBucket) as CRDLike,
    runs: 30,
    written: [
      { region: "eu-west-1", writeConnectionSecretToRef: { name: "s" } },
      { region: "eu-west-1", writeConnectionSecretToRef: {} },
    ],
  },
};

beforeAll(() => client.installCRDs(Object.values(own).map(({ crd }) => crd as unknown as Resource)));

describe.each(Object.entries(own))("%s", (kind, { xrd, crd, runs, written }) => {
  const generated = fc.sample(documents(xrd.spec.openapi), propertyOptions({ runs }));
  test.concurrent.each(
    [...written, ...generated].map((spec, index) => [JSON.stringify(spec).slice(0, 80), spec, index] as const),
  )("%s", async (_, spec, index) => {
    const resource = {
      apiVersion: `${xrd.group}/${xrd.version}`,
      kind,
      metadata: { name: `d${index}` },
      spec,
    } as Resource;
    const real = await judged(resource);
    const { value, problems, unchecked } = admitResource(crd, resource, { rules: celRules });
    expect(unchecked).toEqual([]);
    expect({ problems: problems.length > 0, real: real.why }).toEqual({ problems: real.why !== "", real: real.why });
    if (real.why === "") expect((value as Resource).spec).toEqual(real.spec);
  });
});

describe("what may change", () => {
  const was = { name: "ab", zone: "a", words: ["x"], tags: { a: "1" } };
  const cases: Record<string, object> = {
    "an immutable field stays": { ...was, name: "abc" },
    "an immutable field changes": { ...was, zone: "b" },
    "an immutable field is left out": { name: "ab" },
    "a value that breaks a rule": { ...was, nested: { force: true } },
    "a value that does not": { ...was, nested: { force: true, on: true } },
  };
  beforeAll(() =>
    client.apply({ apiVersion: "test.trimtab.dev/v1", kind: "Everything", metadata: { name: "changing" }, spec: was }),
  );
  test.each(Object.entries(cases))("%s", async (_, spec) => {
    const resource = { apiVersion: "test.trimtab.dev/v1", kind: "Everything", metadata: { name: "changing" }, spec };
    const old = await client.read(resource);
    const real = await client.apply(resource, { dryRun: true }).then(
      () => "admitted",
      (error) => refusal(error) && "refused",
    );
    const { problems } = admitResource(crd(Everything), resource, { rules: celRules, old });
    expect(problems.length > 0 ? "refused" : "admitted").toBe(real);
  });
});

test("there were at least 200 documents, admitted and refused", () => {
  console.info("documents judged by the API server:", tally);
  expect(tally.documents).toBeGreaterThanOrEqual(200);
  expect(Math.min(tally.admitted, tally.refused)).toBeGreaterThan(40);
});

async function judged(resource: Resource): Promise<{ readonly why: string; readonly spec: unknown }> {
  tally.documents++;
  try {
    const { spec } = await client.create(resource, { dryRun: true });
    tally.admitted++;
    return { why: "", spec };
  } catch (error) {
    tally.refused++;
    return { why: refusal(error), spec: undefined };
  }
}

/** Why the API server refused. Any other failure is one of the test. */
function refusal(error: unknown): string {
  if (error instanceof ApiError && (error.reason === "Invalid" || error.reason === "BadRequest")) return error.message;
  throw error;
}
