import { describe, expect, test } from "vitest";
import {
  benchOf,
  composedNames,
  composing,
  condition,
  conditions,
  desiredOf,
  lastChangeOf,
  PART,
  PART_CRD,
  part,
  said,
  sizeOf,
  THING,
  thing,
} from "../../../test/support/crossplane-things.js";
import { conditionsOf } from "../../render/conditions.js";
import { valueAt } from "../../render/unstructured.js";
import { fieldOwner } from "../../resource/field-owner.js";
import { type JsonObject, Ready, Severity, Status } from "../../wire/index.js";

describe("an XR that is new", () => {
  test("comes to a finalizer, a Composition, references, and what it composes", async () => {
    const bench = benchOf(composing({ a: part() }));
    bench.apply(thing("one"));
    await bench.run();
    const xr = bench.get(THING, "one", "default");
    expect(xr?.["metadata"]).toMatchObject({
      finalizers: ["composite.apiextensions.crossplane.io"],
      labels: { "crossplane.io/composite": "one" },
    });
    const name = composedNames(xr)[0] ?? "";
    expect(xr?.["spec"]).toMatchObject({
      crossplane: {
        compositionRef: { name: "things" },
        compositionRevisionRef: { name: expect.stringMatching(/^things-[0-9a-f]{7}$/) },
        resourceRefs: [{ ...PART, name: expect.stringMatching(/^one-[0-9a-f]{12}$/) }],
      },
    });
    expect(conditions(xr)).toEqual({
      Responsive: ["True", "WatchCircuitClosed", undefined],
      Synced: ["True", "ReconcileSuccess", undefined],
      Ready: ["False", "Creating", "Unready resources: a"],
    });
    const managed = bench.get(PART, name, "default") ?? {};
    expect(valueAt(managed, ["metadata", "managedFields"])).toMatchObject([
      { manager: fieldOwner({ name: "one", kind: "XThing", group: "example.org" }), operation: "Apply" },
    ]);
    expect(said(bench)).toContain('Normal ComposeResources: Composed resource "a" is not yet ready');
  });

  test("settles: what it wrote itself makes it write no more", async () => {
    const bench = benchOf(composing({ a: part() }, { conditions: [condition(Status.True)] }));
    bench.apply(thing("one"));
    await bench.run();
    const { length } = bench.changes;
    bench.add(bench.composite.concerns(lastChangeOf(bench, "one")));
    await bench.wait(60_000);
    expect(length).toBeLessThan(12);
    expect(bench.changes.length).toBe(length);
  });

  test("is Ready once all that it composes is, and says so at the time of the clock", async () => {
    let ready: Ready = Ready.Unspecified;
    const bench = benchOf(() => ({ desired: desiredOf({ a: part() }, ready) }));
    bench.apply(thing("one"));
    await bench.run();
    ready = Ready.True;
    bench.clock.pass(3_600_000);
    bench.add(bench.composite.concerns(lastChangeOf(bench, "one")));
    await bench.run();
    const found = conditionsOf(bench.get(THING, "one", "default") ?? {});
    expect(found.find(({ type }) => type === "Ready")).toMatchObject({
      status: "True",
      lastTransitionTime: "2024-01-01T01:00:00Z",
    });
    expect(found.find(({ type }) => type === "Synced")).toMatchObject({ lastTransitionTime: "2024-01-01T00:00:00Z" });
  });
});

describe("what goes", () => {
  test("what is desired no more is deleted, without the labels of its owner", async () => {
    let parts: Readonly<Record<string, JsonObject>> = { a: part(), b: part() };
    const bench = benchOf(() => ({ desired: desiredOf(parts) }));
    bench.apply(thing("one"));
    await bench.run();
    parts = { b: part() };
    bench.add(bench.composite.concerns(lastChangeOf(bench, "one")));
    await bench.run();
    const gone = bench.changes.filter(({ type }) => type === "Deleted");
    expect(gone.map(({ object }) => object["metadata"])).toMatchObject([
      { annotations: { "crossplane.io/composition-resource-name": "a" } },
    ]);
    expect(valueAt(gone[0]?.object ?? {}, ["metadata", "labels"])).toBeUndefined();
    expect(composedNames(bench.get(THING, "one", "default"))).toHaveLength(1);
  });

  test("an XR that is deleted is let go, and no function is called", async () => {
    let calls = 0;
    const bench = benchOf(() => {
      calls++;
      return { desired: desiredOf({ a: part() }) };
    });
    bench.apply(thing("one"));
    await bench.run();
    const before = calls;
    bench.api.delete(thing("one"), {});
    await bench.run();
    expect(bench.get(THING, "one", "default")).toBeUndefined();
    expect(bench.api.all()).toEqual([]);
    expect(calls).toBe(before);
  });

  test("one that is paused is left as it is, finalizer and all", async () => {
    const bench = benchOf(composing({ a: part() }));
    const paused = { annotations: { "crossplane.io/paused": "true" } };
    bench.apply({ ...thing("one"), metadata: { namespace: "default", name: "one", ...paused } });
    await bench.run();
    expect(conditions(bench.get(THING, "one", "default"))).toMatchObject({
      Synced: ["False", "ReconcilePaused", "Reconciliation (including deletion) is paused via the pause annotation"],
    });
    expect(bench.api.list({ group: "parts.org", version: "v1", kind: "Part" }, "")).toEqual([]);
  });
});

describe("what fails", () => {
  test("a part that is invalid holds nothing up but Synced", async () => {
    const bench = benchOf(composing({ a: part({ size: 100 }), b: part({ size: 1 }) }, {}, Ready.True), {
      crds: [PART_CRD],
    });
    bench.apply(thing("one"));
    await bench.run(60_000);
    const xr = bench.get(THING, "one", "default");
    expect(conditions(xr)).toMatchObject({
      Synced: ["False", "ReconcileError", "Unsynced resources: a"],
      Ready: ["True", "Available", undefined],
    });
    expect(bench.api.list({ group: "parts.org", version: "v1", kind: "Part" }, "")).toHaveLength(1);
    expect(said(bench)).toContain('Normal ComposeResources: Composed resource "a" is not yet valid');
    expect(said(bench).find((each) => each.startsWith("Warning"))).toMatch(
      /^Warning ComposeResources: cannot apply composed resource "a": Part.parts.org ".*" is invalid: spec.size/,
    );
  });

  test("a part of the wrong shape ends the reconcile", async () => {
    const bench = benchOf(composing({ a: part({ size: "big" }) }), { crds: [PART_CRD] });
    bench.apply(thing("one"));
    await bench.run(5000);
    const [status, reason, message] = conditions(bench.get(THING, "one", "default"))["Synced"] ?? [];
    expect([status, reason]).toEqual(["False", "ReconcileError"]);
    expect(message).toMatch(
      /^cannot compose resources: cannot apply composed resource "a": failed to create typed patch/,
    );
  });

  test("something fatal is told, and leaves the conditions unknown that were not said", async () => {
    let isFatal = false;
    const bench = benchOf(() =>
      isFatal
        ? {
            results: [
              { severity: Severity.Normal, message: "began" },
              { severity: Severity.Fatal, message: "no" },
            ],
          }
        : { desired: desiredOf({ a: part() }), conditions: [condition(Status.True)] },
    );
    bench.apply(thing("one"));
    await bench.run();
    isFatal = true;
    bench.add(bench.composite.concerns(lastChangeOf(bench, "one")));
    await bench.run(5000);
    const fatal = 'cannot compose resources: pipeline step "one" returned a fatal result: no';
    expect(conditions(bench.get(THING, "one", "default"))).toMatchObject({
      Synced: ["False", "ReconcileError", fatal],
      Custom: [
        "Unknown",
        "FatalError",
        "A fatal error occurred before the status of this condition could be determined.",
      ],
    });
    const told = said(bench);
    expect(told).toContain(`Warning ComposeResources: ${fatal}`);
    expect(told).toContain('Normal ComposeResources: Pipeline step "one": began');
    expect(composedNames(bench.get(THING, "one", "default"))).toHaveLength(1);
  });

  test("a status that the schema refuses is told by an event alone", async () => {
    const bench = benchOf(composing({}, { status: { size: 100 } }));
    bench.apply(thing("one"));
    await bench.run(5000);
    expect(said(bench).find((each) => each.startsWith("Warning"))).toMatch(
      /^Warning ComposeResources: cannot compose resources: cannot apply composite resource status: XThing.example.org "one" is invalid/,
    );
    expect(conditions(bench.get(THING, "one", "default"))).toEqual({});
  });

  test("an XR of a namespace composes nothing that is of none", async () => {
    const bench = benchOf(composing({ a: part() }), { isNamespaced: () => false });
    bench.apply(thing("one"));
    await bench.run(5000);
    expect(said(bench)).toContain(
      'Warning ComposeResources: cannot compose resources: cannot apply cluster scoped composed resource "a" (a Part named ) for a namespaced composite resource.',
    );
  });

  test("a function that answers too late is told as gRPC does", async () => {
    const bench = benchOf(composing({}), {
      faultOf: (name) => ({ fault: { function: name, fault: "times-out" }, lasts: 120_000 }),
    });
    bench.apply(thing("one"));
    await bench.run(130_000);
    expect(conditions(bench.get(THING, "one", "default"))["Synced"]?.[2]).toBe(
      'cannot compose resources: cannot run Composition pipeline step "one": cannot run Function "fn": rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    );
    expect(bench.clock.now()).toBeGreaterThanOrEqual(120_000);
  });

  test("a function that is away for less than two minutes is waited for", async () => {
    const faultOf = (name: string) => ({ fault: { function: name, fault: "times-out" as const }, lasts: 30_000 });
    const bench = benchOf(composing({}), { faultOf });
    bench.apply(thing("one"));
    await bench.run(130_000);
    expect(conditions(bench.get(THING, "one", "default"))["Synced"]?.[0]).toBe("True");
    expect(bench.clock.now()).toBeLessThan(120_000);
  });

  test("a late answer knows nothing of what has changed meanwhile", async () => {
    let isLate = false;
    const bench = benchOf(
      ({ observed }) => ({ desired: desiredOf({ a: part({ size: sizeOf(observed?.composite?.resource) }) }) }),
      {
        faultOf: (name) => (isLate ? { fault: { function: name, fault: "late", takes: 30_000 }, lasts: 1 } : undefined),
      },
    );
    isLate = true;
    bench.apply(thing("one", { size: 1 }));
    await bench.wait(20_000);
    bench.apply(thing("one", { size: 2 }));
    await bench.wait(15_000);
    const [first] = bench.api.list({ group: "parts.org", version: "v1", kind: "Part" }, "default");
    expect(first?.["spec"]).toEqual({ size: 1 });
    await bench.run();
    const [last] = bench.api.list({ group: "parts.org", version: "v1", kind: "Part" }, "default");
    expect(last?.["spec"]).toEqual({ size: 2 });
  });
});

describe("what is in use", () => {
  test("stays, and the XR says nothing of it: a refusal by a usage has the code of a conflict", async () => {
    let parts: Readonly<Record<string, JsonObject>> = { a: part() };
    const bench = benchOf(() => ({ desired: desiredOf(parts) }));
    bench.apply(thing("one"));
    await bench.run();
    const [name = ""] = composedNames(bench.get(THING, "one", "default"));
    const of = { ...PART, resourceRef: { name } };
    const metadata = { namespace: "default", name: "uses" };
    bench.apply({
      apiVersion: "protection.crossplane.io/v1beta1",
      kind: "Usage",
      metadata,
      spec: { of, reason: "dear" },
    });
    await bench.run();
    parts = {};
    bench.add(bench.composite.concerns(lastChangeOf(bench, "one")));
    await bench.wait(60_000);
    expect(composedNames(bench.get(THING, "one", "default"))).toEqual([name]);
    expect(said(bench).filter((each) => each.startsWith("Warning"))).toEqual([]);
    expect(conditions(bench.get(THING, "one", "default"))["Synced"]?.[0]).toBe("True");
    bench.api.delete({ apiVersion: "protection.crossplane.io/v1beta1", kind: "Usage", metadata });
    await bench.wait(120_000);
    expect(composedNames(bench.get(THING, "one", "default"))).toEqual([]);
    expect(bench.get(PART, name, "default")).toBeUndefined();
  });
});
