import { describe, expect, test } from "vitest";
import { PASSWORD, simulatedBucket } from "../../../test/support/simulated-bucket.js";
import { elapsed } from "./elapsed.js";
import { listNames } from "./list-names.js";
import { printed } from "./printed.js";
import { storyOf } from "./story.js";

const { simulation, input } = simulatedBucket();
const story = storyOf(simulation, input);
const print = (format: Parameters<typeof printed>[1], isColored = false) => printed(story, format, isColored);

describe("the text", () => {
  test("says once what happened to several things in a moment", async () => {
    const text = await print("text");
    expect(text).toContain(`
     +0s  ▸ applied   XBucket payments/receipts
          + created   10: bucket, encryption, ownership, policy, publicAccess, versioning,
                      consumers/receipts-api/{policy, podIdentity/{role, attachment, association}}
          … waits     consumers/receipts-api/secret needs the bucket
`);
    expect(text).toContain("    +12s  ✔ ready     5: encryption, ownership, policy, publicAccess, versioning\n");
  });

  test("says what it waits for once, and what the Secret has, but no value", async () => {
    const text = await print("text");
    expect(text.match(/needs the bucket/g)).toHaveLength(1);
    expect(text).toContain("… waits     the identity needs the ServiceAccount payments/receipts-api\n");
    expect(text).toContain("◆ Secret    receipts-bucket holds AWS_REGION, BUCKET_ARN, BUCKET_NAME, PREFIX\n");
  });

  test("counts time from the stage, and says when that began", async () => {
    const text = await print("text");
    expect(text).toContain(
      "2  upgrade to ../v2  in 1m16s, from +14s\n\n     +0s  ~ changed   policy: spec.forProvider.policy\n",
    );
  });

  test("says what an upgrade took away", async () => {
    expect(await print("text")).toContain(`
  The upgrade
    ± recreates  Role consumers/receipts-api/podIdentity/role
    ~ changes    BucketPolicy policy: spec.forProvider.policy
`);
  });

  test("sums up what is left", async () => {
    expect((await print("text")).split("\n\n").at(-1)).toBe(`✔ XBucket payments/receipts is gone after 12s
  in payments    Secret other: password
                 ServiceAccount receipts-api
  in the cloud   payments-receipts-j54wl7nzoqrt: Bucket, with 3 things in it
`);
  });

  test("has colours on a terminal alone", async () => {
    expect(await print("text")).not.toContain("\u001b");
    expect(await print("text", true)).toContain("\u001b[32m");
  });

  test("what keeps a part from being made stands at the end, as long as it does", async () => {
    const object = { apiVersion: "example.org/v1", kind: "XShop", namespace: "sales", name: "shoes" };
    const part = (resource: string) => ({
      ...object,
      kind: "Bucket",
      name: resource,
      resource,
      composite: "XShop/shoes",
    });
    const happening = (what: "applied" | "failed" | "recovered", subject: typeof object, message = "") =>
      ({ at: 0, stage: 0, what, object: subject, message }) as const;
    const failing = storyOf(
      {
        timeline: [
          happening("applied", object),
          happening("failed", part("store"), "the name is taken"),
          happening("failed", part("logs"), "the name is taken"),
          happening("failed", part("media"), "too many requests"),
          happening("recovered", part("media")),
          happening("failed", { ...part("store"), namespace: "other" }, "of another XR"),
        ],
        stages: [
          {
            title: "apply",
            isReached: true,
            began: 0,
            ended: 1000,
            composites: [{ object, isReady: false, isSynced: true, why: "login needs the store's ARN" }],
          },
        ],
        objects: [],
        cloud: [],
        mask: (text) => text,
      },
      { platform: { compositions: [], xrds: [], functions: {} }, stages: [{}] },
    );
    expect((await printed(failing, "text", false)).split("\n\n").at(-1)).toContain(
      "    login needs the store's ARN\n    store, logs: the name is taken\n  in sales",
    );
    expect(await printed(failing, "junit", false)).toContain(
      "XShop sales/shoes is not ready: login needs the store&apos;s ARN; store, logs: the name is taken",
    );
  });

  test("why it is not ready stands at the end", async () => {
    const composites = [
      {
        object: simulation.timeline[0]?.object ?? never(),
        isReady: false,
        isSynced: true,
        why: "a needs b; c needs d",
      },
    ];
    const [first] = simulation.stages;
    const stages = [{ ...(first ?? never()), isReached: false, ended: 3_600_000, composites }];
    const timeline = simulation.timeline.filter(({ stage, what }) => stage === 0 && what !== "ready");
    const waiting = storyOf({ ...simulation, stages, timeline }, input);
    const text = await printed(waiting, "text", false);
    expect(text).toContain("1  apply xr.yaml  not reached within 1h  XBucket payments/receipts not ready\n");
    expect(text).toContain("✖ XBucket payments/receipts is not ready\n    a needs b\n    c needs d\n");
    expect(await printed(waiting, "junit", false)).toContain(
      '<failure message="not reached within 1h: a needs b; c needs d" type="simulation">',
    );
    expect(waiting.isPassed).toBe(false);
  });

  test("what the timeline says cannot write on the terminal", async () => {
    const [first] = simulation.timeline;
    const timeline = [{ ...(first ?? never()), what: "failed" as const, message: "a\u001b[2Jb\nc" }];
    const text = await printed(storyOf({ ...simulation, timeline }, input), "text", false);
    expect(text).toContain("a\\x1b[2Jb\\nc");
  });
});

describe("reports", () => {
  test("an XR that stays Ready while it cannot be reconciled does not pass", () => {
    const [first] = simulation.stages;
    const [composite] = first?.composites ?? [];
    const composites = [{ ...(composite ?? never()), isSynced: false, why: "cannot compose resources" }];
    const timeline = simulation.timeline.filter(({ stage }) => stage === 0);
    const passing = storyOf({ ...simulation, timeline, stages: [first ?? never()] }, input);
    const failing = storyOf({ ...simulation, timeline, stages: [{ ...(first ?? never()), composites }] }, input);
    expect([passing.isPassed, failing.isPassed]).toEqual([true, false]);
    expect(failing.composites).toMatchObject([{ why: "cannot compose resources" }]);
  });

  test("what cannot be deleted after its XR is no pass", () => {
    const left = {
      apiVersion: "s3.aws.m.upbound.io/v1beta1",
      kind: "Bucket",
      metadata: {
        namespace: "payments",
        name: "receipts-1",
        deletionTimestamp: "2024-01-01T00:00:00Z",
        annotations: { "crossplane.io/composition-resource-name": "bucket" },
        ownerReferences: [{ kind: "XBucket", name: "receipts", controller: true }],
      },
    };
    // Without the upgrade, which recreates something.
    const calm = { ...input, stages: [{}, {}, {}] };
    const gone = storyOf({ ...simulation, objects: [] }, calm);
    const stuck = storyOf({ ...simulation, objects: [left] }, calm);
    expect([gone.isPassed, stuck.isPassed]).toEqual([true, false]);
    expect(stuck.composites).toMatchObject([{ state: "leaving", why: "not deleted yet: bucket" }]);
  });

  test("JSON has stages, composites, timeline, cloud and objects", async () => {
    const report: unknown = JSON.parse(await print("json"));
    expect(report).toMatchObject({
      passed: false,
      stages: [
        { title: "apply xr.yaml", isReached: true, began: 0, ended: 14_000 },
        {
          upgrade: [
            { does: "recreates", object: { resource: "consumers/receipts-api/podIdentity/role" } },
            { does: "changes" },
          ],
        },
        { title: "delete" },
      ],
      composites: [{ object: { kind: "XBucket", name: "receipts" }, wanted: "gone", state: "gone", took: 12_000 }],
      cloud: [{ name: "payments-receipts-j54wl7nzoqrt", holds: 3, isLeft: true }],
    });
    expect(report).toHaveProperty("timeline.0.what", "applied");
    expect(report).not.toHaveProperty("stages.0.upgrade");
  });

  test("JUnit has a suite an XR and a case a stage, which an upgrade fails that recreates something", async () => {
    const xml = await print("junit");
    expect(xml).toContain('<testsuite name="XBucket payments/receipts" tests="3" failures="1"');
    expect(xml).toContain(
      '<failure message="the upgrade recreates Role consumers/receipts-api/podIdentity/role" type="simulation">',
    );
  });

  test("YAML has the objects at the end, and of a Secret the keys", async () => {
    expect(await print("yaml")).toMatch(
      /^---\napiVersion: v1\nkind: ServiceAccount\n[\s\S]*\ndata:\n {2}password: Kioq\n/,
    );
  });
});

test.each(["text", "json", "yaml", "junit", "html"] as const)("no value of a Secret is in %s", async (format) => {
  const text = await print(format);
  for (const form of [PASSWORD, Buffer.from(PASSWORD).toString("base64"), "battery"]) expect(text).not.toContain(form);
  expect(text).toContain(format === "yaml" ? btoa("***") : "payments");
});

test("the same story reads the same", async () => {
  const again = storyOf(simulatedBucket().simulation, simulatedBucket().input);
  for (const format of ["text", "json", "html"] as const) {
    expect(await printed(again, format, false)).toBe(await print(format));
  }
});

test.each([
  [0, "0s"],
  [1_999, "1s"],
  [10, "0s"],
  [90_000, "1m30s"],
  [3_600_000, "1h"],
  [3_661_000, "1h1m1s"],
])("%d ms is %s", (ms, text) => {
  expect(elapsed(ms)).toBe(text);
});

test.each([
  { reason: "alone they stay", names: ["a/b", "c"], listed: ["a/b", "c"] },
  { reason: "alike they are drawn together", names: ["a/b", "c", "a/d"], listed: ["a/{b, d}", "c"] },
  { reason: "as deep as they are alike", names: ["a/b/c", "a/b/d"], listed: ["a/b/{c, d}"] },
  { reason: "a name may be the beginning of another", names: ["a", "a/b", "a/c"], listed: ["a", "a/{b, c}"] },
  { reason: "twice is once", names: ["a", "a"], listed: ["a"] },
])("lists names: $reason", ({ names, listed }) => {
  expect(listNames(names)).toEqual(listed);
});

function never(): never {
  throw new Error("the fixture has none");
}
