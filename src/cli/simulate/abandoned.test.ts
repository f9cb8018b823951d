import { describe, expect, test } from "vitest";
import { subjectOf } from "../../simulate/timeline/subject.js";
import { type JsonObject } from "../../wire/index.js";
import { abandoned } from "./abandoned.js";

describe("what an upgrade abandons", () => {
  test("is what an XR keeps while one of its kind is made beside it", () => {
    const objects = [keeping("payments"), composed("payments", "bucket"), composed("payments", "store")];
    const effects = abandoned([adds("payments", "store")], objects);
    expect(effects).toMatchObject([{ does: "abandons", object: { namespace: "payments", resource: "bucket" } }]);
  });

  test("is not what the XR of the same name in another namespace makes or keeps", () => {
    const objects = [keeping("payments"), composed("payments", "bucket"), composed("lending", "bucket")];
    expect(abandoned([adds("lending", "store")], objects)).toEqual([]);
  });
});

const adds = (namespace: string, resource: string) =>
  ({ does: "adds", object: subjectOf(composed(namespace, resource)), fields: [], isKept: false }) as const;

function keeping(namespace: string): JsonObject {
  const message = "kept, since no function composes it any more: bucket";
  const conditions = [{ type: "Composed", status: "True", reason: "Forgotten", message }];
  return {
    apiVersion: "example.org/v1",
    kind: "XBucket",
    metadata: { name: "receipts", namespace },
    status: { conditions },
  };
}

function composed(namespace: string, resource: string): JsonObject {
  const owner = { apiVersion: "example.org/v1", kind: "XBucket", name: "receipts", uid: "1", controller: true };
  return {
    apiVersion: "s3.aws.m.upbound.io/v1beta1",
    kind: "Bucket",
    metadata: {
      name: `receipts-${resource}`,
      namespace,
      annotations: { "crossplane.io/composition-resource-name": resource },
      labels: { "crossplane.io/composite": "receipts" },
      ownerReferences: [owner],
    },
  };
}
