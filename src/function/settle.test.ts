import { describe, expect, test } from "vitest";
import { eks, iam, s3, v1 } from "../models/index.js";
import { encodeBase64 } from "../resource/base64.js";
import { defineXRD, legacy, list, object, string } from "../schema/index.js";
import { reconcile, run, type Seen } from "../testing/index.js";
import { defineFunction, fatal, formerly, goneOnce, many, settle, type Tree } from "./index.js";

const X = defineXRD({
  group: "example.org",
  version: "v1",
  kind: "X",
  spec: object({ region: string() }),
  status: object({
    arn: string(),
    items: list(object({ name: string(), arn: string() }), { key: "name", maxItems: 9 }),
  }),
});
const composes = {
  bucket: s3.Bucket,
  secret: v1.Secret,
  roles: many({ role: iam.Role, pod: { association: eks.PodIdentityAssociation } }),
};
const aBucket = s3.Bucket({ spec: { forProvider: { region: "r" } } });
const aRole = iam.Role({ spec: { forProvider: { assumeRolePolicy: "{}" } } });
const aSecret = v1.Secret({ text: { a: "1" } });
const xr = { metadata: { name: "x", namespace: "n" }, spec: { region: "r" } };
const everything = {
  bucket: { spec: { forProvider: { region: "old" } } },
  secret: { data: { a: "b2xk" } },
  roles: { old: { role: { spec: { forProvider: { assumeRolePolicy: "{}" } } } } },
} as unknown as Seen<typeof composes>;

/** What the function returns, typed as loosely as a careless author writes. */
const settled = (resources: object, more: object = {}) => {
  const fn = defineFunction({
    name: "x",
    composite: X,
    composes,
    compose: () => ({ resources: resources as Tree<typeof composes> }),
  });
  return run(fn, { xr, observed: everything, ...more });
};

describe("what goes, and what stays", () => {
  const none = { bucket: null, secret: null, roles: {} };
  const cases = {
    "null goes, and so does an item that is not returned": {
      resources: none,
      sent: [],
      removed: ["bucket", "roles/old/role", "secret"],
      reason: "the function says so",
    },
    "an item of another key goes": {
      resources: { ...none, bucket: aBucket, roles: { now: { role: aRole, pod: null } } },
      sent: ["bucket", "roles/now/role"],
      removed: ["roles/old/role", "secret"],
      reason: "the item has left the list",
    },
    "an arrow that waits keeps all below it": {
      resources: {
        ...none,
        roles: { old: ({ need }: never) => ({ role: (need as (v: unknown, w: string) => never)(undefined, "x") }) },
      },
      sent: ["roles/old/role"],
      removed: ["bucket", "secret"],
      reason: "what is not known yet is no reason to delete",
    },
    "what is returned as undefined is kept": {
      resources: { bucket: aBucket, roles: {} },
      sent: ["bucket", "secret"],
      removed: ["roles/old/role"],
      forgotten: ["secret"],
      reason: "nobody said that it should go",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { resources, sent, removed, ...more }) => {
    const outcome = settled(resources);
    expect(Object.keys(outcome.resources)).toEqual(sent);
    expect(outcome.removed).toEqual(removed);
    expect(outcome.forgotten).toEqual("forgotten" in more ? more.forgotten : []);
  });

  test("what an older version composed and this one does not declare is kept, and said", () => {
    const old = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "cm",
        annotations: { "trimtab.dev/composed-by": "x", "crossplane.io/composition-resource-name": "config" },
      },
    };
    const stranger = {
      ...old,
      metadata: { name: "other", annotations: { "crossplane.io/composition-resource-name": "other-step" } },
    };
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes: { bucket: s3.Bucket },
      compose: () => ({ resources: { bucket: null } }),
    });
    const outcome = reconcile(fn, {
      xr: { apiVersion: "example.org/v1", kind: "X", ...xr },
      observed: [old, stranger],
    });
    expect(outcome.forgotten).toEqual(["config"]);
    expect(Object.keys(outcome.resources)).toEqual(["config"]);
    expect(outcome.ready).toEqual({ config: true });
    expect(outcome.conditions.at(-1)).toMatchObject({
      type: "Composed",
      status: "True",
      reason: "Forgotten",
      message: expect.stringContaining("config"),
    });
  });

  test("what earlier steps desire is theirs", () => {
    const fn = defineFunction({ name: "x", composite: X, composes, compose: () => ({ resources: none }) });
    const observed = { bucket: { resource: { ...aBucket, metadata: { name: "b" } } } };
    const request = {
      xr: { apiVersion: "example.org/v1", kind: "X", ...xr },
      observed,
      desired: { resources: { bucket: {} } },
    };
    expect(settle(fn, request).removed).toEqual([]);
  });
});

describe("what waits", () => {
  const waiting = (observed: Seen<typeof composes>) =>
    run(
      defineFunction({
        name: "x",
        composite: X,
        composes,
        compose: () => ({
          resources: {
            bucket: aBucket,
            roles: {},
            secret: ({ observed, need }) =>
              v1.Secret({ text: { arn: need(observed.bucket.status?.atProvider?.arn, "the bucket") } }),
          },
        }),
      }),
      { xr, observed },
    );
  test.each([
    ["undefined", undefined],
    ["empty", ""],
  ])("is not sent before it can be, when the value is %s", (_, arn) => {
    const outcome = waiting({ bucket: { status: { atProvider: { arn } } } } as never);
    expect(outcome.desired.secret).toBeUndefined();
    expect(outcome.waiting).toEqual({ secret: "the bucket" });
    expect(outcome.complete).toBe(false);
    expect(outcome.conditions.at(-1)).toEqual({
      type: "Composed",
      status: "False",
      reason: "Waiting",
      message: "secret needs the bucket",
      claim: true,
    });
  });
  test("is sent whole once it can be", () => {
    const outcome = waiting({ bucket: { status: { atProvider: { arn: "arn:b" } } } });
    expect(outcome.desired.secret?.data).toEqual({ arn: "YXJuOmI=" });
    expect([outcome.complete, outcome.waiting]).toEqual([true, {}]);
  });
  test("keeps what it was last told, and the XR is not held back", () => {
    const outcome = waiting({ secret: { data: { arn: "b2xk" } } } as never);
    expect(outcome.desired.secret?.data).toEqual({ arn: "b2xk" });
    expect([outcome.complete, outcome.waiting]).toEqual([true, { secret: "the bucket" }]);
  });
  test("is kept as it is observed, with a Warning, where managedFields do not say", () => {
    const bare = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "s",
        uid: "1",
        resourceVersion: "7",
        annotations: { "crossplane.io/composition-resource-name": "secret", mine: "y" },
      },
      data: { arn: "b2xk" },
    };
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes: { secret: v1.Secret },
      compose: () => ({ resources: { secret: ({ need }) => v1.Secret({ text: { arn: need("", "the bucket") } }) } }),
    });
    const outcome = reconcile(fn, { xr: { apiVersion: "example.org/v1", kind: "X", ...xr }, observed: [bare] });
    expect(outcome.resources["secret"]).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", annotations: { mine: "y" } },
      data: { arn: "b2xk" },
    });
    expect(outcome.results).toEqual([expect.objectContaining({ severity: "Warning", reason: "KeptAsObserved" })]);
  });
  test("goneOnce goes once what replaces it is there", () => {
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes: { old: v1.Secret, next: s3.Bucket },
      compose: (_) => ({
        resources: { next: aBucket, old: goneOnce(({ observed, need }) => need(observed.next.ready, "the next one")) },
      }),
    });
    const old = { data: {} };
    const ready = { status: { conditions: [{ type: "Ready", status: "True" }] } };
    expect(run(fn, { xr, observed: {} })).toMatchObject({ waiting: {}, complete: true, removed: [] });
    expect(run(fn, { xr, observed: { old } })).toMatchObject({ waiting: { old: "the next one" }, removed: [] });
    expect(run(fn, { xr, observed: { old, next: ready } })).toMatchObject({ waiting: {}, removed: ["old"] });
  });
});

describe("an item that leaves a many", () => {
  const composes = { keys: many({ key: iam.AccessKey }), secret: v1.Secret };
  const given = (ids: readonly string[]) =>
    defineFunction({
      name: "x",
      composite: X,
      composes,
      compose: ({ composed }) => ({
        resources: {
          secret: aSecret,
          keys: composed.keys.each(
            ids,
            (id) => id,
            () => ({ key: iam.AccessKey({ spec: { forProvider: {} } }) }),
            (id) =>
              ({ observed, need }) =>
                need(observed.secret.object?.data?.["id"] !== encodeBase64(id), `the Secret, which holds ${id}`),
          ),
        },
      }),
    });
  const observed = (id: string) =>
    ({
      keys: { "1": { key: { spec: {} } }, "2": { key: { spec: {} } } },
      secret: { data: { id: encodeBase64(id) } },
    }) as never;
  test("is kept while leaving waits", () => {
    const outcome = run(given(["2"]), { xr, observed: observed("1") });
    expect(outcome.removed).toEqual([]);
    expect(outcome.waiting).toEqual({ "keys/1": "the Secret, which holds 1" });
    expect(Object.keys(outcome.resources)).toEqual(["keys/1/key", "keys/2/key", "secret"]);
    expect(outcome.complete).toBe(true);
  });
  test("goes once it does not", () => {
    const outcome = run(given(["2"]), { xr, observed: observed("2") });
    expect([outcome.removed, outcome.waiting]).toEqual([["keys/1/key"], {}]);
  });
});

describe("formerly", () => {
  const fn = defineFunction({
    name: "x",
    composite: X,
    composes: {
      bucket: formerly("store", s3.Bucket),
      roles: many({ iam: { role: formerly("roles/*/role", iam.Role) } }),
    },
    compose: ({ composed }) => ({
      resources: {
        bucket: aBucket,
        roles: { api: { iam: { role: { ...aRole, metadata: { labels: { of: composed.bucket.name } } } } } },
      },
    }),
  });
  const observed = (name: string, key: string, object: object) =>
    ({ ...object, metadata: { name, annotations: { "crossplane.io/composition-resource-name": key } } }) as never;
  const given = { xr: { apiVersion: "example.org/v1", kind: "X", ...xr } };
  test("what is observed under the old name keeps it, and its name in the cluster", () => {
    const outcome = reconcile(fn, {
      ...given,
      observed: [observed("b-1", "store", aBucket), observed("r-1", "roles/api/role", aRole)],
    });
    expect(Object.keys(outcome.resources)).toEqual(["roles/api/role", "store"]);
    expect(outcome.resources["store"]?.metadata?.name).toBe("b-1");
    expect(outcome.resources["roles/api/role"]?.metadata).toMatchObject({ name: "r-1", labels: { of: "b-1" } });
    expect([outcome.removed, outcome.forgotten]).toEqual([[], []]);
  });
  test("what is new has the new name", () => {
    expect(Object.keys(reconcile(fn, given).resources)).toEqual(["bucket", "roles/api/iam/role"]);
  });
  test("under both names the old one is forgotten, and kept", () => {
    const outcome = reconcile(fn, {
      ...given,
      observed: [observed("b-1", "store", aBucket), observed("b-2", "bucket", aBucket)],
    });
    expect(outcome.forgotten).toEqual(["store"]);
    expect(Object.keys(outcome.resources)).toEqual(["bucket", "roles/api/iam/role", "store"]);
  });
});

describe("requirements", () => {
  const fn = defineFunction({
    name: "x",
    composite: X,
    composes: { config: v1.ConfigMap },
    compose: ({ xr, find }) => {
      const network = find(v1.ConfigMap, { name: "network", namespace: xr.namespace });
      const next = find(v1.ConfigMap, { name: network?.data?.["next"] ?? "none", namespace: xr.namespace });
      return {
        resources: {
          config: ({ need }) =>
            v1.ConfigMap({ data: { vpc: need(next?.data?.["vpc"], "the VPC in the next ConfigMap") } }),
        },
      };
    },
  });
  const map = (name: string, data: Record<string, string>) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: "n" },
    data,
  });
  test("one may follow from another, within one reconcile", () => {
    const found = run(fn, { xr, required: [map("network", { next: "b" }), map("b", { vpc: "vpc-1" })] });
    expect(found.desired.config?.data).toEqual({ vpc: "vpc-1" });
    expect(Object.keys(found.requirements)).toEqual(["v1/ConfigMap/n/b", "v1/ConfigMap/n/network"]);
  });
  test("what is not there is known not to be there", () => {
    expect(run(fn, { xr }).waiting).toEqual({ config: "the VPC in the next ConfigMap" });
  });
  test("nothing is deleted while Crossplane has not looked yet", () => {
    const observed = { config: { resource: { ...map("c", { vpc: "old" }) } } };
    const outcome = settle(fn, { xr: { apiVersion: "example.org/v1", kind: "X", ...xr }, observed });
    expect(outcome).toMatchObject({ removed: [], waiting: { "": "ConfigMap network" }, complete: true });
    expect(Object.keys(outcome.resources)).toEqual(["config"]);
  });
  test("a namespaced kind is looked for in a namespace", () => {
    const careless = defineFunction({
      name: "x",
      composite: X,
      composes: {},
      compose: ({ find }) => ({ resources: { a: find(v1.Secret, { name: "s" }) } as never }),
    });
    expect(() => run(careless, { xr })).toThrow(
      "cannot find Secret s: the kind is namespaced, so the selector must say the namespace",
    );
  });
});

describe("status does not shrink", () => {
  const report = (status: object) =>
    run(
      defineFunction({
        name: "x",
        composite: X,
        composes: {},
        compose: () => ({ resources: {}, status: status as never }),
      }),
      { xr: { ...xr, status: before } as never },
    ).status;
  const before = {
    arn: "a",
    items: [
      { name: "one", arn: "1" },
      { name: "two", arn: "2" },
    ],
    conditions: [],
  };
  const cases = {
    "undefined keeps": { now: { arn: undefined, items: [] }, is: { arn: "a", items: [] } },
    "null withdraws": { now: { arn: null, items: [] }, is: { items: [] } },
    "the empty string is not known either": { now: { arn: "", items: [] }, is: { arn: "a", items: [] } },
    "items are matched by key": {
      now: {
        items: [
          { name: "two", arn: undefined },
          { name: "new", arn: undefined },
        ],
      },
      is: { items: [{ name: "two", arn: "2" }, { name: "new" }] },
    },
  };
  test.each(Object.entries(cases))("%s", (_, { now, is }) => expect(report(now)).toEqual(is));
  test("while everything waits, all that the schema declares stays, but no conditions", () => {
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes: {},
      compose: ({ find }) => {
        find(v1.ConfigMap, { name: "c", namespace: "n" });
        return { resources: {}, status: {} };
      },
    });
    const { conditions: _, ...kept } = before;
    expect(
      settle(fn, { xr: { apiVersion: "example.org/v1", kind: "X", ...xr, status: before } as never, observed: {} })
        .status,
    ).toEqual(kept);
  });
});

describe("refused", () => {
  const bugs = {
    "another kind than declared": [
      { bucket: s3.BucketPolicy({ spec: { forProvider: { region: "r", policy: "{}" } } }) },
      /cannot compose bucket as BucketPolicy .*: composes declares Bucket/,
    ],
    "a key that is not declared": [
      { bukcet: aBucket },
      /cannot compose bukcet: composes declares bucket, secret, roles there/,
    ],
    "a kind that is not called": [
      { bucket: s3.Bucket },
      /cannot compose the kind s3.aws.m.upbound.io\/v1beta1 itself: call it/,
    ],
    "an arrow that returns null": [
      { bucket: () => null },
      /cannot compose bucket: an arrow must not return null; use goneOnce/,
    ],
    "a string for an object": [{ bucket: "b" }, /cannot compose bucket of "b"/],
    stringData: [{ secret: { ...aSecret, stringData: { a: "b" } } }, /cannot compose secret with stringData/],
    "a Date": [
      { secret: v1.Secret({ data: { a: new Date(0) as never } }) },
      /cannot send a Date .* at secret\.data\.a/,
    ],
  } as const;
  test.each(Object.entries(bugs))("%s, as a bug of the function", (_, [resources, message]) => {
    expect(() => settled({ bucket: null, secret: null, roles: {}, ...resources })).toThrow(message);
  });
  const given = { apiVersion: "example.org/v1", kind: "X", ...xr };
  test("fatal: nothing is desired, and the developer reads why", () => {
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes,
      compose: () => fatal("spec.region r is not offered here"),
    });
    const outcome = run(fn, { xr, observed: everything });
    expect(outcome.resources).toEqual({});
    expect(outcome.results).toEqual([{ severity: "Fatal", message: "spec.region r is not offered here", claim: true }]);
  });
  test("an XR of another shape is refused by field, but one that a tightened schema would refuse is composed", () => {
    const fn = defineFunction({
      name: "x",
      composite: defineXRD({ ...X, spec: object({ region: string({ maxLength: 1 }) }) }),
      composes: {},
      compose: () => ({ resources: {} }),
    });
    expect(settle(fn, { xr: { ...given, spec: { region: 7 } } as never, observed: {} }).results[0]?.message).toMatch(
      /^spec\.region /,
    );
    expect(settle(fn, { xr: { ...given, spec: { region: "long" } }, observed: {} }).results).toEqual([]);
  });
  test("an XR of a kind that the function does not compose", () => {
    expect(settled({}, { xr: { ...xr, kind: "Y", apiVersion: "example.org/v1" } }).results[0]?.message).toMatch(
      /^cannot compose Y of example.org\/v1: x composes X of example.org\/v1/,
    );
  });
  test("a name that changes, which Crossplane would ignore", () => {
    const outcome = settled({ bucket: null, roles: {}, secret: { ...aSecret, metadata: { name: "other" } } });
    expect(outcome.results[0]?.message).toBe(
      "secret is called secret and cannot be renamed to other: write secret again",
    );
  });
  test("a name that is not the one that references were told", () => {
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes: { bucket: s3.Bucket, versioning: s3.BucketVersioning },
      compose: ({ composed }) => ({
        resources: {
          bucket: { ...aBucket, metadata: { name: "mine" } },
          versioning: s3.BucketVersioning({
            spec: { forProvider: { region: "r", bucketRef: composed.bucket, versioningConfiguration: {} } },
          }),
        },
      }),
    });
    expect(() => run(fn, { xr })).toThrow(/cannot call bucket mine: it is referred to as x-[0-9a-f]{12}/);
  });
  test("a key of an item that no composition resource name can hold", () => {
    const outcome = settled({ bucket: null, secret: null, roles: { "a/b": { role: aRole, pod: null } } });
    expect(outcome.results[0]?.message).toMatch(/^cannot use "a\/b" as a key of roles: it becomes part of/);
  });
  test("two items of one key", () => {
    const fn = defineFunction({
      name: "x",
      composite: X,
      composes,
      compose: ({ composed }) => ({
        resources: {
          bucket: null,
          secret: null,
          roles: composed.roles.each(
            ["a", "a"],
            (i) => i,
            () => ({ role: aRole, pod: null }),
          ),
        },
      }),
    });
    expect(run(fn, { xr }).results[0]?.message).toBe("cannot compose roles: there are two of a");
  });
});

describe("a legacy XR", () => {
  const Legacy = legacy(X, { kind: "L", claim: { kind: "LClaim" }, connectionKeys: ["arn"] });
  const fn = defineFunction({
    name: "x",
    composite: Legacy,
    composes: { bucket: s3.Bucket, config: v1.ConfigMap },
    compose: ({ xr }) => ({
      resources: { bucket: aBucket, config: v1.ConfigMap({ data: { claim: `${xr.namespace}/${xr.name}` } }) },
      connectionDetails: ({ observed, need }) => ({
        arn: need(observed.bucket.status?.atProvider?.arn, "the bucket"),
        fixed: "1",
      }),
    }),
  });
  const claimed = {
    kind: "L",
    metadata: { name: "x-7k2p" },
    spec: { region: "r", claimRef: { apiVersion: "example.org/v1", kind: "LClaim", name: "x", namespace: "payments" } },
  } as never;
  test("composes into the namespace of its claim, under the claim's name", () => {
    const { resources, desired } = run(fn, { xr: claimed });
    expect(Object.values(resources).map((r) => r.metadata?.namespace)).toEqual(["payments", "payments"]);
    expect(desired.config?.data).toEqual({ claim: "payments/x" });
  });
  test("publishes connection details whole or not at all", () => {
    expect(run(fn, { xr: claimed })).toMatchObject({ connectionDetails: {}, complete: false });
    const arn = { bucket: { status: { atProvider: { arn: "arn:b" } } } };
    expect(run(fn, { xr: claimed, observed: arn })).toMatchObject({
      connectionDetails: { arn: "arn:b", fixed: "1" },
      complete: true,
    });
    const before = { arn: "arn:old", fixed: "1" };
    expect(run(fn, { xr: claimed, connectionDetails: before })).toMatchObject({
      connectionDetails: before,
      complete: true,
    });
  });
});

test("what is secret is masked in everything that a person reads", () => {
  const password = "hunter2-hunter2/+";
  const said = (text: string) => `key ${text}; ${Buffer.from(text).toString("base64")}; ${encodeURIComponent(text)}`;
  const fn = defineFunction({
    name: "x",
    composite: X,
    composes: { key: iam.AccessKey, secret: v1.Secret },
    compose: () => ({
      resources: {
        key: iam.AccessKey({ spec: { forProvider: {} } }),
        secret: ({ observed, need }) =>
          v1.Secret({ text: { a: need("", said(observed.key.connection["password"] ?? "")) } }),
      },
      results: ({ observed }) => [
        {
          severity: "Normal",
          message: said(observed.key.connection["password"] ?? "") + observed.key.connection["region"],
        },
      ],
    }),
  });
  const outcome = run(fn, {
    xr: { ...xr, spec: { region: "eu-west-1" } },
    observed: { key: { connection: { password, region: "eu-west-1" } } },
  });
  const shown = JSON.stringify([outcome.waiting, outcome.conditions, outcome.results]);
  expect(outcome.results[0]?.message).toBe("key ***; ***; ***eu-west-1");
  for (const form of [password, Buffer.from(password).toString("base64"), encodeURIComponent(password)])
    expect(shown).not.toContain(form);
});
