import { describe, expect, test } from "vitest";
import { type FunctionCall } from "../render/run-step.js";
import { decodeRequest, encodeResponse, type JsonObject, Ready } from "../wire/index.js";
import { type Platform, type Stage } from "./input.js";
import { simulate } from "./simulate.js";

const XRD: JsonObject = {
  apiVersion: "apiextensions.crossplane.io/v2",
  kind: "CompositeResourceDefinition",
  metadata: { name: "xthings.example.org" },
  spec: {
    scope: "Namespaced",
    group: "example.org",
    names: { kind: "XThing", plural: "xthings" },
    versions: [
      {
        name: "v1",
        served: true,
        referenceable: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                properties: { size: { type: "integer", maximum: 10, default: 1 } },
              },
            },
          },
        },
      },
    ],
  },
};

const COMPOSITION: JsonObject = {
  apiVersion: "apiextensions.crossplane.io/v1",
  kind: "Composition",
  metadata: { name: "things" },
  spec: {
    mode: "Pipeline",
    compositeTypeRef: { apiVersion: "example.org/v1", kind: "XThing" },
    pipeline: [{ step: "compose", functionRef: { name: "fn" } }],
  },
};

/** Composes one managed resource, ready once it says so. */
const fn: FunctionCall = (bytes) => {
  const { meta, observed } = decodeRequest(bytes);
  const spec = observed?.composite?.resource?.["spec"] as JsonObject;
  const status = observed?.resources["thing"]?.resource?.["status"];
  const ready = JSON.stringify(status ?? {}).includes('"Available"') ? Ready.True : Ready.False;
  const resource = {
    apiVersion: "cloud.example.org/v1",
    kind: "Thing",
    spec: { forProvider: { size: spec["size"] ?? 0 } },
  };
  return encodeResponse({
    meta: { tag: meta?.tag ?? "", ttl: { seconds: 60, nanos: 0 } },
    desired: { composite: undefined, resources: { thing: { resource, connectionDetails: {}, ready } } },
  });
};

const platform: Platform = { compositions: [COMPOSITION], xrds: [XRD], functions: { fn } };

const xr = (spec: JsonObject = {}): JsonObject => ({
  apiVersion: "example.org/v1",
  kind: "XThing",
  metadata: { namespace: "team", name: "one" },
  spec,
});

const run = (...stages: readonly Stage[]) => simulate({ platform, stages });

test("an XR becomes ready, with its defaults", async () => {
  const { stages, objects } = await run({ apply: [xr()] });
  expect(stages).toMatchObject([{ isReached: true, composites: [{ isReady: true, isSynced: true }] }]);
  expect(objects.find(({ kind }) => kind === "Thing")).toMatchObject({ spec: { forProvider: { size: 1 } } });
});

test("takes the same course each time", async () => {
  const stages: readonly Stage[] = [{ apply: [xr()] }, { apply: [xr({ size: 2 })] }, { delete: [{ object: xr() }] }];
  const [first, second] = [await run(...stages), await run(...stages)];
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});

test("tells of what happens while it happens", async () => {
  const heard: string[] = [];
  const { timeline } = await simulate(
    { platform, stages: [{ apply: [xr()] }] },
    { onHappening: ({ what }) => heard.push(what), onStage: (index) => heard.push(`stage ${index}`) },
  );
  expect(heard).toEqual(["stage 0", ...timeline.map(({ what }) => what)]);
  expect(heard.slice(0, 4)).toEqual(["stage 0", "stage began", "applied", "created"]);
});

test("waits no longer than asked for", async () => {
  const never = [{ on: { kind: "Thing" }, fault: "never-ready" as const }];
  const { stages } = await run(
    { apply: [xr()], faults: never, until: "ready", limit: 90_000 },
    { until: { ms: 5000 }, after: 1000 },
  );
  expect(stages).toMatchObject([
    { isReached: false, began: 0, ended: 90_000 },
    { isReached: true, began: 91_000, ended: 96_000 },
  ]);
});

test("is over once everything is gone", async () => {
  const { stages, objects, cloud } = await run({ apply: [xr()] }, { delete: [{ object: xr() }], until: "gone" });
  expect(stages[1]).toMatchObject({ isReached: true, composites: [] });
  expect(objects).toEqual([]);
  expect(cloud).toEqual([]);
});

test("goes on from what is there, and has the cloud have it", async () => {
  const { objects } = await run({ apply: [xr()] });
  const { timeline, cloud } = await simulate({ platform, objects, stages: [{}] });
  expect(timeline.map(({ what }) => what)).toEqual(["stage began", "stage ended"]);
  expect(cloud).toHaveLength(1);
});

test("notices new code when an XR is looked at for the next time", async () => {
  const { stages, objects } = await run({ apply: [xr()] }, { upgrade: { functions: { fn: withSize } } });
  expect(objects.find(({ kind }) => kind === "Thing")).toMatchObject({ spec: { forProvider: { size: 7 } } });
  expect((stages[1]?.ended ?? 0) - (stages[1]?.began ?? 0)).toBeGreaterThan(50_000);
});

function withSize(bytes: Uint8Array): Uint8Array {
  const resource = { apiVersion: "cloud.example.org/v1", kind: "Thing", spec: { forProvider: { size: 7 } } };
  const thing = { resource, connectionDetails: {}, ready: Ready.True };
  const tag = decodeRequest(bytes).meta?.tag ?? "";
  return encodeResponse({
    meta: { tag, ttl: { seconds: 60, nanos: 0 } },
    desired: { composite: undefined, resources: { thing } },
  });
}

describe("what cannot be done", () => {
  test.each<readonly [string, Stage, RegExp]>([
    ["an XR that is refused", { apply: [xr({ size: 11 })] }, /cannot apply XThing team\/one: .*spec\.size/s],
    ["a deletion of nothing", { delete: [{ object: xr() }] }, /cannot delete XThing team\/one: it is not there/],
  ])("%s", async (_, stage, message) => {
    await expect(run(stage)).rejects.toThrow(message);
  });
});
