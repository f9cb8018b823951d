import { describe, expect, test } from "vitest";
import { answering, Bench } from "../../../test/support/crossplane-bench.js";
import { conditionsOf } from "../../render/conditions.js";
import { labelsOf, textAt } from "../../render/unstructured.js";
import { type JsonObject, Ready, type RunFunctionResponse, Status, Target } from "../../wire/index.js";

const CLAIM = { apiVersion: "example.org/v1", kind: "ThingClaim" };
const XR = { apiVersion: "example.org/v1", kind: "XThing" };
const SECRET = { apiVersion: "v1", kind: "Secret" };

describe("a claim", () => {
  test("makes an XR, and knows which", async () => {
    const bench = benchOf();
    bench.apply(
      claim(
        { size: 3, writeConnectionSecretToRef: { name: "mine" } },
        { "team.io/a": "b", "kubectl.kubernetes.io/x": "y" },
      ),
    );
    await bench.run();
    const found = bench.get(CLAIM, "one", "shop");
    const name = xrNameOf(found);
    expect(name).toMatch(/^one-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(found?.["metadata"]).toMatchObject({ finalizers: ["finalizer.apiextensions.crossplane.io"] });
    const xr = bench.get(XR, name);
    expect(xr?.["metadata"]).toMatchObject({
      labels: { "crossplane.io/claim-name": "one", "crossplane.io/claim-namespace": "shop", "team.io/a": "b" },
    });
    expect(labelsOf(xr ?? {})).not.toHaveProperty("kubectl.kubernetes.io/x");
    expect(xr?.["spec"]).toMatchObject({
      size: 3,
      claimRef: { ...CLAIM, namespace: "shop", name: "one" },
      compositionRef: { name: "things" },
    });
    // What the claim asks for is not where the XR publishes.
    expect(xr?.["spec"]).toMatchObject({ writeConnectionSecretToRef: { namespace: "system" } });
    expect(found?.["spec"]).toMatchObject({ compositionRef: { name: "things" } });
    expect(said(bench)).toContain("one Normal BindCompositeResource: Successfully bound composite resource");
  });

  test("waits until its XR is of use, and is told what the XR says", async () => {
    let ready: Ready = Ready.False;
    const bench = benchOf(() => ({ status: { size: 4 }, ready }));
    bench.apply(claim());
    await bench.run();
    expect(conditions(bench.get(CLAIM, "one", "shop"))).toEqual({
      Synced: "True ReconcileSuccess",
      Ready: "False Waiting",
      Custom: "True Said",
    });
    expect(bench.get(CLAIM, "one", "shop")?.["status"]).toMatchObject({ size: 4 });
    expect(bench.get(CLAIM, "one", "shop")?.["status"]).not.toHaveProperty("claimConditionTypes");
    ready = Ready.True;
    bench.apply(claim({ size: 5 }));
    await bench.run();
    expect(conditions(bench.get(CLAIM, "one", "shop"))).toMatchObject({ Ready: "True Available" });
  });

  test("settles: what it wrote itself makes it write no more", async () => {
    const bench = benchOf(() => ({ status: { size: 4 } }));
    bench.apply(claim({ writeConnectionSecretToRef: { name: "mine" } }));
    await bench.run();
    const { length } = bench.changes;
    bench.clock.pass(bench.clock.now() + 3_600_000);
    bench.apply({
      ...claim({ writeConnectionSecretToRef: { name: "mine" } }),
      metadata: { namespace: "shop", name: "one", labels: { a: "b" } },
    });
    await bench.run();
    // The claim, its XR, and nothing after that.
    expect(bench.changes.length - length).toBeLessThanOrEqual(3);
  });

  test("passes connection details on to the Secret that it asks for", async () => {
    const bench = benchOf();
    bench.apply(claim({ writeConnectionSecretToRef: { name: "mine" } }));
    await bench.run();
    expect(bench.get(SECRET, "mine", "shop")).toMatchObject({
      type: "connection.crossplane.io/v1alpha1",
      data: { user: Buffer.from("fake").toString("base64") },
      metadata: { ownerReferences: [{ kind: "ThingClaim", name: "one", controller: true }] },
    });
    expect(bench.get(CLAIM, "one", "shop")?.["status"]).toMatchObject({
      connectionDetails: { lastPublishedTime: "2024-01-01T00:00:00Z" },
    });
  });

  test("does not take a Secret of somebody else", async () => {
    const bench = benchOf();
    bench.apply({ ...SECRET, metadata: { namespace: "shop", name: "mine" }, type: "Opaque" });
    bench.apply(claim({ writeConnectionSecretToRef: { name: "mine" } }));
    await bench.run(3000);
    expect(messageOf(bench.get(CLAIM, "one", "shop"), "Synced")).toBe(
      'cannot propagate connection details from composite resource: cannot create or update connection secret: refusing to modify uncontrolled secret of type "Opaque"',
    );
  });

  test("leaves an XR alone that is another's", async () => {
    const bench = benchOf();
    const claimRef = { ...CLAIM, namespace: "shop", name: "other" };
    bench.apply({ ...XR, metadata: { name: "theirs" }, spec: { claimRef } });
    bench.apply(claim({ resourceRef: { ...XR, name: "theirs" } }));
    await bench.run();
    expect(messageOf(bench.get(CLAIM, "one", "shop"), "Synced")).toBe(
      'refusing to operate on composite resource "theirs" that is not bound to this claim: bound to claim "other"',
    );
    expect(bench.get(XR, "theirs")?.["spec"]).toMatchObject({ claimRef });
  });
});

describe("a claim that is deleted", () => {
  test.each([
    { reason: "goes at once, by default", policy: {}, order: ["ThingClaim one", "XThing"] },
    {
      reason: "goes after its XR, where it says so",
      policy: { compositeDeletePolicy: "Foreground" },
      order: ["XThing", "ThingClaim one"],
    },
  ])("$reason", async ({ policy, order }) => {
    const bench = benchOf();
    bench.apply(claim(policy));
    await bench.run();
    const name = xrNameOf(bench.get(CLAIM, "one", "shop"));
    // Something holds the XR for a while.
    const held = bench.get(XR, name) ?? {};
    const { finalizers } = held["metadata"] as { finalizers: readonly string[] };
    const metadata = { ...(held["metadata"] as JsonObject), finalizers: [...finalizers, "hold.org/it"] };
    bench.api.update({ ...held, metadata }, { manager: "test" });
    await bench.run();
    bench.api.delete(claim());
    await bench.wait(5000);
    const holding = bench.get(XR, name) ?? {};
    bench.api.update({ ...holding, metadata: withoutHold(holding["metadata"] as JsonObject) }, { manager: "test" });
    await bench.run();
    const gone = bench.changes.filter(({ type, object }) => type === "Deleted" && object["kind"] !== "Secret");
    const names = gone.map(({ object: { kind, metadata } }) =>
      kind === "XThing" ? kind : `${kind} ${(metadata as JsonObject)["name"]}`,
    );
    expect(names).toEqual(order);
  });
});

function withoutHold(metadata: JsonObject): JsonObject {
  const { finalizers } = metadata as { finalizers: readonly string[] };
  return { ...metadata, finalizers: finalizers.filter((each) => each !== "hold.org/it") };
}

interface Says {
  readonly status?: JsonObject;
  readonly ready?: Ready;
}

function benchOf(says: () => Says = () => ({})): Bench {
  const answer = (): Partial<RunFunctionResponse> => {
    const { status = {}, ready = Ready.True } = says();
    const composite = { resource: { status }, connectionDetails: { user: Buffer.from("fake") }, ready };
    const condition = { type: "Custom", status: Status.True, reason: "Said", target: Target.CompositeAndClaim };
    return { desired: { composite, resources: {} }, conditions: [condition] };
  };
  const properties = { size: { type: "integer" } };
  const platform = {
    compositions: [
      {
        apiVersion: "apiextensions.crossplane.io/v1",
        kind: "Composition",
        metadata: { name: "things" },
        spec: {
          compositeTypeRef: XR,
          mode: "Pipeline",
          writeConnectionSecretsToNamespace: "system",
          pipeline: [{ step: "one", functionRef: { name: "fn" } }],
        },
      },
    ],
    xrds: [
      {
        apiVersion: "apiextensions.crossplane.io/v1",
        kind: "CompositeResourceDefinition",
        metadata: { name: "xthings.example.org" },
        spec: {
          group: "example.org",
          names: { kind: "XThing", plural: "xthings" },
          claimNames: { kind: "ThingClaim", plural: "thingclaims" },
          versions: [
            {
              name: "v1",
              served: true,
              referenceable: true,
              schema: {
                openAPIV3Schema: {
                  type: "object",
                  properties: { spec: { type: "object", properties }, status: { type: "object", properties } },
                },
              },
            },
          ],
        },
      },
    ],
    functions: { fn: answering(answer) },
  };
  return new Bench({ platform });
}

function claim(spec: JsonObject = {}, labels: JsonObject = {}): JsonObject {
  return { ...CLAIM, metadata: { namespace: "shop", name: "one", labels }, spec };
}

function xrNameOf(found: JsonObject | undefined): string {
  return textAt(found ?? {}, ["spec", "resourceRef", "name"]);
}

function conditions(object: JsonObject | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    conditionsOf(object ?? {}).map(({ type, status, reason }) => [type, `${status} ${reason}`]),
  );
}

function messageOf(object: JsonObject | undefined, type: string): string | undefined {
  return conditionsOf(object ?? {}).find((condition) => condition.type === type)?.message;
}

function said({ events }: Bench): readonly string[] {
  return events.map(({ of, type, reason, message }) => `${of} ${type} ${reason}: ${message}`);
}
