import { describe, expect, test } from "vitest";
import { lastApplied, observedIntent } from "./last-applied.js";
import { type FieldsV1, type Resource } from "./resource.js";

const owner = "apiextensions.crossplane.io/composed/abc";

function observed(body: object, fieldsV1: object, others: readonly object[] = []): Resource {
  const entry = (manager: string, operation: string, fields: object) => ({
    manager,
    operation,
    apiVersion: "v1",
    fieldsV1: fields as FieldsV1,
  });
  const managedFields = [
    entry(owner, "Apply", fieldsV1),
    ...others.map((fields, i) => entry(`other-${i}`, "Update", fields)),
  ];
  return {
    apiVersion: "v1",
    kind: "Thing",
    ...body,
    metadata: { name: "t", uid: "1", ...(body as Resource).metadata, managedFields },
  };
}
const intent = (rest: object, metadata: object = {}) => ({
  apiVersion: "v1",
  kind: "Thing",
  metadata: { name: "t", ...metadata },
  ...rest,
});

describe("lastApplied", () => {
  const cases: Record<string, { seen: Resource; is: unknown; reason: string }> = {
    "fields of others are left out": {
      seen: observed({ spec: { mine: 1, theirs: 2 } }, { "f:spec": { "f:mine": {} } }),
      is: intent({ spec: { mine: 1 } }),
      reason: "applying them would take them over",
    },
    "an atomic list is whole": {
      seen: observed({ spec: { list: [{ a: 1, b: 2 }] } }, { "f:spec": { "f:list": {} } }),
      is: intent({ spec: { list: [{ a: 1, b: 2 }] } }),
      reason: "its items have no owners of their own",
    },
    "an empty map to which others added": {
      seen: observed({ spec: { tags: { theirs: "x" } } }, { "f:spec": { "f:tags": {} } }, [
        { "f:spec": { "f:tags": { "f:theirs": {} } } },
      ]),
      is: intent({ spec: { tags: {} } }),
      reason: "what others own stays theirs",
    },
    "a list by key": {
      seen: observed(
        {
          spec: {
            ports: [
              { port: 53, name: "b", protocol: "UDP" },
              { port: 80, name: "a" },
            ],
          },
        },
        { "f:spec": { "f:ports": { 'k:{"port":80}': { ".": {}, "f:port": {}, "f:name": {} } } } },
      ),
      is: intent({ spec: { ports: [{ port: 80, name: "a" }] } }),
      reason: "items are matched by their keys",
    },
    "a set": {
      seen: observed({ spec: { arns: ["a", "b"] } }, { "f:spec": { "f:arns": { 'v:"b"': {} } } }),
      is: intent({ spec: { arns: ["b"] } }),
      reason: "each value has owners of its own",
    },
    "what Crossplane adds": {
      seen: observed(
        {
          metadata: {
            labels: { "crossplane.io/composite": "x", mine: "y" },
            annotations: { "crossplane.io/composition-resource-name": "t" },
            ownerReferences: [],
          },
        },
        {
          "f:metadata": {
            "f:labels": { "f:crossplane.io/composite": {}, "f:mine": {} },
            "f:annotations": { "f:crossplane.io/composition-resource-name": {} },
            "f:ownerReferences": { 'k:{"uid":"1"}': {} },
          },
        },
      ),
      is: intent({}, { labels: { mine: "y" } }),
      reason: "an owner reference that is not there, after a restore say, is no part of what was intended",
    },
    "stringData that lies in data": {
      seen: { ...observed({ data: { a: "MQ==" } }, { "f:stringData": { "f:a": {} } }), kind: "Secret" },
      is: { ...intent({ data: { a: "MQ==" } }), kind: "Secret" },
      reason: "the API server keeps the ownership where the value was written",
    },
    "an owned field that is not there": {
      seen: observed({ spec: {} }, { "f:spec": { "f:gone": {} } }),
      is: undefined,
      reason: "half an intent would be applied as a removal",
    },
    "no entry of this owner": {
      seen: { apiVersion: "v1", kind: "Thing", metadata: { name: "t", managedFields: [] } },
      is: undefined,
      reason: "nothing says what was intended",
    },
    "an entry of another API version": {
      seen: { ...observed({ spec: { a: 1 } }, { "f:spec": { "f:a": {} } }), apiVersion: "v2" },
      is: undefined,
      reason: "fields may have moved between versions",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { seen, is }) => expect(lastApplied(seen, owner)).toEqual(is));
});

test("observedIntent leaves out status and what only the cluster writes", () => {
  const seen = {
    apiVersion: "v1",
    kind: "Thing",
    metadata: { name: "t", namespace: "n", uid: "1", labels: { "crossplane.io/composite": "x", a: "b" } },
    spec: { a: 1 },
    status: {},
  };
  expect(observedIntent(seen)).toEqual(intent({ spec: { a: 1 } }, { namespace: "n", labels: { a: "b" } }));
});
