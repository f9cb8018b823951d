import { describe, expect, test } from "vitest";
import { v1 } from "../models/index.js";
import { type Other, run } from "../testing/index.js";
import { anyXR, defineFunction } from "./index.js";

const composes = { note: v1.ConfigMap };
const xr = {
  apiVersion: "example.org/v1",
  kind: "XThing",
  metadata: { name: "x", namespace: "n" },
  spec: { free: { form: [1, null] } },
  status: { size: 1 as unknown, colour: "red" as unknown },
};
const other = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" } } as const;

describe("a function of any XR", () => {
  test("is given the spec as it stands", () => {
    const seen: unknown[] = [];
    const fn = defineFunction({
      name: "any",
      composite: anyXR({ group: "example.org" }),
      composes,
      compose({ xr }) {
        seen.push(xr.kind, xr.spec);
        return { resources: { note: null } };
      },
    });
    run(fn, { xr });
    expect(seen).toEqual(["XThing", xr.spec]);
  });

  test("keeps its resources by the field manager of the XR that it is given", () => {
    const fn = defineFunction({
      name: "any",
      composite: anyXR({ group: "elsewhere.org" }),
      composes,
      compose: () => ({ resources: { note: ({ need }) => v1.ConfigMap({ data: { a: need("", "a") } }) } }),
    });
    const { desired, results } = run(fn, { xr, observed: { note: { data: { a: "1" } } } });
    expect(desired.note?.data).toEqual({ a: "1" });
    // A Warning would say that managedFields were of somebody else.
    expect(results).toEqual([]);
  });
});

describe("an arrow", () => {
  const look = (others: Readonly<Record<string, Other>>) => {
    const fn = defineFunction({
      name: "any",
      composite: anyXR({ group: "example.org" }),
      composes,
      compose: () => ({
        resources: {
          note: ({ others, reported }) => {
            const { object, ready, connection } = others("db");
            const data = { name: `${object?.metadata?.name}`, ready: `${ready}`, colour: `${reported["colour"]}` };
            return v1.ConfigMap({ data: { ...data, ...connection } });
          },
        },
      }),
    });
    return run(fn, { xr, others }).desired.note?.data;
  };
  const conditions = [{ type: "Ready", status: "True" }];
  const cases = {
    "sees what another step composed": {
      others: { db: { ...other, status: { conditions }, connection: { user: "u" } } },
      data: { name: "c", ready: "true", colour: "red", user: "u" },
    },
    "sees that it is not ready": { others: { db: other }, data: { name: "c", ready: "false", colour: "red" } },
    "sees nothing of what is not there": { others: {}, data: { name: "undefined", ready: "false", colour: "red" } },
    "sees nothing of what objects inherit": {
      others: { toString: other },
      data: { name: "undefined", ready: "false", colour: "red" },
    },
  };
  test.each(Object.entries(cases))("%s", (_, { others, data }) => {
    expect(look(others as never)).toEqual(data);
  });
});
