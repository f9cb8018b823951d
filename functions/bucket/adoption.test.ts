import { type Resource } from "trimtab";
import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { externalName } from "../platform/external-name.js";
import { ready } from "../platform/testing.js";
import { bucket } from "./function.js";
import { composite, input, reconciled, safe, working, xbucket } from "./testing.js";

const arn = "arn:aws:s3:::legacy-receipts";
const ours = "XBucket/payments/receipts";
const xr = xbucket({}, { bucketName: "legacy-receipts" });
const retained = ["Observe", "Create", "Update", "LateInitialize"] as const;

/** The bucket as it is observed: only looked at, or managed. */
const seen = (tags: object | undefined, managementPolicies: readonly string[] = ["Observe"], more: object = {}) => ({
  spec: { forProvider: { region: "eu-west-1" }, managementPolicies },
  status: { ...ready, atProvider: { arn, ...(tags && { tags }) }, ...more },
});
const compose = (observed: object = {}, platform: object = {}) =>
  run(bucket, { xr, input: { ...input, ...platform }, observed: observed as never });
const policiesOf = (outcome: ReturnType<typeof compose>) => outcome.desired.bucket?.spec.managementPolicies;
const touching = ({ resources }: { readonly resources: Readonly<Record<string, Resource>> }) =>
  Object.entries(resources)
    .filter(([, { apiVersion, kind }]) => apiVersion.startsWith("s3.") || kind === "Policy" || kind === "Secret")
    .map(([key]) => key);
const secures = ["encryption", "ownership", "policy", "publicAccess", "versioning"];
const of = (owner: string, cluster = input.cluster.arn) => ({
  "trimtab.dev/owner": owner,
  "trimtab.dev/cluster": cluster,
});

describe("a bucket that is not ours yet", () => {
  const early: Record<string, object> = {
    "nobody has looked": {},
    "it is not found yet": { bucket: { spec: { forProvider: {}, managementPolicies: ["Observe"] } } },
    "a read shows nothing": { bucket: { ...seen(of(ours)), status: {} } },
    "its ARN is blank": {
      bucket: { ...seen(of(ours)), status: { ...ready, atProvider: { arn: "", tags: of(ours) } } },
    },
  };
  test.each(Object.entries(early))("is only observed, and nothing else is there, while %s", (_, observed) => {
    const outcome = compose(observed);
    expect(outcome.results).toEqual([]);
    expect(policiesOf(outcome)).toEqual(["Observe"]);
    expect(outcome.desired.bucket?.spec.forProvider).toEqual({ region: "eu-west-1" });
    expect(externalName(outcome.desired.bucket)).toBe("legacy-receipts");
    expect(touching(outcome)).toEqual(["bucket"]);
    expect(outcome.complete).toBe(false);
    for (const waiting of [...secures, "consumers/api/policy"])
      expect(outcome.waiting[waiting], waiting).toBe("the bucket legacy-receipts to be handed over");
  });

  test("every feature waits too, and what deletes with the XBucket does not reach it", () => {
    const spec = {
      bucketName: "legacy-receipts",
      lifecycle: [{ expireAfterDays: 1 }],
      cors: [{ allowedOrigins: ["*"], allowedMethods: ["GET"] }],
      logging: { targetBucket: "central-logs" },
      deletion: { policy: "Delete", force: true },
    };
    const outcome = run(bucket, {
      xr: xbucket({}, spec),
      input,
      observed: early["a read shows nothing"] as never,
    });
    expect(touching(outcome)).toEqual(["bucket"]);
    expect(policiesOf(outcome)).toEqual(["Observe"]);
    expect(outcome.desired.bucket?.spec.forProvider).not.toHaveProperty("forceDestroy");
  });

  test("of others is refused, with its owner and the remedy", () => {
    const { results, resources, removed } = compose({ bucket: seen(of("XBucket/shop/receipts")) });
    expect(results.map(({ message }) => message)).toEqual([
      `spec.bucketName legacy-receipts: of that bucket's tags trimtab.dev/owner is XBucket/shop/receipts; to hand the bucket over, set trimtab.dev/owner to ${ours}`,
    ]);
    expect([resources, removed]).toEqual([{}, []]);
  });
  test.each([
    ["without tags", undefined],
    ["with others", { team: "core" }],
  ])("of nobody (%s) is refused, with the remedy", (_, tags) => {
    const { results, resources } = compose({ bucket: seen(tags) });
    expect(results[0]?.message).toBe(
      `spec.bucketName legacy-receipts: of that bucket's tags trimtab.dev/owner is not there and trimtab.dev/cluster is not there; to hand the bucket over, set trimtab.dev/owner to ${ours} and trimtab.dev/cluster to ${input.cluster.arn}`,
    );
    expect(resources).toEqual({});
  });
  test("of another cluster's XBucket with our names is another's", () => {
    const other = "arn:aws:eks:eu-west-1:123456789012:cluster/other";
    const { results, resources } = compose({ bucket: seen(of(ours, other)) });
    expect(results[0]?.message).toBe(
      `spec.bucketName legacy-receipts: of that bucket's tags trimtab.dev/cluster is ${other}; to hand the bucket over, set trimtab.dev/cluster to ${input.cluster.arn}`,
    );
    expect(resources).toEqual({});
  });
  test("of a claim with our names is another's: the kind must match", () => {
    const { results } = compose({ bucket: seen(of("LegacyXBucket/payments/receipts")) });
    expect(results[0]?.message).toContain("is LegacyXBucket/payments/receipts; ");
  });
});

describe("a bucket that is ours", () => {
  const whole = { ...safe, consumers: { api: working.PodIdentity } };
  test("is managed, and everything follows", () => {
    const outcome = compose({ bucket: seen(of(ours)) });
    expect(policiesOf(outcome)).toEqual(retained);
    expect(outcome.desired.bucket?.spec.forProvider.tags).toMatchObject(of(ours));
    expect(touching(outcome)).toEqual(["bucket", "consumers/api/policy", ...secures]);
  });

  const blanked: Record<string, object | undefined> = {
    "no status": undefined,
    "no tags": { ...ready, atProvider: { arn } },
    "no ARN": { ...ready, atProvider: { arn: "" } },
    "the tag of others": { ...ready, atProvider: { arn, tags: of("XBucket/shop/receipts") } },
  };
  test.each(Object.entries(blanked))("stays so, whatever a later read shows: %s", (_, status) => {
    const before = compose({ ...whole, bucket: seen(of(ours), retained) });
    const now = compose({ ...whole, bucket: { ...seen(of(ours), retained), status } });
    expect(now.results).toEqual([]);
    expect(now.removed).toEqual([]);
    // What is observed beside it here has no Secret yet, which waits for the bucket to be ready.
    const { "consumers/api/secret": _secret, ...same } = before.resources;
    const { "consumers/api/secret": _none, ...resources } = now.resources;
    expect(resources).toEqual(same);
    expect(policiesOf(now)).toEqual(retained);
  });

  test("keeps the tags that it had, also when a later read shows none; those of AWS nobody can set", () => {
    const had = { ...of(ours), "cost-centre": "7", "aws:cloudformation:stack-name": "x" };
    const adopted = compose({ bucket: seen(had) }).desired.bucket;
    expect(adopted?.spec.forProvider.tags).toEqual({ ...of(ours), "cost-centre": "7" });
    const later = compose({ bucket: { spec: adopted?.spec, status: { ...ready, atProvider: { arn, tags: {} } } } });
    expect(later.desired.bucket?.spec.forProvider.tags).toEqual({ ...of(ours), "cost-centre": "7" });
  });

  test("is published by the name that it has", () => {
    const { status, desired } = compose({ ...whole, bucket: seen(of(ours), retained) });
    expect(status).toMatchObject({ bucket: { name: "legacy-receipts", arn } });
    expect(desired.consumers["api"]?.policy?.spec.forProvider.policy).toContain(`"${arn}/*"`);
  });
});

describe("what the platform allows", () => {
  const adopt = (bucketName: string, adoptable: readonly string[]) =>
    reconciled({ xr: composite({ region: "eu-west-1", bucketName }), input: { ...input, adoptable } });
  const patterns: Record<string, { pattern: string; takes: readonly string[]; leaves: readonly string[] }> = {
    "a name": { pattern: "legacy", takes: ["legacy"], leaves: ["legacy-1", "a-legacy", "legac"] },
    "a beginning": { pattern: "legacy-*", takes: ["legacy-a", "legacy-a-b"], leaves: ["legacy", "xlegacy-a"] },
    "an end": { pattern: "*-logs", takes: ["a-logs"], leaves: ["a-logs-1", "logs"] },
    "a middle": { pattern: "a*z", takes: ["abz", "a-z"], leaves: ["abzb", "baz1"] },
    anything: { pattern: "*", takes: ["abc"], leaves: [] },
  };
  test.each(Object.entries(patterns))("%s", (_, { pattern, takes, leaves }) => {
    for (const name of takes) expect(adopt(name, ["none", pattern]).results, name).toEqual([]);
    for (const name of leaves) {
      const { results, resources } = adopt(name, [pattern]);
      expect(results[0]?.message).toBe(`spec.bucketName ${name} may not be adopted here: it must match ${pattern}`);
      expect(resources).toEqual({});
    }
  });
  test("nothing, where the platform says nothing", () => {
    expect(adopt("legacy-receipts", []).results[0]?.message).toBe(
      "spec.bucketName legacy-receipts may not be adopted here: leave bucketName out for a new bucket",
    );
  });
  test("no pattern makes a name of what S3 does not take", () => {
    expect(adopt("xn--legacy", ["*"]).results[0]?.message).toBe(
      'spec.bucketName: bucket name "xn--legacy" begins with "xn--", which AWS reserves',
    );
  });
});
