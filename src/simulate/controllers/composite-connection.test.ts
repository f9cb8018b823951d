import { describe, expect, test } from "vitest";
import {
  conditions,
  desiredOf,
  LEGACY,
  lastChangeOf,
  legacyBench,
  part,
  SECRET,
  said,
  secret,
  thing,
} from "../../../test/support/crossplane-things.js";
import { uidOf, valueAt } from "../../render/unstructured.js";
import { Ready } from "../../wire/index.js";

describe("connection details of a legacy XR", () => {
  test("are published in its Secret, as far as the XRD names them, and stay there", async () => {
    let details: Readonly<Record<string, Uint8Array>> = { user: Buffer.from("fake"), other: Buffer.from("x") };
    const bench = legacyBench(() => ({
      desired: { ...desiredOf({}), composite: { resource: {}, connectionDetails: details, ready: Ready.Unspecified } },
    }));
    bench.apply(thing("one", {}, LEGACY));
    await bench.run();
    const uid = uidOf(bench.get(LEGACY, "one") ?? {});
    const published = bench.get(SECRET, uid, "system");
    expect(published).toMatchObject({
      type: "connection.crossplane.io/v1alpha1",
      data: { user: Buffer.from("fake").toString("base64") },
      metadata: { ownerReferences: [{ kind: "XOld", name: "one", uid, controller: true }] },
    });
    expect(bench.get(LEGACY, "one")?.["status"]).toMatchObject({
      connectionDetails: { lastPublishedTime: "2024-01-01T00:00:00Z" },
    });
    expect(said(bench)).toContain("Normal PublishConnectionSecret: Successfully published connection details");
    details = { password: Buffer.from("fake2") };
    bench.add(bench.composite.concerns(lastChangeOf(bench, "one")));
    await bench.run();
    expect(Object.keys(valueAt(bench.get(SECRET, uid, "system") ?? {}, ["data"]) ?? {}).sort()).toEqual([
      "password",
      "user",
    ]);
  });

  test("a Secret of somebody else is not touched", async () => {
    const bench = legacyBench(() => ({
      desired: {
        ...desiredOf({ a: { ...part(), metadata: { namespace: "default" } } }),
        composite: { resource: {}, connectionDetails: { user: Buffer.from("fake") }, ready: Ready.Unspecified },
      },
    }));
    bench.apply({ ...secret("theirs", {}), type: "Opaque" });
    bench.apply(thing("one", { writeConnectionSecretToRef: { namespace: "default", name: "theirs" } }, LEGACY));
    await bench.run(3000);
    expect(bench.api.list({ group: "parts.org", version: "v1", kind: "Part" }, "")).toHaveLength(1);
    expect(conditions(bench.get(LEGACY, "one"))["Synced"]?.[2]).toBe(
      'cannot publish connection details: cannot apply connection secret: refusing to modify uncontrolled secret of type "Opaque"',
    );
  });
});
