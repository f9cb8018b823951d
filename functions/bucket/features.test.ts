import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { bucket } from "./function.js";
import { composite, input, reconciled, safe, working, xbucket } from "./testing.js";

const observed = { ...safe, consumers: { api: working.PodIdentity } };
const compose = (spec: object, seen: object = observed) =>
  run(bucket, { xr: xbucket({}, spec), input, observed: seen as never });
const there = { spec: { forProvider: {} } };

describe("cors", () => {
  const rule = { allowedOrigins: ["https://app.example.org"], allowedMethods: ["GET", "PUT"] };
  test("says what the developer said, and leaves out the rest", () => {
    const whole = { ...rule, allowedHeaders: ["*"], exposeHeaders: ["ETag"], maxAgeSeconds: 0 };
    const { cors, bucket: it } = compose({ cors: [rule, whole] }).desired;
    expect(cors?.spec.forProvider).toEqual({
      region: "eu-west-1",
      bucketRef: { name: it?.metadata?.name },
      corsRule: [rule, whole],
    });
  });
  test("is not there where nobody asks, and goes when it is taken out", () => {
    expect(compose({}).desired.cors).toBeUndefined();
    expect(compose({}, { ...observed, cors: there }).removed).toEqual(["cors"]);
  });
  test("with methods that are none is refused at admission", () => {
    expect(() => compose({ cors: [{ ...rule, allowedMethods: ["PATCH"] }] })).toThrow(
      /spec\.cors\[0\]\.allowedMethods\[0\].*GET/,
    );
  });
  test.each([
    ["allowedOrigins", { allowedOrigins: ["https://*.example.*"] }],
    ["allowedHeaders", { allowedHeaders: ["x-*-*"] }],
    ["exposeHeaders", { exposeHeaders: ["x-*"] }],
  ])("with wildcards that S3 does not take in %s is refused", (field, more) => {
    const { results, resources } = compose({ cors: [{ ...rule, ...more }] });
    const [value] = Object.values(more)[0] ?? [];
    expect(results[0]?.message).toContain(`spec.cors[0].${field}[0] ${value} holds `);
    expect(results[0]?.message).toMatch(/: (use one at most|name each header)$/);
    expect(resources).toEqual({});
  });
});

describe("logging", () => {
  test("goes to another bucket, by its name", () => {
    const { logging, bucket: it } = compose({
      logging: { targetBucket: "central-logs", targetPrefix: "receipts/" },
    }).desired;
    expect(logging?.spec.forProvider).toEqual({
      region: "eu-west-1",
      bucketRef: { name: it?.metadata?.name },
      targetBucket: "central-logs",
      targetPrefix: "receipts/",
    });
  });
  test("has an empty prefix where none is said, since the provider asks for one", () => {
    expect(compose({ logging: { targetBucket: "central-logs" } }).desired.logging?.spec.forProvider.targetPrefix).toBe(
      "",
    );
  });
  test("goes when it is taken out", () => {
    expect(compose({}, { ...observed, logging: there }).removed).toEqual(["logging"]);
  });
  test("into what cannot be a bucket is refused", () => {
    const { results, resources } = compose({ logging: { targetBucket: "logs-s3alias" } });
    expect(results[0]?.message).toBe(
      'spec.logging.targetBucket: bucket name "logs-s3alias" ends in "-s3alias", which AWS reserves',
    );
    expect(resources).toEqual({});
  });
});

describe("object lock", () => {
  const objectLock = { mode: "GOVERNANCE", days: 30 };
  test("is on from the bucket's first day, with what it keeps by default", () => {
    const { bucket: it, objectLock: lock } = compose({ objectLock }).desired;
    expect(it?.spec.forProvider.objectLockEnabled).toBe(true);
    expect(lock?.spec.forProvider).toEqual({
      region: "eu-west-1",
      bucketRef: { name: it?.metadata?.name },
      objectLockEnabled: "Enabled",
      rule: { defaultRetention: objectLock },
    });
    expect(compose({}).desired.bucket?.spec.forProvider).not.toHaveProperty("objectLockEnabled");
  });
  const refused: Record<string, { spec: object; says: RegExp }> = {
    "without versions": { spec: { objectLock, versioning: false }, says: /objectLock needs versioning/ },
    "of a bucket that is adopted": {
      spec: { objectLock, bucketName: "legacy-receipts" },
      says: /objectLock is for new buckets: leave bucketName out/,
    },
    "for ever": { spec: { objectLock: { ...objectLock, days: 36_501 } }, says: /spec\.objectLock\.days.*36501/ },
    "in a mode that is none": {
      spec: { objectLock: { ...objectLock, mode: "LEGAL" } },
      says: /spec\.objectLock\.mode/,
    },
  };
  test.each(Object.entries(refused))("%s is refused at admission", (_, { spec, says }) => {
    expect(() => compose(spec)).toThrow(says);
  });
});

describe("versioning", () => {
  test.each([
    [true, "Enabled"],
    [false, "Suspended"],
  ])("%s: %s, and never left out", (versioning, status) => {
    expect(compose({ versioning }).desired.versioning?.spec.forProvider.versioningConfiguration).toEqual({ status });
  });
});

test("what a bucket has beside does not keep its Secret waiting, and is not published", () => {
  const spec = { lifecycle: [{ expireAfterDays: 1 }], cors: [], logging: { targetBucket: "central-logs" } };
  expect(compose(spec).waiting).toEqual({});
  expect(compose(spec).complete).toBe(true);
});

test("an XR from before a field was there is composed with the field's default", () => {
  const { results, resources } = reconciled({ xr: composite({ region: "eu-west-1" }) });
  expect(results).toEqual([]);
  expect(Object.keys(resources)).toEqual(["bucket", "encryption", "ownership", "policy", "publicAccess", "versioning"]);
});
