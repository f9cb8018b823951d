import fc from "fast-check";
import { type Fault } from "../../src/simulate/fault.js";
import { type JsonObject } from "../../src/wire/index.js";

// What may happen to an XBucket: specs that follow on each other, and what goes wrong meanwhile.

/** Specs that follow on each other. How objects are encrypted cannot be changed. */
export const lives: fc.Arbitrary<readonly JsonObject[]> = fc
  .record({
    encryption: fc.constantFrom<JsonObject[]>(
      {},
      { kms: { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/0b0cd1f4-6a33-4f0e-9a52-6d1f3f2d8f10" } },
    ),
    specs: fc.array(specs(), { minLength: 1, maxLength: 3 }),
  })
  .map(({ encryption, specs }) => specs.map((spec) => ({ ...spec, encryption })));

/** A spec that the function takes, with consumers of each kind. */
function specs(): fc.Arbitrary<JsonObject> {
  return fc
    .record({
      versioning: fc.boolean(),
      lifecycle: fc.constantFrom<JsonObject[][]>([], [{ prefix: "tmp/", expireAfterDays: 7 }]),
      cors: fc.constantFrom<JsonObject[][]>([], [{ allowedOrigins: ["https://example.org"], allowedMethods: ["GET"] }]),
      deletion: fc.constantFrom<JsonObject[]>({ policy: "Retain" }, { policy: "Delete" }),
      consumers: fc.uniqueArray(consumers(), {
        maxLength: 2,
        selector: ({ serviceAccount }) => serviceAccount as string,
      }),
    })
    .map((spec) => ({ region: "eu-west-1", ...spec }));
}

function consumers(): fc.Arbitrary<JsonObject> {
  return fc
    .record({
      serviceAccount: fc.constantFrom("api", "web"),
      access: fc.constantFrom("Read", "Write", "ReadWrite", "Admin"),
      credentials: fc.constantFrom("PodIdentity", "IRSA", "AccessKey", "Shared"),
      accessKeys: fc.constantFrom(["1"], ["2"], ["1", "2"], ["2", "1"]),
      prefix: fc.constantFrom("in/", "out/a/"),
      createServiceAccount: fc.boolean(),
    })
    .map(({ credentials, createServiceAccount, accessKeys, ...consumer }) => {
      if (credentials === "Shared") return { ...consumer, identity: { name: `${consumer.serviceAccount}-id` } };
      const keys = credentials === "AccessKey" ? { accessKeys } : {};
      return { ...consumer, credentials, createServiceAccount, ...keys };
    });
}

/** The XBucket of a spec. */
export function xbucket(spec: JsonObject): JsonObject {
  const metadata = { namespace: "payments", name: "receipts" };
  return { apiVersion: "platform.trimtab.dev/v1alpha1", kind: "XBucket", metadata, spec };
}

/** The identities that consumers may share. */
export const identities: readonly JsonObject[] = ["api", "web"].map((serviceAccount) => ({
  apiVersion: "platform.trimtab.dev/v1alpha1",
  kind: "XWorkloadIdentity",
  metadata: { namespace: "payments", name: `${serviceAccount}-id` },
  spec: { serviceAccount },
}));

const resources = [
  "bucket",
  "policy",
  "versioning",
  "publicAccess",
  "consumers/*/policy",
  "consumers/*/*/role",
  "consumers/*/*/attachment",
  "consumers/*/podIdentity/association",
  "consumers/*/accessKeys/user",
  "consumers/*/accessKeys/keys/*/key",
  "*",
];

/** Things that go wrong for a while, and then are right again. */
export const passingFaults: fc.Arbitrary<readonly Fault[]> = fc.array(
  fc.oneof(
    fc.record({
      on: fc.record({ resource: fc.constantFrom(...resources) }),
      fault: fc.constantFrom("slow", "never-ready", "flapping", "throttled", "blank-status", "empty-secret" as const),
      from: fc.nat(300_000),
      for: fc.integer({ min: 1000, max: 600_000 }),
    }),
    fc.record({
      function: fc.constant("trimtab-function-bucket"),
      fault: fc.constantFrom("times-out", "late" as const),
      from: fc.nat(60_000),
      for: fc.integer({ min: 1000, max: 120_000 }),
    }),
  ),
  { maxLength: 3 },
) as fc.Arbitrary<readonly Fault[]>;
