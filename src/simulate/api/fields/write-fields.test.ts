import { describe, expect, test } from "vitest";
import { type OpenAPI } from "../../../schema/openapi.js";
import { type JsonObject } from "../../../wire/index.js";
import { ManagedFields } from "./managed-fields.js";
import { shapeOfSchema } from "./shape-of-schema.js";
import { applied, updated } from "./write-fields.js";

// The rules are compared with those of a real API server in test/cluster/apply.test.ts; these are the ones to know.

const text: OpenAPI = { type: "string" };
const schema: OpenAPI = {
  type: "object",
  properties: {
    spec: {
      type: "object",
      properties: {
        color: text,
        atomic: { type: "array", items: text },
        set: { type: "array", items: text, "x-kubernetes-list-type": "set" },
        ports: {
          type: "array",
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["port"],
          items: { type: "object", properties: { port: { type: "integer" }, name: text } },
        },
        whole: { type: "object", additionalProperties: text, "x-kubernetes-map-type": "atomic" },
        tags: { type: "object", additionalProperties: text },
      },
    },
  },
};
const shape = shapeOfSchema(schema);
const head = { apiVersion: "example.org/v1", kind: "Lamp" };

/** Specs that managers apply or, with an exclamation mark, update one after the other: what is then there, and owned. */
function outcome(...writes: readonly (readonly [manager: string, spec: JsonObject])[]) {
  let object: JsonObject = head;
  let managed = ManagedFields.none;
  for (const [name, spec] of writes) {
    const operation = name.endsWith("!") ? "Update" : "Apply";
    const by = { manager: name, operation, apiVersion: "example.org/v1" } as const;
    const write = { shape, by, now: "2026-01-01T00:00:00Z", ignored: [] };
    const next = { ...head, spec };
    if (operation === "Apply") ({ object, managed } = applied(object, next, managed, write));
    else [object, managed] = [next, updated(object, next, managed, write)];
  }
  const owned = (managed.toJson() ?? []).map(({ manager, fieldsV1 }) => [manager, Object(fieldsV1)["f:spec"]]);
  return { spec: object["spec"], owned: Object.fromEntries(owned) };
}

describe("an intent", () => {
  const cases: Readonly<Record<string, ReturnType<typeof outcome> & { readonly is: ReturnType<typeof outcome> }>> = {
    "takes away what its manager leaves out": {
      is: outcome(["a", { color: "red", tags: { x: "1", y: "2" } }], ["a", { tags: { x: "1" } }]),
      spec: { tags: { x: "1" } },
      owned: { a: { "f:tags": { "f:x": {} } } },
    },
    "leaves what somebody else applied too": {
      is: outcome(["a", { color: "red" }], ["b", { color: "red" }], ["a", { tags: { x: "1" } }]),
      spec: { color: "red", tags: { x: "1" } },
      owned: { a: { "f:tags": { "f:x": {} } }, b: { "f:color": {} } },
    },
    "takes over what differs": {
      is: outcome(["a", { color: "red" }], ["b", { color: "blue" }]),
      spec: { color: "blue" },
      owned: { b: { "f:color": {} } },
    },
    "takes from who updates what differs, and shares what does not": {
      is: outcome(["u!", { color: "red", tags: { x: "1" } }], ["a", { color: "red", tags: { x: "2" } }]),
      spec: { color: "red", tags: { x: "2" } },
      owned: { a: { "f:color": {}, "f:tags": { "f:x": {} } }, "u!": { ".": {}, "f:color": {}, "f:tags": {} } },
    },
    "replaces atomic lists and maps as a whole": {
      is: outcome(["a", { atomic: ["x"], whole: { x: "1" } }], ["b", { atomic: ["y"], whole: { y: "1" } }]),
      spec: { atomic: ["y"], whole: { y: "1" } },
      owned: { b: { "f:atomic": {}, "f:whole": {} } },
    },
    "adds to sets, and to lists by key": {
      is: outcome(
        ["a", { set: ["x"], ports: [{ port: 1, name: "one" }] }],
        ["b", { set: ["y"], ports: [{ port: 2 }, { port: 1 }] }],
      ),
      spec: { set: ["x", "y"], ports: [{ port: 2 }, { port: 1, name: "one" }] },
      owned: {
        a: { "f:set": { 'v:"x"': {} }, "f:ports": { 'k:{"port":1}': { ".": {}, "f:port": {}, "f:name": {} } } },
        b: {
          "f:set": { 'v:"y"': {} },
          "f:ports": { 'k:{"port":1}': { ".": {}, "f:port": {} }, 'k:{"port":2}': { ".": {}, "f:port": {} } },
        },
      },
    },
    "that empties a map leaves null, which the API server refuses": {
      is: outcome(["a", { color: "red", tags: { x: "1" } }], ["a", { color: "red", tags: {} }]),
      spec: { color: "red", tags: null },
      owned: { a: { "f:color": {}, "f:tags": {} } },
    },
  };
  test.each(Object.entries(cases))("%s", (_, { is, spec, owned }) => {
    expect(is).toEqual({ spec, owned });
  });
});
