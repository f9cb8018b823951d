import { expect, test } from "vitest";
import { apiVersionOf, atProvider, FakeCluster, resource, Scene } from "../../../test/support/cloud-scene.js";
import { type JsonObject } from "../../wire/index.js";
import { Cloud } from "./cloud.js";
import { managedController } from "./controller.js";
import { PROVIDER } from "./managed-object.js";
import { type StandIn } from "./stand-in.js";
import { Faults } from "./struck.js";

const TIME = "2024-01-01T00:00:00Z";
const bucket = resource("Bucket", "bkt", {}, { labels: { a: "b" }, generation: 1 });
const service = { apiVersion: "v1", kind: "Service", metadata: { namespace: "payments", name: "svc" }, spec: {} };
const changed = (fields: JsonObject) => ({ ...bucket, ...fields });
const metadata = (fields: JsonObject) => changed({ metadata: { ...(bucket["metadata"] as JsonObject), ...fields } });

const cases: readonly {
  readonly before?: JsonObject;
  readonly object: JsonObject;
  /** Default: somebody else. */
  readonly manager?: string;
  readonly concerns: boolean;
  readonly reason: string;
}[] = [
  { object: bucket, concerns: true, reason: "a managed resource that is new" },
  { object: service, concerns: false, reason: "a kind of which nothing is known" },
  { before: bucket, object: changed({ status: { a: 1 } }), concerns: false, reason: "the status is its own to say" },
  { before: bucket, object: metadata({ resourceVersion: "7" }), concerns: false, reason: "a version is no change" },
  { before: bucket, object: changed({ spec: { forProvider: {} } }), concerns: true, reason: "the spec" },
  { before: bucket, object: metadata({ labels: {} }), concerns: true, reason: "labels" },
  { before: bucket, object: metadata({ annotations: { a: "b" } }), concerns: true, reason: "annotations" },
  { before: bucket, object: metadata({ deletionTimestamp: TIME }), concerns: true, reason: "a deletion" },
  { before: bucket, object: metadata({ finalizers: ["other"] }), concerns: true, reason: "another finalizer" },
  {
    before: bucket,
    object: metadata({ annotations: { a: "b" } }),
    manager: PROVIDER,
    concerns: false,
    reason: "what it has written itself",
  },
];

test.each(cases)(
  "a change concerns providers: $concerns, $reason",
  ({ before, object, manager = "test", concerns }) => {
    const client = new FakeCluster(() => undefined);
    const now = () => 0;
    const options = { client, now, cloud: new Cloud({ now }), faults: new Faults(now), standIns: [] };
    const change = { type: before ? "Modified" : "Added", object, before, manager } as const;
    expect([...managedController(options).concerns(change)].length > 0).toBe(concerns);
  },
);

test("what waits for a reference goes on as soon as that is there", async () => {
  const scene = new Scene();
  scene.cluster.create(
    resource("BucketVersioning", "versioning", { forProvider: { region: "eu-west-1", bucketRef: { name: "bkt" } } }),
  );
  await scene.pass(40_000);
  expect(scene.condition(scene.object("BucketVersioning", "versioning"), "Synced")).toMatch(
    /^False ReconcileError: cannot resolve references: mg.Spec.ForProvider.Bucket: cannot get referenced resource/,
  );
  scene.cluster.create(resource("Bucket", "bkt"));
  await scene.pass(0);
  expect(scene.condition(scene.object("BucketVersioning", "versioning"), "Synced")).toMatch(/NoSuchBucket/);
  await scene.pass(63_000);
  expect(scene.condition(scene.object("BucketVersioning", "versioning"), "Ready")).toBe("True Available");
});

test("a kind of which nothing is known behaves as most do", async () => {
  const scene = new Scene([]);
  scene.cluster.create(resource("Queue", "jobs", { forProvider: { size: 5, topicRef: { name: "news" } } }));
  scene.cluster.create(resource("Topic", "news", { forProvider: {} }));
  await scene.pass(60_000);
  const queue = scene.object("Queue", "jobs");
  expect(scene.condition(queue, "Ready")).toBe("True Available");
  expect(atProvider(queue)).toEqual({ size: 5, topic: "news", id: "jobs" });
  scene.cluster.delete(queue);
  await scene.pass(60_000);
  expect(scene.story).toEqual(["made Topic news", "made Queue jobs", "removed Queue jobs"]);
});

test("a manifest is told to the cloud as it is", async () => {
  const scene = new Scene([]);
  const manifest = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", spec: { podSelector: {} } };
  scene.cluster.create(resource("Object", "policy", { forProvider: { manifest } }));
  await scene.pass(60_000);
  expect(atProvider(scene.object("Object", "policy"))).toEqual({ manifest, id: "policy" });
});

test("an author adds a kind of his own in about ten lines", async () => {
  const database: StandIn = {
    apiVersion: apiVersionOf("Database"),
    kind: "Database",
    takes: { create: 300_000 },
    observe: ({ parameters, name }) => ({ ...parameters, id: name, endpoint: `${name}.db.example.org` }),
    connection: ({ name, id }) => ({
      username: "admin",
      password: `SimulatedSecret${id}`,
      host: `${name}.db.example.org`,
    }),
    refuseDelete: ({ parameters }) => (parameters["isProtected"] === true ? "it is protected" : undefined),
  };
  const scene = new Scene([database]);
  const spec = { forProvider: { isProtected: true }, writeConnectionSecretToRef: { name: "conn" } };
  scene.cluster.create(resource("Database", "orders", spec));
  await scene.pass(299_999);
  expect(scene.condition(scene.object("Database", "orders"), "Ready")).toBe("False Creating");
  await scene.pass(1);
  expect(atProvider(scene.object("Database", "orders"))).toMatchObject({ endpoint: "orders.db.example.org" });
  expect(Object.keys((scene.object("Secret", "conn")["data"] ?? {}) as JsonObject)).toEqual([
    "username",
    "password",
    "host",
  ]);
  scene.cluster.delete(scene.object("Database", "orders"));
  await scene.pass(1_000);
  expect(scene.condition(scene.object("Database", "orders"), "Synced")).toMatch(/it is protected$/);
});

test("two stand-ins for one kind are one: the later says what it says", async () => {
  const [first, second]: readonly StandIn[] = [
    { apiVersion: apiVersionOf("Thing"), kind: "Thing", takes: { create: 5_000 }, observe: () => ({ from: "first" }) },
    { apiVersion: apiVersionOf("Thing"), kind: "Thing", takes: { create: 9_000 } },
  ];
  if (!first || !second) throw new Error("there are two");
  const scene = new Scene([first, second]);
  scene.cluster.create(resource("Thing", "it"));
  await scene.pass(8_999);
  expect(atProvider(scene.object("Thing", "it"))).toBeUndefined();
  await scene.pass(1);
  expect(atProvider(scene.object("Thing", "it"))).toEqual({ from: "first" });
});

test("what is no managed resource gets the status that its stand-in observes, once its time is over", async () => {
  const scene = new Scene([
    {
      apiVersion: "v1",
      kind: "Service",
      takes: { create: 5_000 },
      observe: ({ name, parameters }) => ({ host: `${name}.example.org`, replicas: parameters["replicas"] ?? 0 }),
    },
  ]);
  scene.cluster.create({ ...service, spec: { replicas: 2 }, status: { other: true } });
  await scene.pass(4_999);
  const gvk = { group: "", version: "v1", kind: "Service" };
  expect(scene.cluster.get(gvk, "payments", "svc")?.["status"]).toEqual({ other: true });
  await scene.pass(1);
  expect(scene.cluster.get(gvk, "payments", "svc")?.["status"]).toEqual({
    other: true,
    host: "svc.example.org",
    replicas: 2,
  });
  const { length } = scene.cluster.writes;
  await scene.pass();
  expect(scene.cluster.writes).toHaveLength(length);
});
