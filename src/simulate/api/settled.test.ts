import { describe, expect, test } from "vitest";
import { definitions } from "../../admission/index.js";
import { type JsonObject } from "../../wire/index.js";
import { ApiServer } from "./api-server.js";

// An intent that is applied again is passed over where it would change nothing, and only there.

const LAMP = { group: "example.org", version: "v1", kind: "Lamp" };
const lamp = (spec: JsonObject, apiVersion = "example.org/v1"): JsonObject => ({
  apiVersion,
  kind: "Lamp",
  metadata: { name: "a", namespace: "team" },
  spec,
});
const owner = { manager: "owner" };

function server() {
  let count = 0;
  return new ApiServer({ now: () => "2026-01-01T00:00:00Z", uid: () => `uid-${++count}` });
}

function live(api: ApiServer): JsonObject {
  const found = api.get(LAMP, "team", "a");
  if (!found) throw new Error("the lamp is gone");
  return found;
}

describe("what happens before the same intent is applied again", () => {
  const cases: Readonly<Record<string, { reason: string; between: (api: ApiServer) => unknown; changes: boolean }>> = {
    nothing: { reason: "it is as it was", between: () => undefined, changes: false },
    "somebody writes another field": {
      reason: "the resourceVersion is another one, but what is asked for is there",
      between: (api) => api.update({ ...live(api), spec: { color: "red", size: 2 } }, { manager: "other" }),
      changes: false,
    },
    "somebody changes the field": {
      reason: "force takes it back",
      between: (api) => api.update({ ...live(api), spec: { color: "blue" } }, { manager: "other" }),
      changes: true,
    },
    "somebody changes the field, and changes it back": {
      reason: "the value is there, but the field is somebody else's now",
      between: (api) => {
        api.update({ ...live(api), spec: { color: "blue" } }, { manager: "other" });
        api.update({ ...live(api), spec: { color: "red" } }, { manager: "other" });
      },
      changes: true,
    },
    "somebody applies the same": {
      reason: "a field may have two owners",
      between: (api) => api.apply(lamp({ color: "red" }), { manager: "other" }),
      changes: false,
    },
    "the same manager applies more, which goes again": {
      reason: "what it applies no more is removed",
      between: (api) => api.apply(lamp({ color: "red", size: 2 }), owner),
      changes: true,
    },
    "it goes and is made anew": {
      reason: "who made it owns it",
      between: (api) => {
        api.delete(live(api));
        api.create(lamp({ color: "red" }), { manager: "other" });
      },
      changes: true,
    },
  };
  test.each(Object.entries(cases))("%s", (_, { between, changes, reason }) => {
    const api = server();
    api.apply(lamp({ color: "red" }), owner);
    between(api);
    const before = live(api);
    const after = api.apply(lamp({ color: "red" }), owner);
    expect(after !== before, reason).toBe(changes);
    expect(after["spec"]).toMatchObject({ color: "red" });
    expect(api.apply(lamp({ color: "red" }), owner), "the third time").toBe(after);
  });
});

test("what one version was admitted by says nothing of another", () => {
  const version = (name: string, properties: object) => ({
    name,
    served: true,
    schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", properties } } } },
  });
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "lamps.example.org" },
    spec: {
      group: "example.org",
      scope: "Namespaced",
      names: { kind: "Lamp", plural: "lamps" },
      versions: [
        version("v1", { color: { type: "string" }, size: { type: "integer" } }),
        version("v2", { color: { type: "string" }, size: { type: "integer", maximum: 1 } }),
      ],
    },
  };
  const api = server();
  api.setDefinitions(definitions([{ object: crd, from: "lamps.yaml" }]));
  api.create(lamp({ color: "red" }), owner);
  const inV2 = api.update({ ...live(api), apiVersion: "example.org/v2", spec: { color: "red", size: 1 } }, owner);
  expect(inV2["spec"]).toEqual({ color: "red", size: 1 });
  const grown = { ...live(api), spec: { color: "red", size: 2 } };
  expect(api.update(grown, owner)["spec"], "v1 has no maximum").toEqual({ color: "red", size: 2 });
  const labelled = { ...live(api), apiVersion: "example.org/v2" };
  expect(() => api.update({ ...labelled, spec: { color: "blue", size: 3 } }, owner)).toThrow(/size must be at most 1/);
});
