import { describe, expect, test } from "vitest";
import { answering, Bench } from "../../../test/support/crossplane-bench.js";
import {
  benchOf,
  composing,
  compositionOf,
  conditions,
  part,
  THING,
  thing,
  xrdOf,
} from "../../../test/support/crossplane-things.js";
import { textAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

test("an XR is known by the version that its Composition is for, whichever it was written in", async () => {
  const xrd = xrdOf({});
  const { versions } = xrd["spec"] as { versions: readonly JsonObject[] };
  const older = { ...versions[0], name: "v1alpha1", referenceable: false };
  const platform = {
    compositions: [compositionOf("things")],
    xrds: [xrdOf({ versions: [...versions, older] })],
    functions: { fn: answering(composing({})) },
  };
  const bench = new Bench({ platform });
  bench.apply(thing("one", {}, { ...THING, apiVersion: "example.org/v1alpha1" }));
  await bench.run();
  expect(conditions(bench.get(THING, "one", "default"))["Synced"]?.[0]).toBe("True");
});

describe("a Composition is selected", () => {
  const both = [compositionOf("a", { tier: "gold" }), compositionOf("b", { tier: "iron" })];
  test.each([
    { reason: "as the XR says", crossplane: { compositionRef: { name: "b" } }, xrd: {}, selected: "b" },
    {
      reason: "by labels",
      crossplane: { compositionSelector: { matchLabels: { tier: "iron" } } },
      xrd: {},
      selected: "b",
    },
    { reason: "the first that fits, where nothing is said", crossplane: {}, xrd: {}, selected: "a" },
    {
      reason: "that of the XRD, by default",
      crossplane: {},
      xrd: { defaultCompositionRef: { name: "b" } },
      selected: "b",
    },
    {
      reason: "that of the XRD, whatever the XR says",
      crossplane: { compositionRef: { name: "a" } },
      xrd: { enforcedCompositionRef: { name: "b" } },
      selected: "b",
    },
  ])("$reason", async ({ crossplane, xrd, selected }) => {
    const platform = { compositions: both, xrds: [xrdOf(xrd)], functions: { fn: answering(composing({})) } };
    const bench = new Bench({ platform });
    bench.apply(thing("one", { crossplane }));
    await bench.run();
    expect(bench.get(THING, "one", "default")?.["spec"]).toMatchObject({
      crossplane: {
        compositionRef: { name: selected },
        compositionRevisionRef: { name: expect.stringContaining(`${selected}-`) },
      },
    });
    expect(conditions(bench.get(THING, "one", "default"))).toMatchObject({
      Synced: ["True", "ReconcileSuccess", undefined],
    });
  });

  test.each([
    {
      reason: "none fits",
      crossplane: { compositionSelector: { matchLabels: { tier: "lead" } } },
      message: "cannot select Composition: no compatible Compositions found",
    },
    {
      reason: "it is not there",
      crossplane: { compositionRef: { name: "c" } },
      message:
        'cannot fetch Composition: cannot get Composition: Composition.apiextensions.crossplane.io "c" not found',
    },
    {
      reason: "the revision is not there",
      crossplane: { compositionUpdatePolicy: "Manual", compositionRevisionRef: { name: "c-1" } },
      message:
        'cannot fetch Composition: cannot get CompositionRevision: CompositionRevision.apiextensions.crossplane.io "c-1" not found',
    },
  ])("and where $reason that is said", async ({ crossplane, message }) => {
    const bench = new Bench({ platform: { compositions: both, xrds: [xrdOf({})], functions: {} } });
    bench.apply(thing("one", { crossplane }));
    await bench.run(3000);
    expect(conditions(bench.get(THING, "one", "default"))["Synced"]?.[2]).toBe(message);
  });
});

describe("a platform that is upgraded", () => {
  test("a new Composition reconciles the XRs that follow it", async () => {
    const bench = benchOf(composing({}));
    const manual = { crossplane: { compositionUpdatePolicy: "Manual" } };
    bench.apply(thing("one"), thing("two", manual));
    await bench.run();
    const before = revisions(bench);
    const newer = compositionOf("things", { version: "2" });
    const keys = bench.composite.upgrade({
      compositions: [newer],
      xrds: [xrdOf({})],
      functions: { fn: answering(composing({})) },
    });
    bench.add(keys);
    await bench.run();
    expect(keys).toHaveLength(1);
    const after = revisions(bench);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  test("but not those that are told of too many changes already", async () => {
    const bench = benchOf(composing({}));
    const busy = (change: number) => ({
      ...thing("one"),
      metadata: { namespace: "default", name: "one", annotations: { change: String(change) } },
    });
    for (let change = 0; change < 60; change++) bench.apply(busy(change));
    bench.apply(thing("two"));
    await bench.run(3000);
    const [xrds, functions] = [[xrdOf({})], { fn: answering(composing({})) }];
    const keys = bench.composite.upgrade({
      compositions: [compositionOf("things", { version: "2" })],
      xrds,
      functions,
    });
    expect(keys).toEqual(["example.org/v1/XThing/default/two"]);
  });

  test("new code reconciles nothing", async () => {
    const bench = benchOf(composing({}));
    bench.apply(thing("one"));
    await bench.run();
    const functions = { fn: answering(composing({ a: part() })) };
    expect(bench.composite.upgrade({ compositions: [compositionOf("things")], xrds: [xrdOf({})], functions })).toEqual(
      [],
    );
  });

  const revisions = (bench: Bench) =>
    ["one", "two"].map((name) => {
      const xr = bench.get(THING, name, "default") ?? {};
      return textAt(xr, ["spec", "crossplane", "compositionRevisionRef", "name"]);
    });
});
