import { describe, expect, test } from "vitest";
import { type JsonObject } from "../../wire/index.js";
import { type Change } from "../api/change.js";
import { happeningsOf, whyNotReady } from "./happenings-of.js";

const COMPOSER = "apiextensions.crossplane.io/composed/abc";
const readers = { person: "kubectl", isComposite: ({ kind }: { readonly kind: string }) => kind === "XBucket" };

const condition = (type: string, status: string, reason: string, message?: string): JsonObject => ({
  type,
  status,
  reason,
  lastTransitionTime: "2024-01-01T00:00:00Z",
  ...(message !== undefined && { message }),
});
const object = (kind: string, rest: JsonObject = {}): JsonObject => ({ apiVersion: "example.org/v1", kind, ...rest });
const withConditions = (...conditions: readonly JsonObject[]) => ({ status: { conditions } });

const READY = condition("Ready", "True", "Available");
const CREATING = condition("Ready", "False", "Creating", "Unready resources: bucket");
const FAILED = condition("Synced", "False", "ReconcileError", "cannot create");
const SYNCED = condition("Synced", "True", "ReconcileSuccess");
const GOING = { metadata: { deletionTimestamp: "2024-01-01T00:00:00Z" } };

interface Case {
  readonly before?: JsonObject;
  readonly object: JsonObject;
  readonly type?: Change["type"];
  readonly manager?: string;
  readonly happens: readonly object[];
}

const cases: Readonly<Record<string, Case>> = {
  "a person applies": { object: object("Bucket"), manager: "kubectl", happens: [{ what: "applied" }] },
  "an XR composes": { object: object("Bucket"), happens: [{ what: "created" }] },
  "an XR composes otherwise": {
    before: object("Bucket", { spec: { region: "a", size: 1 } }),
    object: object("Bucket", { spec: { region: "b", size: 1 } }),
    happens: [{ what: "changed", fields: ["spec.region"] }],
  },
  "a provider writes what is its own": {
    before: object("Bucket", { spec: { region: "a" } }),
    object: object("Bucket", { spec: { region: "a", acl: "private" } }),
    manager: "provider",
    happens: [],
  },
  "Crossplane keeps its references": {
    before: object("XBucket", { spec: {} }),
    object: object("XBucket", { spec: { crossplane: { resourceRefs: [] } } }),
    happens: [],
  },
  "bookkeeping in annotations": {
    before: object("Bucket"),
    object: object("Bucket", { metadata: { annotations: { "crossplane.io/external-create-pending": "now" } } }),
    happens: [],
  },
  "it is to be deleted": { before: object("Bucket"), object: object("Bucket", GOING), happens: [{ what: "deleting" }] },
  "it is gone": { type: "Deleted", object: object("Bucket"), happens: [{ what: "deleted" }] },
  "it becomes ready": {
    before: object("Bucket"),
    object: object("Bucket", withConditions(READY)),
    happens: [{ what: "ready" }],
  },
  "it is ready no more": {
    before: object("Bucket", withConditions(READY)),
    object: object("Bucket", withConditions(CREATING)),
    happens: [{ what: "unready", message: "Unready resources: bucket" }],
  },
  "what is being deleted is not told to be unready": {
    before: object("Bucket", withConditions(READY)),
    object: object("Bucket", { ...GOING, ...withConditions(CREATING) }),
    happens: [{ what: "deleting" }],
  },
  "it fails": {
    before: object("Bucket"),
    object: object("Bucket", withConditions(FAILED)),
    happens: [{ what: "failed", message: "cannot create" }],
  },
  "it fails likewise": {
    before: object("Bucket", withConditions(FAILED)),
    object: object("Bucket", withConditions(FAILED)),
    happens: [],
  },
  "what cannot be deleted is held": {
    before: object("Bucket", GOING),
    object: object("Bucket", { ...GOING, ...withConditions(FAILED) }),
    happens: [{ what: "held", message: "cannot create" }],
  },
  "it recovers": {
    before: object("Bucket", withConditions(FAILED)),
    object: object("Bucket", withConditions(SYNCED)),
    happens: [{ what: "recovered" }],
  },
  "an XR waits": {
    before: object("XBucket"),
    object: object("XBucket", withConditions(CREATING)),
    happens: [{ what: "waiting", message: "Unready resources: bucket" }],
  },
  "a managed resource does not say that it waits": {
    before: object("Bucket"),
    object: object("Bucket", withConditions(CREATING)),
    happens: [],
  },
};

test.each(Object.entries(cases))("%s", (_, { before, object, type, manager = COMPOSER, happens }) => {
  const change: Change = { type: type ?? (before ? "Modified" : "Added"), object, before, manager };
  expect(happeningsOf(change, readers)).toEqual(happens);
});

describe("a Secret", () => {
  const secret = (kind: string, data: JsonObject): JsonObject => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { ownerReferences: [{ apiVersion: "example.org/v1", kind, name: "x", uid: "1", controller: true }] },
    data,
  });
  const whats = (change: Omit<Change, "manager">) =>
    happeningsOf({ ...change, manager: COMPOSER }, readers).map(({ what }) => what);

  test("of an XR is published, with its keys and no value", () => {
    const change: Change = {
      type: "Added",
      object: secret("XBucket", { a: "c2VjcmV0" }),
      before: undefined,
      manager: COMPOSER,
    };
    expect(happeningsOf(change, readers)).toEqual([{ what: "created" }, { what: "published", fields: ["data.a"] }]);
  });

  test("of a provider is between it and Crossplane", () => {
    expect(whats({ type: "Added", object: secret("Bucket", { a: "eA==" }), before: undefined })).toEqual(["created"]);
  });

  test("is published again when a value changes, or is lost", () => {
    const before = secret("XBucket", { a: "eA==", b: "eA==" });
    expect(whats({ type: "Modified", object: secret("XBucket", { a: "eQ==", b: "eA==" }), before })).toContain(
      "published",
    );
    expect(whats({ type: "Modified", object: secret("XBucket", { a: "eA==" }), before })).toContain("published");
    expect(whats({ type: "Modified", object: before, before })).toEqual([]);
  });
});

test.each([
  [withConditions(condition("Composed", "False", "Waiting", "needs the bucket"), CREATING), "needs the bucket"],
  [withConditions(CREATING), "Unready resources: bucket"],
  [withConditions(condition("Composed", "False", "Waiting", "needs the bucket"), READY), undefined],
  [withConditions(condition("Synced", "False", "ReconcilePaused", "it rests"), READY), "it rests"],
  [{}, undefined],
])("why an XR is not ready: %j", (status, why) => {
  expect(whyNotReady(object("XBucket", status))).toBe(why);
});
