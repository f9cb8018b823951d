import { describe, expect, test } from "vitest";
import { type Definitions, definitions } from "../../admission/index.js";
import { celRules } from "../../schema/cel-rules.js";
import { type JsonObject } from "../../wire/index.js";
import { ApiServer, type ApiServerOptions } from "./api-server.js";
import { type Change } from "./change.js";

// What writes make of objects is compared with a real API server in test/cluster/apply.test.ts. Here is the rest.

const by = { manager: "test" };

function server(options: Partial<ApiServerOptions> = {}): ApiServer {
  let count = 0;
  return new ApiServer({ now: () => "2026-01-01T00:00:00Z", uid: () => `uid-${++count}`, ...options });
}

const lamp = (name: string, more: JsonObject = {}): JsonObject => ({
  apiVersion: "example.org/v1",
  kind: "Lamp",
  metadata: { name, namespace: "team" },
  ...more,
});
const LAMP = { group: "example.org", version: "v1", kind: "Lamp" };

function lamps(schema: object = {}, more: object = {}): Definitions {
  const version = (name: string) => ({
    name,
    served: true,
    schema: { openAPIV3Schema: { type: "object", ...schema } },
  });
  const object = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "lamps.example.org" },
    spec: {
      group: "example.org",
      scope: "Namespaced",
      names: { kind: "Lamp", plural: "lamps" },
      versions: [version("v1"), version("v2")],
      ...more,
    },
  };
  return definitions([{ object, from: "lamps.yaml" }]);
}

describe("reading", () => {
  const api = server();
  for (const [namespace, name, color] of [
    ["b", "a", "red"],
    ["a", "b", "red"],
    ["a", "a", "blue"],
  ] as const) {
    api.create({ ...lamp(name), metadata: { namespace, name, labels: { color } } }, by);
  }
  const paths = (objects: readonly JsonObject[]) =>
    objects.map(({ metadata }) => `${Object(metadata).namespace}/${Object(metadata).name}`);

  test("lists by namespace and name", () => {
    expect(paths(api.list(LAMP, ""))).toEqual(["a/a", "a/b", "b/a"]);
    expect(paths(api.list(LAMP, "a"))).toEqual(["a/a", "a/b"]);
    expect(paths(api.list({ ...LAMP, kind: "LampList" }, "", { color: "red" }))).toEqual(["a/b", "b/a"]);
    expect(paths(api.list({ ...LAMP, kind: "Chair" }, ""))).toEqual([]);
  });

  test("lists what came to be and went since", () => {
    api.create({ ...lamp("c"), metadata: { namespace: "a", name: "c" } }, by);
    expect(paths(api.list(LAMP, ""))).toEqual(["a/a", "a/b", "a/c", "b/a"]);
    api.delete({ ...lamp("c"), metadata: { namespace: "a", name: "c" } });
    expect(paths(api.list(LAMP, "a"))).toEqual(["a/a", "a/b"]);
  });

  test("converts the version", () => {
    expect(api.get({ ...LAMP, version: "v2" }, "a", "a")).toMatchObject({ apiVersion: "example.org/v2" });
    expect(api.get(LAMP, "a", "z")).toBeUndefined();
  });
});

describe("watching", () => {
  test("tells each change, in order, and nothing where nothing changed", () => {
    const api = server();
    const changes: Change[] = [];
    const end = api.watch((change) => changes.push(change));
    const made = api.create(lamp("a"), by);
    api.apply(lamp("a", { spec: { on: true } }), { manager: "ann" });
    api.apply(lamp("a", { spec: { on: true } }), { manager: "ann" });
    api.delete(lamp("a"), { manager: "bob" });
    expect(changes.map(({ type, manager }) => `${type} ${manager}`)).toEqual([
      "Added test",
      "Modified ann",
      "Deleted bob",
    ]);
    expect(changes[1]?.before).toBe(made);
    expect(changes[2]?.before).toBe(changes[1]?.object);
    end();
    api.create(lamp("a"), by);
    expect(changes).toHaveLength(3);
  });

  test("gives each version of any object another number", () => {
    const api = server();
    const versions = ["a", "b"].map((name) => Object(api.create(lamp(name), by)["metadata"]).resourceVersion);
    expect(versions).toEqual(["1", "2"]);
  });
});

describe("refusals", () => {
  const cases: Readonly<Record<string, { readonly act: (api: ApiServer) => unknown; readonly says: string }>> = {
    "of what is there": { act: (api) => api.create(lamp("a"), by), says: 'lamps.example.org "a" already exists' },
    "of what is not there": {
      act: (api) => api.delete(lamp("b")),
      says: 'lamps.example.org "b" not found',
    },
    "of another version": {
      act: (api) =>
        api.update({ ...lamp("a"), metadata: { ...Object(lamp("a")["metadata"]), resourceVersion: "9" } }, by),
      says: 'Operation cannot be fulfilled on lamps.example.org "a": the object has been modified; please apply your changes to the latest version and try again',
    },
    "of an update that names no version": {
      act: (api) => api.update(lamp("a"), by),
      says: 'Lamp.example.org "a" is invalid: metadata.resourceVersion must be specified for an update',
    },
    "of another uid": {
      act: (api) => api.delete(lamp("a"), { uid: "uid-9" }),
      says: 'Operation cannot be fulfilled on lamps.example.org "a": Precondition failed: UID in precondition: uid-9, UID in object meta: uid-1',
    },
    "of what the guard holds": { act: (api) => api.delete(lamp("a")), says: "it is in use" },
    "of two controllers": {
      act: (api) => {
        const owner = (name: string) => ({ apiVersion: "v1", kind: "Node", name, uid: name, controller: true });
        const ownerReferences = [owner("x"), owner("y")];
        return api.create({ ...lamp("b"), metadata: { name: "b", namespace: "team", ownerReferences } }, by);
      },
      says: 'Only one reference can have Controller set to true. Found "true" in references for Node/x and Node/y',
    },
    "of what the schema does not have": {
      act: (api) => api.apply(lamp("a", { spec: { color: "red" } }), by),
      says: "failed to create typed patch object (team/a; example.org/v1, Kind=Lamp): .spec.color: field not declared in schema",
    },
    "of what is immutable": {
      act: (api) => {
        api.apply(lamp("a", { spec: { on: true } }), by);
        return api.apply(lamp("a", { spec: { on: false } }), by);
      },
      says: 'Lamp.example.org "a" is invalid: spec.on is immutable',
    },
  };
  test.each(Object.entries(cases))("%s", (_, { act, says }) => {
    const rules = [{ rule: "self == oldSelf", message: "is immutable" }];
    const on = { type: "boolean", "x-kubernetes-validations": rules };
    const known = lamps({ properties: { spec: { type: "object", properties: { on } } } });
    const api = server({ definitions: known, rules: celRules, guard: () => "it is in use" });
    api.create(lamp("a"), by);
    expect(() => act(api)).toThrow(says);
  });
});

describe("names that are to be made", () => {
  test("are made, and differ", () => {
    const api = server();
    const named = { ...lamp(""), metadata: { generateName: "a-", namespace: "team" } };
    const names = [api.create(named, by), api.create(named, by)].map(({ metadata }) => Object(metadata).name);
    expect(new Set(names).size).toBe(2);
    expect(names).toSatisfy((all: readonly string[]) => all.every((name) => /^a-[b-z2-9]{5}$/.test(name)));
  });
});

describe("definitions that are replaced", () => {
  test("count for what is written from then on", () => {
    const spec = (on: object) => ({ properties: { spec: { type: "object", default: {}, properties: { on } } } });
    const api = server({ definitions: lamps(spec({ type: "boolean" })) });
    api.apply(lamp("a"), by);
    api.apply(lamp("a"), by);
    api.setDefinitions(lamps(spec({ type: "boolean", default: true })));
    expect(api.get(LAMP, "team", "a")).toMatchObject({ spec: {} });
    expect(api.apply(lamp("a"), by)).toMatchObject({ spec: { on: true } });
  });
});

describe("what is loaded", () => {
  test("is there as it is, and belongs to who was there before", () => {
    const api = server();
    const metadata = { name: "a", namespace: "team", uid: "mine" };
    const loaded = api.load(lamp("a", { metadata, spec: { on: true }, status: { lit: true } }));
    expect(loaded).toMatchObject({ metadata: { uid: "mine", generation: 1 }, status: { lit: true } });
    const applied = api.apply(lamp("a", { spec: { on: true } }), by);
    expect(Object(applied["metadata"]).managedFields).toMatchObject([
      { manager: "test", operation: "Apply" },
      { manager: "before-first-apply", operation: "Update" },
    ]);
  });
});
