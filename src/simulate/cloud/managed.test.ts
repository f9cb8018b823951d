import { describe, expect, test } from "vitest";
import { apiVersionOf, atProvider, resource, Scene } from "../../../test/support/cloud-scene.js";
import { annotationsOf, objectsAt, textAt, valueAt, withTexts } from "../../render/unstructured.js";
import { decodeBase64 } from "../../resource/base64.js";
import { FINALIZER } from "./managed.js";

const BUCKET = { apiVersion: apiVersionOf("Bucket"), kind: "Bucket" };

async function sceneWith(...objects: readonly Parameters<Scene["cluster"]["create"]>[0][]): Promise<Scene> {
  const scene = new Scene();
  for (const object of objects) scene.cluster.create(object);
  await scene.pass(60_000);
  return scene;
}

describe("creating", () => {
  test("takes its time, during which it is Creating, and then is Available", async () => {
    const scene = new Scene();
    scene.cluster.create(resource("Bucket", "receipts"));
    await scene.pass(1_999);
    expect(scene.condition(scene.object("Bucket", "receipts"), "Ready")).toBe("False Creating");
    expect(scene.condition(scene.object("Bucket", "receipts"), "Synced")).toBe("True ReconcileSuccess");
    expect(scene.cloud.find(BUCKET, "receipts")).toBeUndefined();
    expect(scene.story).toEqual([]);

    await scene.pass(1);
    const object = scene.object("Bucket", "receipts");
    expect(scene.condition(object, "Ready")).toBe("True Available");
    expect(valueAt(object, ["metadata", "finalizers"])).toEqual([FINALIZER]);
    expect(scene.story).toEqual(["made Bucket receipts"]);
    expect(annotationsOf(object)).toMatchObject({
      "crossplane.io/external-name": "receipts",
      "crossplane.io/external-create-pending": "1970-01-01T00:00:00Z",
      "crossplane.io/external-create-succeeded": "1970-01-01T00:00:00Z",
    });
    for (const condition of objectsAt(object, ["status", "conditions"]))
      expect(condition["observedGeneration"]).toBe(1);
  });

  test("writes nothing once nothing changes, and keeps the time of a condition", async () => {
    const scene = await sceneWith(resource("Bucket", "receipts"));
    const { length } = scene.cluster.writes;
    const before = scene.object("Bucket", "receipts");
    await scene.pass();
    expect(scene.cluster.writes).toHaveLength(length);
    expect(scene.object("Bucket", "receipts")).toEqual(before);
  });

  test("initProvider counts for creating alone", async () => {
    const scene = await sceneWith(
      resource("Role", "reader", {
        forProvider: { assumeRolePolicy: trust, tags: { team: "a" } },
        initProvider: { maxSessionDuration: 7200, tags: { team: "b", first: "yes" } },
      }),
    );
    expect(scene.cloud.all()[0]?.parameters).toMatchObject({
      maxSessionDuration: 7200,
      tags: { team: "a", first: "yes" },
    });
    expect(scene.story).toEqual(["made Role reader"]);
    expect(scene.condition(scene.object("Role", "reader"), "Synced")).toBe("True ReconcileSuccess");
  });

  test("what the cloud names has no external name before it is made", async () => {
    const scene = new Scene();
    scene.cluster.create(resource("User", "ann", { forProvider: {} }));
    scene.cluster.create(resource("AccessKey", "ann-1", { forProvider: { userRef: { name: "ann" } } }));
    await scene.pass(500);
    expect(annotationsOf(scene.object("AccessKey", "ann-1"))["crossplane.io/external-name"]).toBeUndefined();
    await scene.pass(60_000);
    expect(annotationsOf(scene.object("AccessKey", "ann-1"))["crossplane.io/external-name"]).toMatch(
      /^AKIASIMULATED[A-Z2-7]{7}$/,
    );
  });

  test("what the cloud names is not made again where nobody knows whether it was", async () => {
    const pending = { "crossplane.io/external-create-pending": "2024-01-01T00:00:00Z" };
    const scene = await sceneWith(
      resource("User", "ann", { forProvider: {} }),
      resource("AccessKey", "ann-1", { forProvider: { user: "ann" } }, { annotations: pending }),
      resource("Bucket", "receipts", {}, { annotations: pending }),
    );
    expect(scene.condition(scene.object("AccessKey", "ann-1"), "Synced")).toMatch(
      /^False ReconcileError: cannot determine creation result/,
    );
    expect(scene.condition(scene.object("Bucket", "receipts"), "Ready")).toBe("True Available");
  });

  test("what is in the cloud already is observed, not made again", async () => {
    const keep = ["Observe", "Create", "Update", "LateInitialize"];
    const name = { annotations: { "crossplane.io/external-name": "shared-name" } };
    const tags = { team: "a" };
    const forProvider = { region: "eu-west-1", tags };
    const scene = await sceneWith(resource("Bucket", "one", { forProvider, managementPolicies: keep }, name));
    const [first] = scene.cloud.all();
    scene.cluster.delete(scene.object("Bucket", "one"));
    await scene.pass(10_000);
    expect(scene.find("Bucket", "one")).toBeUndefined();

    scene.cluster.create(resource("Bucket", "two", { managementPolicies: ["Observe"] }, name));
    await scene.pass(10_000);
    expect(scene.story).toEqual(["made Bucket shared-name", "kept Bucket shared-name"]);
    expect(atProvider(scene.object("Bucket", "two"))).toMatchObject({ tags, arn: "arn:aws:s3:::shared-name" });
    expect(scene.cloud.all()).toEqual([first]);
  });

  test("a creation that was begun ends, although its object has been let go", async () => {
    const scene = new Scene();
    scene.cluster.create(resource("Bucket", "receipts", { managementPolicies: ["Observe", "Create"] }));
    await scene.pass(1_000);
    scene.cluster.delete(scene.object("Bucket", "receipts"));
    await scene.pass(10_000);
    expect(scene.find("Bucket", "receipts")).toBeUndefined();
    expect(scene.cloud.all().map(({ name }) => name)).toEqual(["receipts"]);
  });
});

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "pods.eks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

describe("managementPolicies", () => {
  const made = "made Bucket bkt";
  const cases: readonly {
    readonly policies: readonly string[];
    /** What happens in the cloud by creating the object, changing it, and deleting it. */
    readonly story: readonly string[];
    readonly synced: string;
    readonly reason: string;
  }[] = [
    {
      policies: ["*"],
      story: [made, "updated Bucket bkt", "removed Bucket bkt"],
      synced: "True ReconcileSuccess",
      reason: "all",
    },
    {
      policies: ["Observe", "Create", "Update", "Delete"],
      story: [made, "updated Bucket bkt", "removed Bucket bkt"],
      synced: "True ReconcileSuccess",
      reason: "all but late initialisation",
    },
    {
      policies: ["Observe", "Create", "Update", "LateInitialize"],
      story: [made, "updated Bucket bkt", "kept Bucket bkt"],
      synced: "True ReconcileSuccess",
      reason: "what may not be deleted is kept",
    },
    {
      policies: ["Observe", "Create", "Delete"],
      story: [made, "removed Bucket bkt"],
      synced: "True ReconcileSuccess",
      reason: "what may not be updated stays as it is",
    },
    {
      policies: ["Observe"],
      story: [],
      synced: "False ReconcileError: observe failed: external resource does not exist",
      reason: "nothing there to be observed",
    },
    {
      policies: ["Observe", "Update"],
      story: [],
      synced: "False ReconcileError: update failed: cannot update Bucket bkt: it does not exist",
      reason: "nothing there to be updated",
    },
    {
      policies: ["Observe", "LateInitialize"],
      story: [],
      synced: "True ReconcileSuccess",
      reason: "nothing there, and nothing to be done",
    },
    { policies: [], story: [], synced: "False ReconcilePaused", reason: "nothing may be done" },
    {
      policies: ["Create", "Delete"],
      story: [],
      synced:
        "False ReconcileError: `spec.managementPolicies` is set to a value([Create Delete]) which is not supported. Check docs for supported policies",
      reason: "nothing goes without Observe",
    },
  ];

  test.each(cases)("$policies: $reason", async ({ policies, story, synced }) => {
    const spec = (tags: Record<string, string>) => ({
      forProvider: { region: "eu-west-1", tags },
      managementPolicies: policies,
    });
    const scene = await sceneWith(resource("Bucket", "bkt", spec({ team: "a" })));
    expect(scene.condition(scene.object("Bucket", "bkt"), "Synced")).toBe(synced);
    scene.cluster.apply(resource("Bucket", "bkt", spec({ team: "b" })));
    await scene.pass(10_000);
    scene.cluster.delete(scene.object("Bucket", "bkt"));
    await scene.pass(60_000);
    expect(scene.story).toEqual(story);
  });
});

describe("deleting", () => {
  test("waits until no other finalizer is left, then removes what is in the cloud", async () => {
    const other = "example.org/other";
    const scene = await sceneWith(resource("Bucket", "bkt", {}, { finalizers: [other] }));
    scene.cluster.delete(scene.object("Bucket", "bkt"));
    await scene.pass(10_000);
    expect(scene.story).toEqual(["made Bucket bkt"]);
    const object = scene.object("Bucket", "bkt");
    scene.cluster.update(
      { ...object, metadata: { ...(object["metadata"] as object), finalizers: [FINALIZER] } },
      { manager: "test" },
    );
    await scene.pass(10_000);
    expect(scene.story).toEqual(["made Bucket bkt", "removed Bucket bkt"]);
    expect(scene.find("Bucket", "bkt")).toBeUndefined();
  });

  test("what the cloud refuses is said, and tried again", async () => {
    const scene = await sceneWith(resource("Bucket", "bkt"));
    scene.cloud.fill(BUCKET, "bkt", 2);
    scene.cluster.delete(scene.object("Bucket", "bkt"));
    await scene.pass(10_000);
    expect(scene.condition(scene.object("Bucket", "bkt"), "Ready")).toBe("False Deleting");
    expect(scene.condition(scene.object("Bucket", "bkt"), "Synced")).toBe(
      "False ReconcileError: delete failed: cannot delete Bucket bkt: BucketNotEmpty: The bucket you tried to delete is not empty",
    );
    scene.cloud.fill(BUCKET, "bkt", 0);
    await scene.pass(120_000);
    expect(scene.find("Bucket", "bkt")).toBeUndefined();
  });

  test("what is still being made is made first", async () => {
    const scene = new Scene();
    scene.cluster.create(resource("Bucket", "bkt"));
    await scene.pass(1_000);
    scene.cluster.delete(scene.object("Bucket", "bkt"));
    await scene.pass(10_000);
    expect(scene.story).toEqual(["made Bucket bkt", "removed Bucket bkt"]);
    expect(scene.find("Bucket", "bkt")).toBeUndefined();
  });
});

describe("updating", () => {
  test("what cannot be changed is refused", async () => {
    const scene = await sceneWith(resource("Bucket", "bkt"));
    scene.cluster.apply(resource("Bucket", "bkt", { forProvider: { region: "eu-central-1" } }));
    await scene.pass(10_000);
    expect(scene.condition(scene.object("Bucket", "bkt"), "Synced")).toMatch(
      /^False ReconcileError: update failed: refuse to update .* argument "region" from "eu-west-1" to "eu-central-1"$/,
    );
    expect(scene.condition(scene.object("Bucket", "bkt"), "Ready")).toBe("True Available");
  });

  test("what is no longer asked for is taken away", async () => {
    const scene = await sceneWith(
      resource("User", "ann", { forProvider: { permissionsBoundary: "arn:aws:iam::aws:policy/Boundary" } }),
    );
    scene.cluster.apply(resource("User", "ann", { forProvider: {} }));
    await scene.pass(10_000);
    expect(atProvider(scene.object("User", "ann"))).not.toHaveProperty("permissionsBoundary");
    expect(scene.story).toEqual(["made User ann", "updated User ann"]);
  });
});

describe("late initialisation", () => {
  test.each([
    { policies: ["*"], path: "/", reason: "what the cloud has chosen is written" },
    { policies: ["Observe", "Create", "Update", "Delete"], path: undefined, reason: "only where it may be" },
  ])("$reason", async ({ policies, path }) => {
    const scene = await sceneWith(
      resource("Role", "r", { forProvider: { assumeRolePolicy: trust }, managementPolicies: policies }),
    );
    expect(valueAt(scene.object("Role", "r"), ["spec", "forProvider", "path"])).toBe(path);
    expect(scene.story).toEqual(["made Role r"]);
  });
});

test("what is paused stays as it is, until it no longer is", async () => {
  const paused = { annotations: { "crossplane.io/paused": "true" } };
  const scene = await sceneWith(resource("Bucket", "bkt", {}, paused));
  expect(scene.condition(scene.object("Bucket", "bkt"), "Synced")).toBe("False ReconcilePaused");
  expect(scene.story).toEqual([]);
  scene.cluster.update(withTexts(scene.object("Bucket", "bkt"), "annotations", { "crossplane.io/paused": "false" }), {
    manager: "test",
  });
  await scene.pass(10_000);
  expect(scene.story).toEqual(["made Bucket bkt"]);
});

describe("connection details", () => {
  const spec = { writeConnectionSecretToRef: { name: "conn" } };

  test("are published in a Secret that the managed resource controls", async () => {
    const scene = await sceneWith(resource("Bucket", "bkt", spec));
    const secret = scene.object("Secret", "conn");
    expect(secret).toMatchObject({
      type: "connection.crossplane.io/v1alpha1",
      metadata: { ownerReferences: [{ kind: "Bucket", name: "bkt", uid: "uid-bkt", controller: true }] },
    });
    expect(decodeBase64(textAt(secret, ["data", "arn"]))).toBe("arn:aws:s3:::bkt");
  });

  test("are written beside what is in the Secret", async () => {
    const owner = { uid: "uid-bkt", controller: true, kind: "Bucket", name: "bkt", apiVersion: BUCKET.apiVersion };
    const metadata = { namespace: "payments", name: "conn", ownerReferences: [owner] };
    const secret = { apiVersion: "v1", kind: "Secret", type: "connection.crossplane.io/v1alpha1", metadata };
    const scene = await sceneWith({ ...secret, data: { own: "eA==" } }, resource("Bucket", "bkt", spec));
    expect(Object.keys(valueAt(scene.object("Secret", "conn"), ["data"]) ?? {})).toEqual([
      "own",
      "id",
      "arn",
      "region",
    ]);
  });

  test.each([
    {
      reason: "a Secret of somebody else is refused",
      secret: { metadata: { ownerReferences: [{ uid: "uid-other", controller: true, kind: "Other", name: "o" }] } },
      problem: 'existing secret is not controlled by UID "uid-bkt"',
    },
    {
      reason: "a Secret of nobody that is none for connections is refused",
      secret: { type: "Opaque", metadata: {} },
      problem: 'refusing to modify uncontrolled secret of type "Opaque"',
    },
  ])("$reason", async ({ secret, problem }) => {
    const metadata = { ...secret.metadata, namespace: "payments", name: "conn" };
    const foreign = { apiVersion: "v1", kind: "Secret", ...secret, metadata };
    const scene = await sceneWith(foreign, resource("Bucket", "bkt", spec));
    expect(scene.condition(scene.object("Bucket", "bkt"), "Synced")).toBe(
      `False ReconcileError: cannot create or update connection secret: ${problem}`,
    );
    expect(scene.story).toEqual([]);
  });
});

describe("what others write meanwhile", () => {
  test("is not written over: the object is reconciled again", async () => {
    const scene = new Scene();
    let times = 0;
    scene.cluster.meanwhile = () => {
      if (times++ > 2) return;
      const { meanwhile } = scene.cluster;
      scene.cluster.meanwhile = undefined;
      const object = scene.object("Bucket", "bkt");
      scene.cluster.update(withTexts(object, "labels", { [`l${times}`]: "x" }), { manager: "other" });
      scene.cluster.meanwhile = meanwhile;
    };
    scene.cluster.create(resource("Bucket", "bkt"));
    await scene.pass(60_000);
    expect(valueAt(scene.object("Bucket", "bkt"), ["metadata", "labels"])).toEqual({ l1: "x", l2: "x", l3: "x" });
    expect(scene.story).toEqual(["made Bucket bkt"]);
  });
});

test("the name that the cloud has chosen is not lost where somebody writes meanwhile", async () => {
  const scene = await sceneWith(resource("User", "ann", { forProvider: {} }));
  scene.cluster.meanwhile = (object) => {
    if (!annotationsOf(object)["crossplane.io/external-create-succeeded"]) return;
    scene.cluster.meanwhile = undefined;
    scene.cluster.update(withTexts(scene.object("AccessKey", "ann-1"), "labels", { a: "b" }), { manager: "other" });
  };
  scene.cluster.create(resource("AccessKey", "ann-1", { forProvider: { user: "ann" } }));
  await scene.pass(60_000);
  const object = scene.object("AccessKey", "ann-1");
  expect(annotationsOf(object)["crossplane.io/external-name"]).toMatch(/^AKIA/);
  expect(valueAt(object, ["metadata", "labels"])).toEqual({ a: "b" });
  expect(scene.story.filter((each) => each.startsWith("made AccessKey"))).toHaveLength(1);
  expect(scene.condition(object, "Ready")).toBe("True Available");
});

test("what a stand-in throws is said in the object", async () => {
  const scene = new Scene([
    {
      ...BUCKET,
      observe: () => {
        throw new Error("the region is missing");
      },
    },
  ]);
  scene.cluster.create(resource("Bucket", "bkt"));
  await scene.pass(10_000);
  expect(scene.condition(scene.object("Bucket", "bkt"), "Synced")).toBe(
    "False ReconcileError: observe failed: the region is missing",
  );
});
