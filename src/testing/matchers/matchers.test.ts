import { describe, expect, test } from "vitest";
import { defineFunction, fatal, many } from "../../function/index.js";
import { s3, v1 } from "../../models/index.js";
import { inProcess } from "../../render/in-process.js";
import { render } from "../../render/render.js";
import { defineXRD, object, string } from "../../schema/index.js";
import { type Simulation } from "../../simulate/simulation.js";
import { type JsonObject } from "../../wire/index.js";
import { run } from "../run.js";
import { settle } from "../settle.js";
import "../vitest.js";

const X = defineXRD({
  group: "example.org",
  version: "v1",
  kind: "X",
  spec: object({ region: string(), mood: string().default("good") }),
  status: object({}),
});
const fn = defineFunction({
  name: "x",
  composite: X,
  composes: {
    bucket: s3.Bucket,
    settings: v1.ConfigMap,
    former: v1.ConfigMap,
    readers: many({ secret: v1.Secret }),
    late: v1.ConfigMap,
  },
  compose: ({ xr, composed }) => {
    if (xr.spec.mood === "bad") fatal("spec.mood is bad: choose a better one");
    return {
      resources: {
        bucket: s3.Bucket({ spec: { forProvider: { region: xr.spec.region } } }),
        settings: ({ observed }) => v1.ConfigMap({ data: { from: observed.bucket.connection["password"] ?? "none" } }),
        former: null,
        readers: composed.readers.each(
          ["ann"],
          (name) => name,
          (name) => ({
            secret: ({ observed, need }) =>
              v1.Secret({
                metadata: { name: `of-${name}` },
                text: {
                  region: xr.spec.region,
                  password: need(observed.bucket.connection["password"], "the password"),
                },
              }),
          }),
        ),
        late: ({ observed, need }) =>
          v1.ConfigMap({ data: { arn: need(observed.bucket.status?.atProvider?.arn, "the ARN") } }),
      },
      results: [{ severity: "Warning", message: "mind the gap" }],
    };
  },
});

const PASSWORD = "fake-password-of-ann";
const xr = { metadata: { name: "one", namespace: "n" }, spec: { region: "eu-west-1" } };
const early = run(fn, { xr });
const ready = {
  conditions: [
    { type: "Ready", status: "True" },
    { type: "Synced", status: "True" },
  ],
};
const whole = run(fn, {
  xr,
  observed: {
    bucket: { status: ready, connection: { password: PASSWORD } },
    former: {},
    late: { data: { arn: "arn:old" } },
  },
});
const refused = run(fn, { xr: { ...xr, spec: { ...xr.spec, mood: "bad" } } });

describe("hold", () => {
  test("what is there", () => {
    expect(early).toCompose("bucket");
    expect(early).toCompose("bucket", { spec: { forProvider: { region: "eu-west-1" } } });
    expect(early).toCompose("bucket", { spec: { forProvider: { region: expect.stringMatching(/^eu-/) } } });
    expect(early).toCompose("bucket", { status: undefined });
    expect(early).toWaitFor("the ARN");
    expect(early).toWaitFor(/^the pass/g, "readers/ann/secret");
    expect(early).toWaitFor(expect.stringContaining("password"), "readers/ann/secret");
    expect(early).toHaveResult("Warning");
    expect(early).toHaveResult("Warning", /the gap$/);
    expect(early).toDelete();
    expect(whole).toHaveReady("bucket");
    expect(whole).toHaveReady(["bucket"]);
    expect(whole).toDelete("former");
    expect(whole).toKeep("late");
    expect(whole).toPublishSecret("readers/ann/secret", ["password", "region"]);
    expect(whole).toPublishSecret("of-ann", ["region", "password"]);
    expect(whole).toPublishSecret("of-ann", expect.arrayContaining(["password"]));
    expect(whole).toPublishSecret("of-ann");
    expect(refused).toHaveResult("Fatal", "choose a better one");
  });

  test("what is not there, with not", () => {
    expect(early).not.toCompose("late");
    expect(early).not.toCompose("bucket", { spec: { forProvider: { region: "us-east-1" } } });
    expect(early).not.toWaitFor("the moon");
    expect(early).not.toWaitFor("the ARN", "bucket");
    expect(early).not.toHaveReady("bucket");
    expect(early).not.toHaveResult("Fatal");
    expect(early).not.toHaveResult("Warning", "another");
    expect(early).not.toDelete("bucket");
    expect(early).not.toPublishSecret("of-ann");
    expect(whole).not.toPublishSecret("of-ann", ["password"]);
    expect(whole).not.toKeep("bucket");
    expect(whole).not.toDelete("bucket", "late");
  });
});

describe("say what there is instead", () => {
  const cases: Readonly<
    Record<string, { readonly check: () => void; readonly says: string; readonly reason: string }>
  > = {
    "toCompose, misspelt": {
      reason: "the nearest name comes first",
      check: () => expect(early).toCompose("buckte"),
      says: "expected buckte to be desired, and it is not; did you mean bucket? there is bucket, settings",
    },
    "toCompose, waiting": {
      reason: "that it waits is the reason most often",
      check: () => expect(early).toCompose("late"),
      says: "expected late to be desired, and it is not: it waits for the ARN; there is bucket, settings",
    },
    "toCompose, removed": {
      reason: "it may be deleted on purpose",
      check: () => expect(whole).toCompose("former"),
      says: "expected former to be desired, and it is not: it is let go of; there is bucket, late, readers/ann/secret, settings",
    },
    "toCompose, of nothing": {
      reason: "a refusal composes nothing",
      check: () => expect(refused).toCompose("bucket"),
      says: "expected bucket to be desired, and it is not; there is nothing",
    },
    "toCompose, other fields": {
      reason: "each field that differs is named, and no other",
      check: () =>
        expect(early).toCompose("bucket", {
          spec: { forProvider: { region: "us-east-1", tags: { a: "b" } }, managementPolicies: expect.any(Array) },
        }),
      says: [
        "expected bucket to be desired with other fields:",
        '  spec.forProvider.region: expected "us-east-1", is "eu-west-1"',
        '  spec.forProvider.tags: expected {"a":"b"}, is nothing',
        "  spec.managementPolicies: expected Any<Array>, is nothing",
      ].join("\n"),
    },
    "toCompose, with not": {
      reason: "",
      check: () => expect(early).not.toCompose("bucket"),
      says: "expected bucket not to be desired, and it is",
    },
    "toWaitFor another": {
      reason: "all that waits is listed",
      check: () => expect(early).toWaitFor("the moon"),
      says: 'expected something to wait for "the moon"; there waits\n  late for the ARN\n  readers/ann/secret for the password',
    },
    "toWaitFor, with a name": {
      reason: "",
      check: () => expect(early).toWaitFor(/ARN/, "bucket"),
      says: "expected bucket to wait for /ARN/; there waits\n  late for the ARN",
    },
    "toWaitFor, with not": {
      reason: "",
      check: () => expect(early).not.toWaitFor("the ARN"),
      says: 'expected nothing to wait for "the ARN"; there waits',
    },
    "toWaitFor, where nothing waits": {
      reason: "",
      check: () => expect(refused).toWaitFor("x"),
      says: 'expected something to wait for "x"; nothing waits',
    },
    "toHaveReady, none": {
      reason: "what is not desired is told apart",
      check: () => expect(early).toHaveReady(["bucket", "late"]),
      says: "expected bucket, late to be ready; not even desired is late; nothing is ready",
    },
    "toHaveReady, with not": {
      reason: "",
      check: () => expect(whole).not.toHaveReady(["bucket", "late"]),
      says: "not to be ready; ready is bucket, late",
    },
    "toHaveResult, another": {
      reason: "all results are listed",
      check: () => expect(early).toHaveResult("Fatal", "no"),
      says: 'expected a Fatal result that says "no"; there is\n  Warning: mind the gap',
    },
    "toHaveResult, with not": {
      reason: "",
      check: () => expect(refused).not.toHaveResult("Fatal"),
      says: "expected no Fatal result; there is\n  Fatal: spec.mood is bad: choose a better one",
    },
    "toDelete, none": {
      reason: "exactly these, so none has to be said as well",
      check: () => expect(whole).toDelete(),
      says: "expected nothing to be let go of; it lets go of former",
    },
    "toDelete, desired": {
      reason: "",
      check: () => expect(whole).toDelete("former", "late"),
      says: "expected exactly former, late to be let go of; it lets go of former; still desired is late",
    },
    "toDelete, misspelt": {
      reason: "",
      check: () => expect(whole).toDelete("formr"),
      says: "formr is neither desired nor let go of: did you mean former?",
    },
    "toDelete, with not": {
      reason: "any of them is one too many",
      check: () => expect(whole).not.toDelete("bucket", "former"),
      says: "expected bucket, former to stay; it lets go of former",
    },
    "toKeep, desired anew": {
      reason: "",
      check: () => expect(whole).toKeep("bucket"),
      says: "expected bucket to be kept as it was, and it is desired anew; kept is late",
    },
    "toKeep, let go of": {
      reason: "",
      check: () => expect(whole).toKeep("former"),
      says: "expected former to be kept, and it is let go of",
    },
    "toPublishSecret, other keys": {
      reason: "keys are no secret",
      check: () => expect(whole).toPublishSecret("of-ann", ["region", "user"]),
      says: "expected the Secret of-ann to have the keys region, user; missing is user; besides there is password",
    },
    "toPublishSecret, waiting": {
      reason: "",
      check: () => expect(early).toPublishSecret("readers/ann/secret"),
      says: "expected a Secret readers/ann/secret, and there is none: it waits for the password; of Secrets there is nothing",
    },
    "toPublishSecret, of another kind": {
      reason: "",
      check: () => expect(whole).toPublishSecret("settings"),
      says: "expected settings to be a Secret, and it is a ConfigMap",
    },
    "toPublishSecret, misspelt": {
      reason: "",
      check: () => expect(whole).toPublishSecret("of-an"),
      says: "of Secrets did you mean of-ann? there is of-ann, readers/ann/secret",
    },
    "a promise": {
      reason: "it is what one forgets",
      check: () => expect(Promise.resolve(early)).toCompose("bucket"),
      says: "but a promise: await it",
    },
    "something else": {
      reason: "",
      check: () => expect(undefined).toCompose("bucket"),
      says: "it is not what run, reconcile, settle, render or simulate return, but undefined",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { check, says }) => {
    expect(messageOf(check)).toContain(says);
  });
});

describe("say no secret", () => {
  const base64 = Buffer.from(PASSWORD).toString("base64");
  const cases: Readonly<Record<string, () => void>> = {
    "that leaked into something else": () => expect(whole).toCompose("settings", { data: { from: "other" } }),
    "that was expected": () => expect(whole).toCompose("settings", { data: { from: `${PASSWORD}-not` } }),
    "in base64": () => expect(whole).toCompose("settings", { data: { from: base64 } }),
    "of a Secret": () => expect(whole).toCompose("readers/ann/secret", { data: { password: "other" } }),
    "of a Secret, expected": () => expect(whole).toCompose("readers/ann/secret", { data: { password: `x${base64}` } }),
    "of a Secret, all of its data": () => expect(whole).toCompose("readers/ann/secret", { data: "x" }),
    "as a name": () => expect(whole).toCompose(PASSWORD),
    "as what is waited for": () => expect(whole).toWaitFor(PASSWORD),
    "as a result": () => expect(whole).toHaveResult("Fatal", PASSWORD),
    "as a key": () => expect(whole).toPublishSecret("of-ann", [PASSWORD]),
  };
  test.each(Object.entries(cases))("%s", (_, check) => {
    const message = messageOf(check);
    expect(message).not.toContain(PASSWORD);
    expect(message).not.toContain(base64.replace(/=+$/, ""));
  });

  test("and yet what stands in clear in the XR", () => {
    expect(messageOf(() => expect(whole).toCompose("bucket", { spec: { forProvider: { region: "x" } } }))).toContain(
      'is "eu-west-1"',
    );
  });

  test("of what came of a request alone", () => {
    const resource = { apiVersion: "s3.aws.m.upbound.io/v1beta1", kind: "Bucket", metadata: { name: "b" } };
    const observed = { bucket: { resource, connection: { password: PASSWORD } } };
    const composite = { apiVersion: "example.org/v1", kind: "X", ...xr };
    const outcome = settle(fn, { xr: composite, observed });
    const message = messageOf(() => expect(outcome).toCompose("settings", { data: { from: "other" } }));
    expect(message).toContain('is "***"');
  });
});

describe("see a render", () => {
  const composite: JsonObject = { apiVersion: "example.org/v1", kind: "X", ...xr };
  const rendered = (mood = "good") =>
    render({
      xr: { ...composite, spec: { ...xr.spec, mood } },
      composition: {
        name: "x",
        labels: {},
        compositeTypeRef: { apiVersion: "example.org/v1", kind: "X" },
        pipeline: [{ step: "x", function: "x", credentials: [], requiredResources: {}, requiredSchemas: {} }],
      },
      functions: { x: inProcess(fn) },
    });

  test("what it composes, waits for and says", async () => {
    const done = await rendered();
    expect(done).toCompose("bucket", {
      metadata: { annotations: { "crossplane.io/composition-resource-name": "bucket" } },
    });
    expect(done).toWaitFor("the ARN", "late");
    expect(done).toHaveResult("Warning", "mind the gap");
    expect(done).toDelete();
    expect(done).toKeep("bucket");
    expect(done).not.toPublishSecret("of-ann");
    expect(messageOf(() => expect(done).toHaveReady("bucket"))).toContain("use run or reconcile");
  });

  test("a refusal", async () => {
    await expect(rendered("bad")).rejects.toHaveResult("Fatal", "spec.mood is bad");
  });
});

test("see a simulation", () => {
  const subject = { apiVersion: "v1", kind: "ConfigMap", namespace: "n", name: "x", resource: "former" };
  const annotations = { "crossplane.io/composition-resource-name": "late" };
  const late: JsonObject = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "l", annotations },
    data: { a: PASSWORD },
  };
  const simulation: Simulation = {
    timeline: [{ at: 0, stage: 0, what: "deleted", object: subject }],
    stages: [
      {
        title: "",
        isReached: false,
        began: 0,
        ended: 1,
        composites: [{ object: subject, isReady: false, isSynced: true, why: "readers/ann/secret needs the password" }],
      },
    ],
    objects: [late],
    cloud: [],
    mask: (text) => text.replaceAll(PASSWORD, "***"),
  };
  expect(simulation).toCompose("late");
  expect(simulation).toDelete("former");
  expect(simulation).toWaitFor("the password", "readers/ann/secret");
  expect(simulation).not.toHaveReady("late");
  expect(messageOf(() => expect(simulation).toCompose("late", { data: { a: "" } }))).toContain(
    'data.a: expected "", is "***"',
  );
  expect(messageOf(() => expect(simulation).toHaveResult("Normal"))).toContain("without their severity");
});

function messageOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it holds, and was to fail");
}
