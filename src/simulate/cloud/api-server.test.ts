import { expect, test } from "vitest";
import { apiVersionOf, resource } from "../../../test/support/cloud-scene.js";
import { gvkOf, objectsAt, valueAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { ApiServer } from "../api/api-server.js";
import { type Again } from "../controller.js";
import { awsStandIns, Cloud, Faults, managedController } from "./index.js";

test("on an API server that tracks fields, what somebody else applies stays his, and what providers write stays theirs", async () => {
  let now = 0;
  let uids = 0;
  const time = () => `${new Date(now).toISOString().slice(0, 19)}Z`;
  const client = new ApiServer({ now: time, uid: () => `uid-${++uids}` });
  const cloud = new Cloud({ now: () => now });
  const controller = managedController({
    client,
    cloud,
    standIns: awsStandIns(),
    faults: new Faults(() => now),
    now: () => now,
  });
  const queue: string[] = [];
  client.watch((change) => queue.push(...controller.concerns(change)));
  const settle = async () => {
    for (let round = 0; round < 20; round++) {
      const keys = new Set(queue.splice(0));
      for (const key of keys) await reconcile(key);
      now += 2_000;
    }
  };
  const reconcile = async (key: string) => {
    const again: Again = await controller.reconcile(key);
    if (again.again === "after" || again.again === "soon") queue.push(key);
  };
  const wanted = (tags: JsonObject) => ({
    ...resource("Bucket", "receipts", {
      forProvider: { region: "eu-west-1", tags },
      writeConnectionSecretToRef: { name: "conn" },
    }),
  });
  const versioning = resource("BucketVersioning", "v", {
    forProvider: { region: "eu-west-1", bucketRef: { name: "receipts" } },
  });
  const get = (kind: string, name: string) =>
    client.get(gvkOf({ apiVersion: apiVersionOf(kind), kind }), "payments", name) ?? {};

  client.apply(wanted({ team: "a", old: "yes" }), { manager: "composite" });
  client.apply(versioning, { manager: "composite" });
  await settle();
  client.apply(wanted({ team: "b" }), { manager: "composite" });
  client.apply(versioning, { manager: "composite" });
  await settle();

  expect(valueAt(get("Bucket", "receipts"), ["spec", "forProvider", "tags"])).toEqual({
    team: "b",
    "crossplane-kind": "bucket.s3.aws.m.upbound.io",
    "crossplane-name": "receipts",
    "crossplane-providerconfig": "default",
  });
  expect(valueAt(get("BucketVersioning", "v"), ["spec", "forProvider", "bucket"])).toBe("receipts");
  for (const [kind, name] of [
    ["Bucket", "receipts"],
    ["BucketVersioning", "v"],
  ] as const) {
    const conditions = objectsAt(get(kind, name), ["status", "conditions"]);
    expect(conditions.map(({ type, status }) => `${type} ${status}`).sort()).toEqual(["Ready True", "Synced True"]);
  }
  expect(cloud.all().map(({ parameters }) => valueAt(parameters, ["tags", "team"]))).toEqual(["b", undefined]);
  expect(Object.keys(valueAt(get("Secret", "conn"), ["data"]) ?? {}).sort()).toEqual(["arn", "id", "region"]);

  client.delete(get("Bucket", "receipts"));
  client.delete(get("BucketVersioning", "v"));
  await settle();
  expect([get("Bucket", "receipts"), get("BucketVersioning", "v"), cloud.all()]).toEqual([{}, {}, []]);
});
