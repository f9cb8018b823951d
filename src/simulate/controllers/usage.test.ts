import { describe, expect, test } from "vitest";
import { Bench } from "../../../test/support/crossplane-bench.js";
import { isObject, uidOf, valueAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

const USAGE = { apiVersion: "protection.crossplane.io/v1beta1", kind: "Usage" };
const CLUSTER_USAGE = { ...USAGE, kind: "ClusterUsage" };
const PART = { apiVersion: "parts.org/v1", kind: "Part" };

describe("a usage", () => {
  test("marks what is used, and goes with what uses", async () => {
    const bench = benchOf();
    bench.apply(part("base"), part("user"), usage({ of: ref("base"), by: ref("user") }));
    await bench.run();
    expect(labelsOf(bench.get(PART, "base", "default"))).toEqual({ "crossplane.io/in-use": "true" });
    expect(bench.get(USAGE, "uses", "default")).toMatchObject({
      metadata: {
        finalizers: ["usage.apiextensions.crossplane.io"],
        annotations: { "crossplane.io/usage-details": "Part/user uses Part/base" },
        ownerReferences: [{ kind: "Part", name: "user" }],
      },
      status: { conditions: [{ type: "Ready", status: "True", reason: "Available" }] },
    });
    const { length } = bench.changes;
    await bench.wait(180_000);
    expect(bench.changes.length, "polls write nothing").toBe(length);
  });

  test.each([
    {
      reason: "of another",
      spec: { of: ref("base"), by: ref("user") },
      says: 'This resource is in-use by 1 usage(s), including the *v1beta1.Usage "uses" (in namespace "default") by resource Part/user.',
    },
    {
      reason: "for a reason",
      spec: { of: ref("base"), reason: "it is dear" },
      says: 'This resource is in-use by 1 usage(s), including the *v1beta1.Usage "uses" (in namespace "default") with reason: "it is dear".',
    },
  ])("holds what is used: $reason", async ({ spec, says }) => {
    const bench = benchOf();
    bench.apply(part("base"), part("user"), usage(spec));
    await bench.run();
    expect(() => bench.api.delete(part("base"))).toThrow(
      `admission webhook "nousages.protection.crossplane.io" denied the request: ${says}`,
    );
    expect(bench.get(PART, "base", "default")?.["metadata"]).toMatchObject({
      annotations: { "usage.crossplane.io/deletion-attempt-with-policy": "Background" },
    });
  });

  test.each([
    { reason: "is deleted then, where the usage says so", replayDeletion: true, isGone: true },
    { reason: "stays, where it does not", replayDeletion: false, isGone: false },
  ])("what somebody wanted to delete meanwhile $reason", async ({ replayDeletion, isGone }) => {
    const bench = benchOf();
    bench.apply(part("base"), usage({ of: ref("base"), reason: "held", replayDeletion }));
    await bench.run();
    expect(() => bench.api.delete(part("base"))).toThrow("in-use");
    bench.api.delete({ ...USAGE, metadata: { namespace: "default", name: "uses" } });
    await bench.wait(1900);
    expect(bench.get(USAGE, "uses", "default")).toBeUndefined();
    expect(labelsOf(bench.get(PART, "base", "default"))).toBeUndefined();
    expect(bench.get(PART, "base", "default"), "only after two seconds").toBeDefined();
    await bench.wait(1000);
    expect(bench.get(PART, "base", "default") === undefined).toBe(isGone);
  });

  test("what is used twice stays marked until both are gone", async () => {
    const bench = benchOf();
    bench.apply(part("base"), usage({ of: ref("base"), reason: "a" }), usage({ of: ref("base"), reason: "b" }, "more"));
    await bench.run();
    bench.api.delete({ ...USAGE, metadata: { namespace: "default", name: "uses" } });
    await bench.run();
    expect(labelsOf(bench.get(PART, "base", "default"))).toEqual({ "crossplane.io/in-use": "true" });
    bench.api.delete({ ...USAGE, metadata: { namespace: "default", name: "more" } });
    await bench.run();
    expect(labelsOf(bench.get(PART, "base", "default"))).toBeUndefined();
  });

  test("one that is composed waits until what uses is gone", async () => {
    const bench = benchOf();
    const metadata = { namespace: "default", name: "user", finalizers: ["hold.org/it"] };
    bench.apply(
      part("base"),
      { ...PART, metadata },
      usage({ of: ref("base"), by: ref("user") }, "uses", { "crossplane.io/composite": "x" }),
    );
    await bench.run();
    bench.api.delete(part("user"));
    bench.api.delete({ ...USAGE, metadata: { namespace: "default", name: "uses" } });
    await bench.wait(60_000);
    expect(bench.get(USAGE, "uses", "default")).toBeDefined();
    const held = bench.get(PART, "user", "default") ?? {};
    const { finalizers: _, ...released } = held["metadata"] as JsonObject;
    bench.api.update({ ...held, metadata: released }, { manager: "test" });
    await bench.run();
    expect(bench.get(USAGE, "uses", "default")).toBeUndefined();
    expect(bench.events.map(({ message }) => message)).toContain(
      'Waiting for the using resource (which is a "Part" named "user") to be deleted.',
    );
  });

  test.each([
    {
      reason: "what is used",
      spec: { of: ref("base"), reason: "held" },
      says: { reason: "GetUsedResource", message: 'cannot get used: parts.parts.org "base" not found' },
    },
    {
      reason: "what uses, which may be one of Kubernetes' own",
      spec: { of: ref("there"), by: { apiVersion: "v1", kind: "Secret", resourceRef: { name: "user" } } },
      says: { reason: "GetUsingResource", message: 'cannot get using: secrets "user" not found' },
    },
  ])("says what is not there: $reason", async ({ spec, says }) => {
    const bench = benchOf();
    bench.apply(part("there"), usage(spec));
    await bench.run(3000);
    expect(bench.events[0]).toMatchObject({ type: "Warning", ...says });
  });

  test("of no namespace holds what is of none", async () => {
    const bench = benchOf();
    const spec = { of: ref("base"), reason: "held" };
    bench.apply({ ...PART, metadata: { name: "base" } }, { ...CLUSTER_USAGE, metadata: { name: "uses" }, spec });
    await bench.run();
    expect(() => bench.api.delete({ ...PART, metadata: { name: "base" } })).toThrow(
      '*v1beta1.ClusterUsage "uses" with reason: "held"',
    );
  });
});

describe("what a usage selects", () => {
  test("is the first with its labels, and with the same controller where it says so", async () => {
    const bench = benchOf();
    const owners = (uid: string) => [{ ...PART, name: "owner", uid, controller: true }];
    const owned = (name: string, uid: string) => ({
      ...PART,
      metadata: { namespace: "default", name, labels: { app: "x" }, ownerReferences: owners(uid) },
    });
    const owner = bench.api.create(part("owner"), { manager: "test" });
    const other = bench.api.create(part("other"), { manager: "test" });
    bench.apply(owned("a", uidOf(other)), owned("b", uidOf(owner)));
    const resourceSelector = { matchLabels: { app: "x" }, matchControllerRef: true };
    const metadata = { namespace: "default", name: "uses", ownerReferences: owners(uidOf(owner)) };
    bench.apply({ ...USAGE, metadata, spec: { of: { ...PART, resourceSelector }, reason: "held" } });
    await bench.run();
    expect(bench.get(USAGE, "uses", "default")?.["spec"]).toMatchObject({ of: { resourceRef: { name: "b" } } });
    expect(labelsOf(bench.get(PART, "b", "default"))).toMatchObject({ "crossplane.io/in-use": "true" });
  });

  test("and where nothing fits, that is said", async () => {
    const bench = benchOf();
    bench.apply(usage({ of: { ...PART, resourceSelector: { matchLabels: { app: "x" } } }, reason: "held" }));
    await bench.run(3000);
    expect(bench.events[0]).toMatchObject({
      type: "Warning",
      reason: "ResolveSelectors",
      message:
        'cannot resolve selectors: cannot resolve selector at "spec.of.resourceSelector": no "Part" found matching labels: map["app":"x"]',
    });
  });
});

function benchOf(): Bench {
  return new Bench({ platform: { compositions: [], xrds: [], functions: {} } });
}

function part(name: string): JsonObject {
  return { ...PART, metadata: { namespace: "default", name } };
}

function ref(name: string) {
  return { ...PART, resourceRef: { name } };
}

function usage(spec: JsonObject, name = "uses", labels: JsonObject = {}): JsonObject {
  return { ...USAGE, metadata: { namespace: "default", name, labels }, spec };
}

function labelsOf(object: JsonObject | undefined): JsonObject | undefined {
  const labels = valueAt(object ?? {}, ["metadata", "labels"]);
  return isObject(labels) ? labels : undefined;
}
