import { type Resource } from "trimtab";
import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { bucket } from "./function.js";
import { composite, input, reconciled, safe, working, xbucket } from "./testing.js";

// What becomes of a bucket with its XBucket.

const everything = {
  lifecycle: [{ expireAfterDays: 7 }],
  cors: [{ allowedOrigins: ["*"], allowedMethods: ["GET"] }],
  logging: { targetBucket: "central-logs" },
  objectLock: { mode: "COMPLIANCE", days: 1 },
};
const compose = (deletion: object | undefined, more: object = {}, observed: object = {}) =>
  run(bucket, { xr: xbucket({}, { ...(deletion && { deletion }), ...more }), input, observed: observed as never });
const policiesOf = (resource: Resource | undefined) =>
  (resource as { readonly spec?: { readonly managementPolicies?: readonly string[] } } | undefined)?.spec
    ?.managementPolicies;
/** Crossplane's own default is everything, deletion included. */
const mayDelete = (resource: Resource) => {
  const policies = policiesOf(resource) ?? ["*"];
  return policies.includes("Delete") || policies.includes("*");
};
const inAws = ({ resources }: ReturnType<typeof compose>) =>
  Object.entries(resources).filter(([, { apiVersion }]) => apiVersion.includes(".aws."));

const secures = ["publicAccess", "encryption", "ownership", "versioning", "policy"];

describe("retained", () => {
  test.each([
    ["by default", undefined],
    ["when asked for", { policy: "Retain" }],
  ])("%s: the bucket, and what protects it and its data", (_, deletion) => {
    const outcome = compose(deletion, everything);
    const stays = inAws(outcome)
      .filter(([, resource]) => !mayDelete(resource))
      .map(([key]) => key);
    expect(stays.toSorted()).toEqual(["bucket", "objectLock", ...secures].toSorted());
    expect(outcome.desired.bucket?.spec.forProvider.forceDestroy).toBe(false);
  });
  test("what no longer is there must not go on: rules that delete, and everybody's access, go", () => {
    const goes = inAws(compose(undefined, everything))
      .filter(([, resource]) => mayDelete(resource))
      .map(([key]) => key);
    expect(goes).toEqual(
      expect.arrayContaining(["lifecycle", "consumers/api/policy", "consumers/api/podIdentity/association"]),
    );
  });
  test("needs no Usages", () => {
    expect(Object.values(compose(undefined, everything).resources).map(({ kind }) => kind)).not.toContain("Usage");
  });
  test("is what a bucket is that was asked to be emptied, where no schema said that it cannot be", () => {
    const spec = { region: "eu-west-1", deletion: { policy: "Retain", force: true } };
    const { resources } = reconciled({ xr: composite(spec) });
    expect(policiesOf(resources["bucket"])).not.toContain("Delete");
  });
});

describe("deleted", () => {
  test("all of it goes, and a bucket that is not empty stays", () => {
    const outcome = compose({ policy: "Delete" }, everything);
    const staying = inAws(outcome).filter(([, resource]) => !mayDelete(resource));
    expect(staying).toEqual([]);
    expect(outcome.desired.bucket?.spec.forProvider.forceDestroy).toBe(false);
    expect(outcome.desired.publicAccess?.spec.forProvider.skipDestroy).toBe(true);
  });
  test("with force it is emptied first", () => {
    const { desired } = compose({ policy: "Delete", force: true });
    expect(desired.bucket?.spec.forProvider.forceDestroy).toBe(true);
  });
  test("force without Delete is refused at admission", () => {
    expect(() => compose({ force: true })).toThrow(/spec\.deletion.*force needs policy: Delete/);
  });

  const usagesOf = ({ resources }: ReturnType<typeof compose>) =>
    Object.entries(resources).filter(([key]) => key.startsWith("usages/"));
  test("in order: a Usage for each thing that secures the bucket, and the bucket is what uses it", () => {
    const outcome = compose({ policy: "Delete" }, { objectLock: everything.objectLock });
    const { resources } = outcome;
    expect(usagesOf(outcome).map(([key]) => key)).toEqual(
      [...secures, "objectLock"].toSorted().map((name) => `usages/${name}`),
    );
    for (const [key, usage] of usagesOf(outcome)) {
      const secured = resources[key.slice("usages/".length)];
      const named = (resource: Resource | undefined) => ({
        apiVersion: resource?.apiVersion,
        kind: resource?.kind,
        resourceRef: { name: resource?.metadata?.name },
      });
      expect(secured?.metadata?.name, key).toBeTypeOf("string");
      expect(usage, key).toMatchObject({
        apiVersion: "protection.crossplane.io/v1beta1",
        spec: { of: named(secured), by: named(resources["bucket"]), replayDeletion: true },
      });
      expect(usage.metadata?.namespace, "that of the XR, as all that is composed").toBeUndefined();
    }
  });
  test("of what a bucket lacks there is no Usage", () => {
    expect(usagesOf(compose({ policy: "Delete" })).map(([key]) => key)).not.toContain("usages/objectLock");
  });
});

describe("a change of mind", () => {
  const observed = {
    ...safe,
    consumers: { api: working.PodIdentity },
    usages: Object.fromEntries(secures.map((name) => [name, { spec: {} }])),
  };
  test("from Delete to Retain: the Usages go, the rest stays and may not be deleted any more", () => {
    const { removed, resources } = compose({ policy: "Retain" }, {}, observed);
    expect(removed).toEqual(secures.toSorted().map((name) => `usages/${name}`));
    expect(policiesOf(resources["bucket"])).not.toContain("Delete");
  });
  test("from Retain to Delete: nothing goes", () => {
    const { usages: _, ...retained } = observed;
    const { removed, resources } = compose({ policy: "Delete" }, {}, retained);
    expect(removed).toEqual([]);
    expect(Object.keys(resources)).toEqual(expect.arrayContaining(["usages/policy"]));
  });
});

test("the XBucket of the same name finds the bucket that it has retained", () => {
  const named = (uid: string) => {
    const xr = { ...xbucket(), metadata: { ...xbucket().metadata, uid } as { readonly name: string } };
    const { metadata, spec } = run(bucket, { xr, input }).desired.bucket ?? {};
    return [metadata?.annotations, spec?.forProvider.tags];
  };
  expect(named("33333333-3333-3333-3333-333333333333")).toEqual(named("44444444-4444-4444-4444-444444444444"));
});
