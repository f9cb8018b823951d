import fc from "fast-check";
import { settle } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { bucket } from "./function.js";

const input = {
  cluster: { arn: "arn:aws:eks:eu-west-1:123456789012:cluster/prod" },
  regions: ["eu-west-1", "cn-north-1"],
};
const observed = {
  bucket: { resource: { apiVersion: "s3.aws.m.upbound.io/v1beta1", kind: "Bucket", metadata: { name: "b" } } },
};
const consumer = (more: object) => ({ consumers: [{ serviceAccount: "api", access: "Read", ...more }] });

const variable = (name: string) => `$\{${name}}/`;

/** What comes of an XR as it may lie in a cluster whose XRD was looser once: nothing here has been through admission. */
const settled = (spec: unknown, platform: unknown = input) =>
  settle(bucket, {
    xr: {
      apiVersion: "platform.trimtab.dev/v1alpha1",
      kind: "XBucket",
      metadata: { name: "receipts", namespace: "payments" },
      spec,
    } as never,
    input: platform,
    observed,
  });
const fine = { region: "eu-west-1", ...consumer({}) };

describe("refused, with field, value and remedy", () => {
  const cases: Record<string, { spec: unknown; says: RegExp }> = {
    "a region that is not offered": {
      spec: { ...fine, region: "us-east-1" },
      says: /^spec\.region us-east-1 is not offered here: choose eu-west-1 or cn-north-1$/,
    },
    "a region that is none": { spec: { ...fine, region: "Frankfurt" }, says: /^spec\.region: .*Frankfurt/ },
    "a region of another partition": {
      spec: { ...fine, region: "cn-north-1" },
      says: /^spec\.region cn-north-1 is not of the partition aws, as the cluster is: choose/,
    },
    "no region": { spec: consumer({}), says: /^spec\.region / },
    "a region of another type": { spec: { ...fine, region: 7 }, says: /^spec\.region .*string/ },
    "a wildcard in a prefix": {
      spec: { ...fine, ...consumer({ prefix: "a*/" }) },
      says: /^spec\.consumers\[0\]\.prefix: prefix "a\*\/" holds \*/,
    },
    "a policy variable in a prefix": {
      spec: { ...fine, ...consumer({ prefix: variable("aws:username") }) },
      says: /^spec\.consumers\[0\]\.prefix: .*\$/,
    },
    "a prefix without a slash": {
      spec: { ...fine, ...consumer({ prefix: "incoming" }) },
      says: /^spec\.consumers\[0\]\.prefix: prefix "incoming" does not end in "\/"/,
    },
    "a key in another region": {
      spec: {
        ...fine,
        encryption: { kms: { keyArn: "arn:aws:kms:us-east-1:123456789012:key/0b0cd1f4-6a33-4f0e-9a52-6d1f3f2d8f10" } },
      },
      says: /^spec\.encryption\.kms\.keyArn: /,
    },
    "two consumers with one Secret": {
      spec: {
        ...fine,
        consumers: [
          { serviceAccount: "a", secretName: "s" },
          { serviceAccount: "b", secretName: "s" },
        ],
      },
      says: /^spec\.consumers\[1\]\.secretName s is already the Secret of spec\.consumers\[0\]: choose another$/,
    },
    "two consumers with one ServiceAccount": {
      spec: {
        ...fine,
        consumers: [
          { serviceAccount: "a", secretName: "s" },
          { serviceAccount: "a", secretName: "t" },
        ],
      },
      says: /a/,
    },
    "an access mode that is none": {
      spec: { ...fine, ...consumer({ access: "Everything" }) },
      says: /^spec\.consumers\[0\]\.access "Everything" is unknown: choose Read/,
    },
    "a ServiceAccount that is not a name": {
      spec: { ...fine, consumers: [{ serviceAccount: "../*" }] },
      says: /^spec\.consumers\[0\]\.serviceAccount/,
    },
    "a default for the Secret's name that is too long": {
      spec: { ...fine, consumers: [{ serviceAccount: "a".repeat(250) }] },
      says: /^spec\.consumers\[0\]\.secretName "receipts-a+…" has 259 characters, and a name at most 253: choose another$/,
    },
  };
  test.each(Object.entries(cases))("%s", (_, { spec, says }) => {
    const { results, resources, removed } = settled(spec);
    expect(results.map(({ severity }) => severity)).toEqual(["Fatal"]);
    expect(results[0]?.message).toMatch(says);
    expect([resources, removed]).toEqual([{}, []]);
  });

  test("input that the platform got wrong", () => {
    expect(settled(fine, { ...input, cluster: { arn: "prod" } }).results[0]?.message).toMatch(
      /^input\.cluster\.arn .*prod/,
    );
    expect(settled(fine, {}).results[0]?.message).toMatch(/^input\.cluster /);
  });
});

test("whatever the spec is, the answer is a composition or a refusal that names a field", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom("api", "eu-west-1", "a/", "a/../", "*", variable("aws:PrincipalTag/x"), "🪣/", ""),
  );
  const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  const item = fc.oneof(
    scalar,
    fc.record(
      {
        serviceAccount: scalar,
        access: fc.oneof(scalar, fc.constantFrom("Read", "Admin")),
        prefix: scalar,
        secretName: scalar,
      },
      { requiredKeys: [] },
    ),
  );
  const spec = fc.oneof(
    scalar,
    fc.record(
      {
        region: fc.oneof(scalar, fc.constant("eu-west-1")),
        consumers: fc.oneof(scalar, fc.array(item, { maxLength: 4 })),
        versioning: scalar,
        encryption: fc.oneof(scalar, fc.record({ kms: fc.oneof(scalar, fc.record({ keyArn: scalar })) })),
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(spec, (value) => {
      const { results, resources, removed } = settled(value);
      expect(removed).toEqual([]);
      if (results.length === 0) {
        expect(Object.keys(resources)).toContain("bucket");
        return;
      }
      expect(results[0]?.severity).toBe("Fatal");
      expect(results[0]?.message).toMatch(/spec|consumers/);
      expect(resources).toEqual({});
    }),
    { numRuns: 500 },
  );
});
