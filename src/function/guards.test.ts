import { describe, expect, test } from "vitest";
import { iam, s3, v1 } from "../models/index.js";
import { type Resource } from "../resource/resource.js";
import { defineXRD, legacy, list, map, object, string } from "../schema/index.js";
import { reconcile } from "../testing/index.js";
import { type AnyFn, type Composes, defineFunction, formerly, many, settle } from "./index.js";

// What a careless author, or a change of what a function declares, must not do to what lives.

const X = defineXRD({
  group: "example.org",
  version: "v1",
  kind: "X",
  spec: object({ region: string() }),
  status: object({
    arn: string(),
    arns: list(string()),
    items: list(object({ arn: string() })),
    byName: map(string()),
  }),
});
const aBucket = s3.Bucket({ spec: { forProvider: { region: "r" } } });
const aRole = iam.Role({ spec: { forProvider: { assumeRolePolicy: "{}" } } });
const xr: Resource = {
  apiVersion: "example.org/v1",
  kind: "X",
  metadata: { name: "x", namespace: "n", uid: "u" },
  spec: { region: "r" },
};

/** A function that returns what no type would let it. */
function careless(composes: object, resources: unknown, more: object = {}): AnyFn {
  const compose = () => ({ resources, ...more }) as never;
  return defineFunction({ name: "x", composite: X, composes: composes as Composes, compose });
}

function seen(name: string, made: object, by?: string) {
  const annotations = by ? { "trimtab.dev/composed-by": by } : {};
  return { resource: { ...made, metadata: { name, namespace: "n", annotations } } as Resource };
}

const needs = (what: string) => (sight: { need(value: unknown, what: string): never }) => sight.need(undefined, what);

describe("formerly", () => {
  test("takes any name that another function gave", () => {
    const fn = careless({ bucket: formerly("bucket (main)+1", s3.Bucket) }, { bucket: aBucket });
    const { resources } = settle(fn, { xr, observed: { "bucket (main)+1": seen("b", aBucket) } });
    expect(Object.keys(resources)).toEqual(["bucket (main)+1"]);
  });
  const refused: Record<string, [object, RegExp]> = {
    "one that became many": [{ roles: many({ role: formerly("role", iam.Role) }) }, /must have as many \* /],
    "many that became one": [{ role: formerly("roles/*/role", iam.Role) }, /must have as many \* /],
    "a name that is in use again": [{ bucket: formerly("store", s3.Bucket), store: v1.ConfigMap }, /is declared/],
    "two of one former name": [{ a: formerly("s", s3.Bucket), b: formerly("s", s3.Bucket) }, /formerly the name of/],
  };
  test.each(Object.entries(refused))("refuses %s", (_, [composes, message]) => {
    expect(() => careless(composes, {})).toThrow(message);
  });
});

describe("a place that changes its shape", () => {
  test.each([
    ["a kind that became a many", { role: many({ role: iam.Role }) }, "role"],
    ["a group that became a many", { role: many({ role: iam.Role }) }, "role/role"],
  ])("%s is forgotten, not removed", (_, composes, key) => {
    const { removed, forgotten } = settle(careless(composes, { role: {} }), {
      xr,
      observed: { [key]: seen("r", aRole, "x") },
    });
    expect([removed, forgotten]).toEqual([[], [key]]);
  });
  test("its items still go", () => {
    const observed = { role: seen("r", aRole, "x"), "role/a/role": seen("a", aRole, "x") };
    expect(settle(careless({ role: many({ role: iam.Role }) }, { role: {} }), { xr, observed }).removed).toEqual([
      "role/a/role",
    ]);
  });
});

describe("an arrow cannot decide what there is", () => {
  const observed = { b: seen("b", aBucket), "pod/role": seen("r", aRole), "roles/a/role": seen("a", aRole) };
  const composes = { b: s3.Bucket, pod: { role: iam.Role }, roles: many({ role: iam.Role }) };
  test("null below one is refused", () => {
    const fn = careless(composes, { b: aBucket, roles: {}, pod: () => ({ role: null }) });
    expect(() => settle(fn, { xr, observed })).toThrow(/use goneOnce/);
  });
  test("an item that it leaves out is kept", () => {
    const { removed, forgotten } = settle(careless(composes, { b: aBucket, pod: { role: aRole }, roles: () => ({}) }), {
      xr,
      observed,
    });
    expect([removed, forgotten]).toEqual([[], ["roles/a/role"]]);
  });
  test("null for everything is refused", () => {
    expect(() => settle(careless(composes, null), { xr, observed })).toThrow();
  });
});

describe("complete", () => {
  const composes = { pod: { role: iam.Role, policy: iam.Policy } };
  test.each([
    ["a group", { pod: needs("x") }],
    ["everything", needs("x")],
  ])("is false while %s waits of which a part exists", (_, resources) => {
    expect(settle(careless(composes, resources), { xr, observed: { "pod/role": seen("r", aRole) } }).complete).toBe(
      false,
    );
  });
  test("is true once all of it exists", () => {
    const observed = {
      "pod/role": seen("r", aRole),
      "pod/policy": seen("p", iam.Policy({ spec: { forProvider: { policy: "{}" } } })),
    };
    expect(settle(careless(composes, { pod: needs("x") }), { xr, observed }).complete).toBe(true);
  });
});

describe("what earlier steps desire", () => {
  test("under a key that is declared here is seen here", () => {
    const secret = v1.Secret({ text: {} });
    const fn = careless({ s: v1.Secret }, { s: secret });
    const { ready, resources } = settle(fn, {
      xr,
      observed: { s: seen("name", secret) },
      desired: { resources: { s: {} } },
    });
    expect([ready, resources["s"]?.metadata?.name]).toEqual([{ s: true }, "name"]);
  });
  test("of connection details is not reverted to what was published", () => {
    const Legacy = legacy(X, { kind: "L", claim: { kind: "LClaim" } });
    const compose = () => ({ resources: {}, connectionDetails: needs("arn") }) as never;
    const fn = defineFunction({ name: "x", composite: Legacy, composes: {}, compose });
    const desired = { connectionKeys: ["password"] };
    const request = {
      xr: { ...xr, kind: "L", metadata: { name: "x" } },
      observed: {},
      desired,
      connectionDetails: { password: "old", ours: "1" },
    };
    expect(settle(fn, request).connectionDetails).toEqual({ ours: "1" });
  });
});

describe("a legacy XR", () => {
  const Legacy = legacy(X, { kind: "L", claim: { kind: "LClaim" } });
  const claimRef = { apiVersion: "example.org/v1", kind: "LClaim", name: "x", namespace: "payments" };
  test("composes into no namespace but its claim's", () => {
    const made = v1.Secret({ metadata: { namespace: "kube-system" }, text: {} });
    const fn = defineFunction({
      name: "x",
      composite: Legacy,
      composes: { s: v1.Secret },
      compose: () => ({ resources: { s: made } }),
    });
    const request = {
      xr: { ...xr, kind: "L", metadata: { name: "x" }, spec: { region: "r", claimRef } } as Resource,
      observed: {},
    };
    expect(() => settle(fn, request)).toThrow(
      "cannot compose s into kube-system: it belongs to payments; leave metadata.namespace out",
    );
  });
  test("is what has a claim: a claimRef in the spec of another is none", () => {
    let namespace = "";
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes: {},
      compose: ({ xr }) => {
        namespace = xr.namespace;
        return { resources: {} };
      },
    });
    settle(fn, { xr: { ...xr, spec: { region: "r", claimRef } } as Resource, observed: {} });
    expect(namespace).toBe("n");
  });
});

describe("what compose returns", () => {
  test.each([
    ["a misspelt field", { resources: {}, stats: {} }, /compose returned stats; there are resources, status/],
    ["a promise", Promise.resolve({ resources: {} }), /it cannot be async/],
    [
      "connection details of a modern XR",
      { resources: {}, connectionDetails: { a: "b" } },
      /only legacy XRs have them/,
    ],
  ])("%s is refused", (_, returned, message) => {
    const fn = defineFunction({ name: "x", composite: X, composes: {}, compose: () => returned as never });
    expect(() => settle(fn, { xr, observed: {} })).toThrow(message);
  });
  test("a Fatal result is no complete composition", () => {
    const { conditions } = settle(careless({}, {}, { results: [{ severity: "Fatal", message: "no" }] }), {
      xr,
      observed: {},
    });
    expect(conditions.at(-1)).toMatchObject({ type: "Composed", status: "False", reason: "Refused", message: "no" });
  });
  test("status: what is not known in a list or a map is no error", () => {
    const status = (now: object) => settle(careless({}, {}, { status: now }), { xr, observed: {} }).status;
    expect(status({ arns: ["a", ""] })).toEqual({ arns: ["a", ""] });
    expect(status({ items: [{ arn: undefined }] })).toEqual({ items: [{}] });
    expect(status({ byName: { constructor: undefined } })).toEqual({});
  });
  test("a find in status is asked for", () => {
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes: {},
      compose: ({ find }) => ({
        resources: {},
        status: () => ({ arn: find(v1.ConfigMap, { name: "c", namespace: "n" })?.data?.["arn"] }),
      }),
    });
    expect(Object.keys(settle(fn, { xr, observed: {} }).requirements)).toEqual(["v1/ConfigMap/n/c"]);
  });
  test("what findAll finds is in one order", () => {
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes: { c: v1.ConfigMap },
      compose: ({ findAll }) => ({
        resources: {
          c: v1.ConfigMap({
            data: {
              all: findAll(v1.ConfigMap, { namespace: "n" })
                .map((c) => c.metadata?.name)
                .join(),
            },
          }),
        },
      }),
    });
    const named = (name: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "n" } });
    const [a, b] = [named("a"), named("b")];
    expect(reconcile(fn, { xr, required: [b, a] }).resources).toEqual(
      reconcile(fn, { xr, required: [a, b] }).resources,
    );
  });
  test("a thousand forgotten names fit into a condition", () => {
    const names = Array.from({ length: 1000 }, (_, index) => `old/${index}/a-rather-long-name-of-a-resource`);
    const observed = Object.fromEntries(names.map((name, index) => [name, seen(`n${index}`, aRole, "x")]));
    expect(settle(careless({}, {}), { xr, observed }).conditions.at(-1)?.message?.length).toBeLessThan(2_000);
  });
});
