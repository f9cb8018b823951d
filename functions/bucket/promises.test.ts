import fc from "fast-check";
import { decodeBase64, type Resource } from "trimtab";
import { type Outcome, observe, settle } from "trimtab/testing";
import { encodeResponse } from "trimtab/wire";
import { describe, expect, test } from "vitest";
import { externalName } from "../platform/external-name.js";
import { bucket } from "./function.js";
import { answering, composite, input } from "./testing.js";

// What XBucket promises, over random histories: of the spec, kinds of credentials included, and of gaps in what is observed.

const kinds = ["PodIdentity", "IRSA", "AccessKey", "Shared"] as const;
const consumer = fc.record(
  {
    serviceAccount: fc.constantFrom("api", "web"),
    access: fc.constantFrom("Read", "Write", "ReadWrite", "Admin"),
    kind: fc.constantFrom(...kinds),
    accessKeys: fc.constantFrom(["1"], ["2"], ["1", "2"], ["2", "1"]),
    prefix: fc.constantFrom("in/", "out/a/"),
    createServiceAccount: fc.boolean(),
  },
  { requiredKeys: ["serviceAccount", "access", "kind", "accessKeys", "createServiceAccount"] },
);
const spec = fc.record({
  versioning: fc.boolean(),
  encryption: fc.constantFrom(
    {},
    { kms: { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/0b0cd1f4-6a33-4f0e-9a52-6d1f3f2d8f10" } },
  ),
  lifecycle: fc.constantFrom([], [{ prefix: "tmp/", name: "", expireDeleteMarkers: false, expireAfterDays: 7 }]),
  logging: fc.constantFrom(undefined, { targetBucket: "central-logs", targetPrefix: "" }),
  deletion: fc.constantFrom({ policy: "Retain", force: false }, { policy: "Delete", force: false }),
  consumers: fc.uniqueArray(consumer, { minLength: 1, selector: ({ serviceAccount }) => serviceAccount }),
});
type Spec = typeof spec extends fc.Arbitrary<infer S> ? S : never;
type Consumer = Spec["consumers"][number];

/** How much of what a provider reports a read shows. */
const gaps = [
  "all",
  "no status",
  "empty strings",
  "not ready",
  "unsynced",
  "no connection",
  "half a key",
  "the other half",
] as const;
type Gap = (typeof gaps)[number];
const all: readonly Gap[] = ["all"];
const reads = fc.oneof(
  { weight: 3, arbitrary: fc.constant(all) },
  { weight: 1, arbitrary: fc.constantFrom(...gaps).map((gap) => [gap]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...gaps), { minLength: 1, maxLength: 12 }) },
);
/** A few specs, and what is read while each of them holds. */
const history = (length: number) =>
  fc
    .tuple(
      fc.array(spec, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(2), reads), { minLength: 3, maxLength: length }),
    )
    .map(([specs, steps]) =>
      steps.flatMap(([which, read]) => {
        const spec = specs[which % specs.length];
        return spec ? [{ spec, read }] : [];
      }),
    );

/** After a reconcile: what it came to, and the ids in AWS of the access keys that have been made. */
interface World {
  readonly spec: Spec;
  readonly legacy: boolean;
  readonly outcome?: Outcome;
  readonly ids: Readonly<Record<string, string>>;
  /** How many access keys were ever made: none has the id of another. */
  readonly made: number;
}
const begin = (spec: Spec, legacy = false): World => ({ spec, legacy, ids: {}, made: 0 });

function xrOf({ legacy, outcome }: World, { consumers, ...spec }: Spec): Resource {
  const written = {
    region: "eu-west-1",
    ...spec,
    cors: [],
    consumers: consumers.map(({ kind, createServiceAccount, ...consumer }) =>
      kind === "Shared"
        ? { ...consumer, createServiceAccount: false, identity: { name: `${consumer.serviceAccount}-id` } }
        : { ...consumer, createServiceAccount, credentials: kind },
    ),
  };
  const claimRef = { namespace: "payments", name: "receipts" };
  const xr = legacy
    ? composite({ ...written, claimRef }, "LegacyXBucket", { name: "receipts-x7k2p", uid: "1" })
    : composite(written);
  return { ...xr, ...(outcome && { status: outcome.status }) };
}

/** The next reconcile: what the last one desired is observed, each with its gap. */
function next(world: World, spec: Spec, read: readonly Gap[]): World {
  const { outcome: before, ids, made } = world;
  const xr = xrOf(world, spec);
  const gapOf = (index: number) => read[index % read.length] ?? "all";
  const seen = Object.entries(before?.resources ?? {}).map(([key, resource], index) => ({
    key,
    resource,
    gap: gapOf(index),
  }));
  const keys = seen.filter(({ resource }) => resource.kind === "AccessKey");
  const fresh = keys.filter(({ key, gap }) => !ids[key] && gap !== "no status").map(({ key }) => key);
  const known = Object.fromEntries(
    keys.flatMap(({ key }) => {
      const id = ids[key] ?? (fresh.includes(key) ? `AKIAFAKE${made + fresh.indexOf(key)}` : undefined);
      return id ? [[key, id]] : [];
    }),
  );
  const observed = seen.map(({ key, resource, gap }) => {
    const object = withExternalName(observe(bucket, xr, key, resource, reported(resource, gap)), known[key]);
    return [key, { resource: object, connection: connectionOf(known[key], gap) }] as const;
  });
  const outcome = settle(bucket, {
    xr,
    input,
    observed: Object.fromEntries(observed),
    connectionDetails: before?.connectionDetails ?? {},
    required: answering((requirement) => {
      if (/XWorkloadIdentity/.test(requirement)) return identities(gapOf(0));
      return requirement.endsWith("/ServiceAccount/payments/*") ? annotated(before) : [];
    }),
  });
  return { ...world, spec, outcome, ids: known, made: made + fresh.length };
}

function reported(resource: Resource, gap: Gap): object | undefined {
  if (/^(Secret|ServiceAccount)$/.test(resource.kind) || gap === "no status") return undefined;
  const name = externalName(resource) ?? "x";
  const condition = (type: string, status: boolean) => ({ type, status: status ? "True" : "False" });
  return {
    atProvider: { arn: gap === "empty strings" ? "" : `arn:aws:iam::123456789012:role/${name}` },
    conditions:
      gap === "empty strings" ? [] : [condition("Ready", gap !== "not ready"), condition("Synced", gap !== "unsynced")],
  };
}

function connectionOf(id: string | undefined, gap: Gap): Readonly<Record<string, string>> {
  if (!id || gap === "no connection" || gap === "no status") return {};
  if (gap === "empty strings") return { username: "", password: "" };
  if (gap === "the other half") return { password: `fake-secret-of-${id}` };
  return gap === "half a key" ? { username: id } : { username: id, password: `fake-secret-of-${id}` };
}

/** Written by the provider, and so in no intent of ours. */
function withExternalName(object: Resource, id: string | undefined): Resource {
  if (!id) return object;
  const { metadata } = object;
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...metadata?.annotations, "crossplane.io/external-name": id } },
  };
}

/** The developer's own ServiceAccounts, each annotated with its role as soon as there is one. */
function annotated(before: Outcome | undefined): readonly Resource[] {
  return ["api", "web"].flatMap((name) => {
    const role = externalName(before?.resources[`consumers/${name}/irsa/role`]);
    if (role === undefined) return [];
    const annotations = { "eks.amazonaws.com/role-arn": `arn:aws:iam::123456789012:role/${role}` };
    return [{ apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: "payments", name, annotations } }];
  });
}

/** Each ServiceAccount's XWorkloadIdentity, as far as a read shows it. */
function identities(gap: Gap): readonly Resource[] {
  const role = (name: string) => ({ name: `payments-${name}`, arn: `arn:aws:iam::123456789012:role/${name}` });
  return ["api", "web"].map((name) => {
    const spec = { serviceAccount: name };
    const metadata = { namespace: "payments", name: `${name}-id` };
    const conditions = [{ type: "IdentityReady", status: "True" }];
    const status = gap === "all" ? { role: role(name), conditions } : {};
    return {
      apiVersion: "platform.trimtab.dev/v1alpha1",
      kind: "XWorkloadIdentity",
      metadata,
      spec,
      status,
    } as Resource;
  });
}

type Text = Readonly<Record<string, string>>;
function textOf({ outcome }: World, serviceAccount: string): Text | undefined {
  const secret = outcome?.resources[`consumers/${serviceAccount}/secret`] as
    | (Resource & { readonly data: Text })
    | undefined;
  return (
    secret && Object.fromEntries(Object.entries(secret.data).map(([key, value]) => [key, decodeBase64(value as never)]))
  );
}

const location = ["AWS_REGION", "BUCKET_NAME", "bucket", "endpoint", "provider", "region", "type"];
const keysFor = (kind: Consumer["kind"]) =>
  [
    ...location,
    ...["BUCKET_PREFIX", "prefix", "uri"],
    ...(kind === "AccessKey"
      ? ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "access-key-id", "secret-access-key"]
      : ["role-arn"]),
  ].toSorted();

/** All that a consumer is to be told, as the spec is now. */
function expectWhole(text: Text, { kind, prefix, serviceAccount, accessKeys }: Consumer, { ids }: World): void {
  expect(Object.keys(text).toSorted()).toEqual(keysFor(kind));
  expect(Object.keys(text).filter((key) => text[key] === "" && !/prefix/i.test(key))).toEqual([]);
  expect(text["BUCKET_PREFIX"]).toBe(prefix ?? "");
  if (kind !== "AccessKey") return;
  const id = ids[`consumers/${serviceAccount}/accessKeys/keys/${accessKeys.at(-1)}/key`];
  expect(text).toMatchObject({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: `fake-secret-of-${id}` });
  expect(text).toMatchObject({ "access-key-id": id, "secret-access-key": `fake-secret-of-${id}` });
}

/** Follows a history, and looks at each step. */
function follow(
  steps: readonly { spec: Spec; read: readonly Gap[] }[],
  legacy: boolean,
  look: (now: World, before: World) => void,
) {
  let before: World | undefined;
  for (const { spec, read } of steps) {
    const now = next(before ?? begin(spec, legacy), spec, read);
    expect(now.outcome?.results).toEqual([]);
    if (before) look(now, before);
    before = now;
  }
}

/** After reads without gaps, as many as the longest way takes. */
function settled(world: World, spec = world.spec): World {
  let now = world;
  for (let reconcile = 0; reconcile < 7; reconcile++) now = next(now, spec, all);
  return now;
}

describe("promise 1: whole or not at all", () => {
  test("a Secret is what it was, or whole as the spec is now; it goes with its consumer alone", () => {
    fc.assert(
      fc.property(history(8), fc.boolean(), (steps, legacy) => {
        follow(steps, legacy, (now, before) => {
          for (const consumer of now.spec.consumers) {
            const was = textOf(before, consumer.serviceAccount);
            const is = textOf(now, consumer.serviceAccount);
            if (was) expect(is).toBeDefined();
            if (is && JSON.stringify(is) !== JSON.stringify(was)) expectWhole(is, consumer, now);
            const { namespace } = now.outcome?.resources[`consumers/${consumer.serviceAccount}/secret`]?.metadata ?? {};
            // A namespaced XR leaves it to Crossplane, which allows no other than its own.
            expect(namespace ?? "payments").toBe("payments");
          }
        });
      }),
      { numRuns: 120 },
    );
  });

  test("connection details of a claim are what they were, or whole as the spec is now", () => {
    fc.assert(
      fc.property(history(8), (steps) => {
        follow(steps, true, (now, before) => {
          const [was, is] = [before.outcome?.connectionDetails ?? {}, now.outcome?.connectionDetails ?? {}];
          if (JSON.stringify(is) === JSON.stringify(was)) return;
          const [only, ...others] = now.spec.consumers;
          if (only && others.length === 0) expectWhole(is, only, now);
          else expect(Object.keys(is)).toEqual(location);
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe("promise 2: nothing vanishes by accident", () => {
  const partOf = { PodIdentity: "podIdentity", IRSA: "irsa", AccessKey: "accessKeys", Shared: "shared" };
  /** Whether the spec, as it is now, has what a composition resource name stands for. */
  function asksFor({ consumers, lifecycle, logging, deletion }: Spec, name: string): boolean {
    const [part = "", serviceAccount, of, what, id] = name.split("/");
    if (part === "lifecycle") return lifecycle.length > 0;
    if (part === "logging") return logging !== undefined;
    if (part === "usages") return deletion.policy === "Delete";
    if (part !== "consumers") return true;
    const consumer = consumers.find((each) => each.serviceAccount === serviceAccount);
    if (!consumer) return false;
    if (of === "policy" || of === "secret") return true;
    if (of === "serviceAccount") return consumer.createServiceAccount && consumer.kind !== "Shared";
    return of === partOf[consumer.kind] && (what !== "keys" || consumer.accessKeys.some((each) => each === id));
  }

  test("only what the spec no longer asks for goes, and nothing is dropped in silence", () => {
    fc.assert(
      fc.property(history(8), fc.boolean(), (steps, legacy) => {
        follow(steps, legacy, ({ spec, outcome }, before) => {
          expect(outcome?.removed.filter((name) => asksFor(spec, name))).toEqual([]);
          const left = new Set([...Object.keys(outcome?.resources ?? {}), ...(outcome?.removed ?? [])]);
          expect(Object.keys(before.outcome?.resources ?? {}).filter((name) => !left.has(name))).toEqual([]);
        });
      }),
      { numRuns: 120 },
    );
  });

  test("no access key goes that the Secret still holds, nor a role", () => {
    fc.assert(
      fc.property(history(10), (steps) => {
        follow(steps, false, (now, before) => {
          for (const { serviceAccount } of now.spec.consumers) {
            const text = textOf(before, serviceAccount) ?? {};
            const gone = (now.outcome?.removed ?? []).filter((name) => name.startsWith(`consumers/${serviceAccount}/`));
            const ids = gone.flatMap((name) => now.ids[name] ?? []);
            expect(ids.filter((id) => id === text["access-key-id"])).toEqual([]);
            const roles = gone.filter((name) => name.endsWith("/role")).map((name) => before.outcome?.resources[name]);
            const names = roles.map(externalName);
            expect(names.filter((name) => name === text["role-arn"]?.replace(/^.*\//, ""))).toEqual([]);
          }
        });
      }),
      { numRuns: 120 },
    );
  });

  test("blanked reads change nothing", () => {
    fc.assert(
      fc.property(spec, fc.boolean(), fc.array(fc.constantFrom(...gaps), { minLength: 1 }), (spec, legacy, read) => {
        const before = settled(begin(spec, legacy));
        expect(before.outcome?.waiting).toEqual({});
        const { outcome } = next(before, spec, read);
        expect(outcome?.removed).toEqual([]);
        expect(outcome?.resources).toEqual(before.outcome?.resources);
        expect(outcome?.status).toEqual(before.outcome?.status);
        expect(outcome?.connectionDetails).toEqual(before.outcome?.connectionDetails);
      }),
      { numRuns: 60 },
    );
  });

  test("whatever was before, what there is in the end is what the spec asks for", () => {
    fc.assert(
      fc.property(history(5), spec, (steps, spec) => {
        let world = begin(spec);
        for (const step of steps) world = next(world, step.spec, step.read);
        const { outcome } = settled(world, spec);
        expect(outcome?.waiting).toEqual({});
        expect(Object.keys(outcome?.resources ?? {})).toEqual(
          Object.keys(settled(begin(spec)).outcome?.resources ?? {}),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe("promises 3 and 5: the same bytes, and none that lie", () => {
  test("whatever order a request is in", () => {
    fc.assert(
      fc.property(spec, reads, (spec, read) => {
        const bytes = (spec: Spec) => {
          const { outcome } = next(next(begin(spec), spec, all), spec, read);
          const states = Object.entries(outcome?.resources ?? {}).map(
            ([key, resource]) => [key, { resource }] as const,
          );
          return encodeResponse({
            desired: { composite: { resource: { status: outcome?.status } }, resources: Object.fromEntries(states) },
          } as never);
        };
        const shuffled = JSON.parse(JSON.stringify(spec), (_, value) =>
          typeof value === "object" && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).reverse())
            : value,
        ) as Spec;
        expect(Buffer.compare(bytes(spec), bytes(shuffled))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
