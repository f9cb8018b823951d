import { describe, expect, test } from "vitest";
import { atProvider, resource, Scene } from "../../../test/support/cloud-scene.js";
import { objectsAt, textAt, valueAt } from "../../render/unstructured.js";
import { decodeBase64 } from "../../resource/base64.js";
import { type CloudFault, type Fault, type FaultTarget } from "../fault.js";
import { Faults } from "./struck.js";

const on = { kind: "Bucket" };
const MINUTE = 60_000;

async function struck(...faults: readonly Fault[]): Promise<Scene> {
  const scene = new Scene();
  scene.setFaults(...faults);
  scene.cluster.create(resource("Bucket", "bkt", { writeConnectionSecretToRef: { name: "conn" } }));
  await scene.pass(MINUTE);
  return scene;
}

const ready = (scene: Scene) => scene.condition(scene.object("Bucket", "bkt"), "Ready");
const synced = (scene: Scene) => scene.condition(scene.object("Bucket", "bkt"), "Synced");

describe("which objects are struck", () => {
  const name = { "crossplane.io/composition-resource-name": "consumers/api/podIdentity/role" };
  const role = resource("Role", "orders-1a2b", {}, { annotations: name });

  const cases: readonly { readonly on: FaultTarget; readonly isStruck: boolean; readonly reason: string }[] = [
    { on: {}, isStruck: true, reason: "nothing is said" },
    { on: { kind: "Role" }, isStruck: true, reason: "the kind" },
    { on: { kind: "Bucket" }, isStruck: false, reason: "another kind" },
    { on: { name: "orders-*" }, isStruck: true, reason: "the beginning of a name" },
    { on: { name: "orders" }, isStruck: false, reason: "a name is meant as a whole" },
    { on: { resource: "consumers/*/role" }, isStruck: true, reason: "any part of a resource name" },
    { on: { resource: "*/api/*" }, isStruck: true, reason: "several parts" },
    { on: { resource: "*role*Role" }, isStruck: false, reason: "parts do not overlap" },
    { on: { resource: "consumers/*/bucket" }, isStruck: false, reason: "another end" },
    { on: { kind: "Role", name: "payments-*" }, isStruck: false, reason: "all that is said has to fit" },
  ];

  test.each(cases)("$on: $reason", ({ on, isStruck }) => {
    const faults = new Faults(() => 0);
    faults.setFaults([{ on, fault: "slow" }], 0);
    expect(faults.strike(role, "slow") !== undefined).toBe(isStruck);
  });
});

describe("when", () => {
  const bucket = resource("Bucket", "bkt");
  const timed = (fault: Partial<Fault & CloudFault>) => {
    const scene = { now: 0 };
    const faults = new Faults(() => scene.now);
    faults.setFaults([{ on, fault: "never-ready", ...fault }], 1_000);
    return { scene, faults };
  };

  test("from its beginning until before its end, both counted from the stage's", () => {
    const { scene, faults } = timed({ from: 500, for: 100 });
    const at = [1_499, 1_500, 1_599, 1_600].map((now) => {
      scene.now = now;
      return faults.strike(bucket, "never-ready") !== undefined;
    });
    expect(at).toEqual([false, true, true, false]);
  });

  test.each([
    { now: 0, fault: { from: 500, for: 100 }, next: 1_500, reason: "it begins" },
    { now: 1_500, fault: { from: 500, for: 100 }, next: 1_600, reason: "it ends" },
    { now: 1_600, fault: { from: 500, for: 100 }, next: undefined, reason: "it is over" },
    { now: 1_000, fault: {}, next: undefined, reason: "it lasts" },
    { now: 1_000, fault: { fault: "flapping" as const }, next: 61_000, reason: "it takes turns" },
    { now: 61_000, fault: { fault: "flapping" as const }, next: 121_000, reason: "it takes turns again" },
    { now: 1_000, fault: { fault: "flapping" as const, for: 10 }, next: 1_010, reason: "the end is before the turn" },
  ])("next at $next: $reason", ({ now, fault, next }) => {
    const { scene, faults } = timed(fault);
    scene.now = now;
    expect(faults.nextChange(now)).toBe(next);
    expect(faults.nextChange(now, bucket)).toBe(next);
    expect(faults.nextChange(now, resource("Role", "r"))).toBeUndefined();
  });

  test("each object is told of once", () => {
    const { scene, faults } = timed({});
    const told: string[] = [];
    faults.onFault((fault, object) => told.push(`${fault.fault} ${textAt(object, ["metadata", "name"])}`));
    scene.now = 1_000;
    faults.strike(bucket, "never-ready");
    faults.strike(bucket, "never-ready");
    faults.strike(bucket, "slow");
    faults.strike(resource("Bucket", "other"), "never-ready");
    expect(told).toEqual(["never-ready bkt", "never-ready other"]);
  });
});

describe("what they do", () => {
  test("slow: creating takes longer", async () => {
    const scene = await struck({ on, fault: "slow", takes: 2 * MINUTE });
    expect(ready(scene)).toBe("False Creating");
    await scene.pass(MINUTE);
    expect(ready(scene)).toBe("True Available");
  });

  test("never-ready: it is made, and not Ready until the fault is over", async () => {
    const scene = await struck({ on, fault: "never-ready", for: 2 * MINUTE });
    expect(ready(scene)).toBe("False Creating");
    expect(scene.story).toEqual(["made Bucket bkt"]);
    await scene.pass(MINUTE);
    expect(ready(scene)).toBe("True Available");
  });

  test("flapping: by turns, of which the first is not Ready", async () => {
    const scene = await struck({ on, fault: "flapping", every: MINUTE, from: MINUTE });
    const turns = [];
    for (let turn = 0; turn < 4; turn++) {
      turns.push(ready(scene));
      await scene.pass(MINUTE);
    }
    const [no, yes] = ["False Unavailable", "True Available"];
    expect(turns).toEqual([no, yes, no, yes]);
  });

  test("throttled: so many attempts are refused", async () => {
    const scene = new Scene();
    scene.setFaults({ on, fault: "throttled", times: 2 });
    scene.cluster.create(resource("Bucket", "bkt"));
    const seen = [];
    for (const ms of [0, 1_000, 2_000, 2_000]) {
      await scene.pass(ms);
      seen.push(`${ready(scene)}, ${synced(scene)}`);
    }
    const refused =
      "False Creating, False ReconcileError: create failed: cannot create Bucket bkt: Throttling: Rate exceeded";
    expect(seen).toEqual([
      refused,
      refused,
      "False Creating, True ReconcileSuccess",
      "True Available, True ReconcileSuccess",
    ]);
  });

  test("name-taken: AWS says so", async () => {
    const scene = await struck({ on, fault: "name-taken" });
    expect(synced(scene)).toMatch(/create failed: cannot create Bucket bkt: BucketAlreadyExists: /);
    expect(scene.story).toEqual([]);
  });

  test.each([
    { message: undefined, said: /delete failed: cannot delete Bucket bkt: OperationAborted: / },
    { message: "AccessDenied", said: /delete failed: cannot delete Bucket bkt: AccessDenied$/ },
  ])("delete-fails: with its message, which may be $message, until it is over", async ({ message, said }) => {
    const scene = await struck({
      on,
      fault: "delete-fails",
      for: 2 * MINUTE,
      ...(message !== undefined && { message }),
    });
    scene.cluster.delete(scene.object("Bucket", "bkt"));
    await scene.pass(30_000);
    expect(synced(scene)).toMatch(said);
    await scene.pass(2 * MINUTE);
    expect(scene.find("Bucket", "bkt")).toBeUndefined();
  });

  test("blank-status: nothing is said while it lasts, and all of it afterwards", async () => {
    const scene = await struck({ on, fault: "blank-status", from: 2 * MINUTE, for: MINUTE });
    const before = scene.object("Bucket", "bkt")["status"];
    expect(atProvider(scene.object("Bucket", "bkt"))).toMatchObject({ id: "bkt" });
    await scene.pass(MINUTE);
    expect(scene.object("Bucket", "bkt")["status"]).toEqual({});
    await scene.pass(MINUTE);
    const strip = (status: unknown) => JSON.stringify(status).replace(/"lastTransitionTime":"[^"]*",/g, "");
    expect(strip(scene.object("Bucket", "bkt")["status"]).length).toBe(strip(before).length);
    expect(objectsAt(scene.object("Bucket", "bkt"), ["status", "conditions"])).toHaveLength(2);
  });

  test("empty-secret: nothing is in it while it lasts, and all of it afterwards", async () => {
    const scene = await struck({ on, fault: "empty-secret", from: 2 * MINUTE, for: MINUTE });
    const arn = () => textAt(scene.object("Secret", "conn"), ["data", "arn"]);
    expect(decodeBase64(arn())).toBe("arn:aws:s3:::bkt");
    await scene.pass(MINUTE);
    expect(valueAt(scene.object("Secret", "conn"), ["data"])).toEqual({});
    await scene.pass(MINUTE);
    expect(decodeBase64(arn())).toBe("arn:aws:s3:::bkt");
  });

  test("not-empty: it holds what nobody has put there, until other faults are set", async () => {
    const scene = await struck({ on, fault: "not-empty", holds: 3 });
    expect(scene.cloud.all()).toMatchObject([{ holds: 3 }]);
    scene.cluster.delete(scene.object("Bucket", "bkt"));
    await scene.pass(MINUTE);
    expect(synced(scene)).toMatch(/BucketNotEmpty/);
    scene.setFaults();
    await scene.pass(1);
    expect(scene.story).toEqual(["made Bucket bkt", "removed Bucket bkt"]);
  });
});
