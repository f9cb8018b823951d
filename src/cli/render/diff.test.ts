import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { renderUid } from "../../render/uid.js";
import { childName } from "../../resource/composed-name.js";
import { fieldOwner } from "../../resource/field-owner.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";
import { diff, readBefore, unclaimed, unmanaged } from "./diff.js";

const KEY = "crossplane.io/composition-resource-name";

interface Given {
  readonly name?: string;
  readonly namespace?: string;
  /** Default: what the renderer makes up. */
  readonly uid?: string;
}

/** An XR, as it is printed: without its uid. */
const xr = ({ name = "photos", namespace = "records" }: Given = {}): JsonObject => ({
  apiVersion: "example.org/v1",
  kind: "XArchive",
  metadata: { name, ...(namespace && { namespace }) },
});

const uidOf = (given: Given) => given.uid ?? renderUid(xr(given) as never);

/** Something that it composes, as it is printed. */
function composed(key: string, body: JsonObject, given: Given = {}): JsonObject {
  const { name = "photos", namespace = "records" } = given;
  const uid = uidOf(given);
  const owner = { apiVersion: "example.org/v1", kind: "XArchive", name, uid, controller: true };
  return {
    apiVersion: "example.org/v1",
    kind: "Bucket",
    ...body,
    metadata: {
      name: childName(name, uid, key),
      ...(namespace && { namespace }),
      annotations: { [KEY]: key },
      labels: { "crossplane.io/composite": name },
      ownerReferences: [owner],
      ...(body["metadata"] as JsonObject | undefined),
    },
  };
}

const spec = (forProvider: JsonObject) => ({ spec: { forProvider } });

/** The same in a cluster, with more than what is desired of it. */
function live(object: JsonObject, more: JsonObject = {}, managedFields?: JsonValue): JsonObject {
  const metadata = {
    ...(object["metadata"] as JsonObject),
    uid: "own",
    resourceVersion: "7",
    ...(managedFields !== undefined && { managedFields }),
  };
  return { ...object, ...more, metadata, status: { conditions: [] } };
}

/** What the XR applied: region and nothing else. */
const managedFields = [
  {
    manager: fieldOwner({ name: "photos", kind: "XArchive", group: "example.org" }),
    operation: "Apply",
    apiVersion: "example.org/v1",
    fieldsV1: { "f:spec": { "f:forProvider": { "f:region": {}, "f:forceDestroy": {} } } },
  },
];

const bucket = composed("bucket", spec({ region: "a" }));

describe("against an earlier output", () => {
  const mine = [xr(), bucket];
  const others: Record<string, Given> = {
    "another XR": { name: "letters" },
    "an XR of the same name in another namespace": { namespace: "archive" },
    "an XR of the same name with another uid": { uid: "another" },
  };

  test.each(Object.entries(others))("what %s composes does not count", (_, other) => {
    const own = [xr(), composed("bucket", spec({ region: "a" }), { uid: "mine" })];
    const before = [...own, composed("other", spec({}), other)];
    expect(diff(before, own)).toBe("");
  });

  test("of several XRs each is compared with itself", () => {
    const letters = [xr({ name: "letters" }), composed("bucket", spec({ region: "a" }), { name: "letters" })];
    const before = [...mine, ...letters];
    expect(diff(before, letters)).toBe("");
    const changed = diff(before, [xr(), composed("bucket", spec({ region: "b" }))]);
    expect(changed.match(/^[-+].*/gm)).toEqual([
      expect.stringMatching(/^--- Bucket\.example\.org records\/photos-[0-9a-f]{12}$/),
      expect.stringMatching(/^\+\+\+ Bucket\.example\.org records\/photos-/),
      "-    region: a",
      "+    region: b",
    ]);
  });

  test("what an XR composes no more is gone, what is new is new, and so is an XR", () => {
    const table = composed("table", { kind: "Table" });
    expect(diff([...mine, table], mine)).toMatch(/^--- Table.*\n\+\+\+ \/dev\/null\n/);
    expect(diff(mine, [...mine, table])).toMatch(/^--- \/dev\/null\n\+\+\+ Table/);
    expect(diff([], [xr()])).toMatch(/^--- \/dev\/null\n\+\+\+ XArchive\.example\.org records\/photos\n/);
  });

  test("an XR in a cluster-wide scope controls in every namespace", () => {
    const wide = { namespace: "" };
    const anywhere = composed("bucket", { metadata: { namespace: "anywhere" } }, wide);
    expect(diff([xr(wide), anywhere], [xr(wide)])).toMatch(/^--- Bucket\.example\.org anywhere\/photos-/);
  });

  test("what nothing controls is known by its name", () => {
    const orphan = { ...bucket, metadata: { ...(bucket["metadata"] as JsonObject), ownerReferences: [] } };
    expect(diff([xr(), orphan], mine)).toContain("+  ownerReferences:");
    expect(diff([xr(), orphan], [xr()])).toBe("");
  });

  test("an XR with a resourceVersion is no sign of a cluster", () => {
    const whole = live(xr());
    expect(diff([whole, bucket], [whole, bucket])).toBe("");
    expect(diff([whole, bucket], [{ ...whole, spec: { size: 2 } }, bucket])).toContain("+  size: 2\n");
  });

  test("a uid that has since become known changes names, and no more belongs to others", () => {
    const now = [xr(), composed("bucket", spec({ region: "a" }), { uid: "known" })];
    expect(diff(mine, now).match(/^(?:---|\+\+\+) .*/gm)).toHaveLength(4);
    expect(unclaimed(mine, now)).toBe("");
  });

  test("results and contexts are no objects", () => {
    const result = { apiVersion: "render.crossplane.io/v1beta1", kind: "Result" };
    expect(diff([xr()], [xr(), result])).toBe("");
  });
});

describe("against objects of a cluster", () => {
  test("it is what Crossplane applied that counts", () => {
    const there = live(bucket, spec({ region: "a", forceDestroy: true, defaulted: 1 }), managedFields);
    const gone = diff([there], [xr(), bucket]);
    expect(gone.match(/^[-+] .*/gm)).toEqual(["-    forceDestroy: true"]);
    expect(diff([there], [xr(), composed("bucket", spec({ region: "a", forceDestroy: true }))])).toBe("");
  });

  test("without managedFields what is desired is compared, and there is a warning", () => {
    const there = live(bucket, spec({ region: "a", forceDestroy: true }));
    expect(diff([there], [xr(), bucket])).toBe("");
    expect(unmanaged([live(xr()), there, live(bucket, {}, managedFields)])).toEqual([
      expect.stringMatching(/^Bucket\.example\.org records\/photos-[0-9a-f]{12}$/),
    ]);
    expect(unmanaged([xr(), bucket])).toEqual([]);
  });

  test("an XR without a uid finds what it composes by resource names, and references to it", () => {
    const both = (uid?: string) => {
      const given = uid === undefined ? {} : { uid };
      const name = childName("photos", uidOf(given), "bucket");
      const policy = spec({ bucketRef: { name }, policy: `arn:aws:s3:::${name}/*`, region: "a" });
      return [composed("bucket", spec({ region: "a" }), given), composed("policy", policy, given)];
    };
    const before = both("real").map((object) => live(object));
    expect(diff(before, [xr(), ...both()])).toBe("");
    const [first = {}] = both();
    expect(diff(before, [xr(), first])).toMatch(/^--- Bucket\S+ records\/photos-[0-9a-f]{12}\n\+\+\+ \/dev\/null\n/);
  });

  test("a name that was chosen stays as well, and stands elsewhere as it is desired", () => {
    const before = [live(composed("bucket", { metadata: { name: "old" }, ...spec({ alias: "new" }) }))];
    expect(diff(before, [xr(), composed("bucket", { metadata: { name: "new" }, ...spec({ alias: "new" }) })])).toBe("");
  });

  test("one of another kind is another object, whatever its resource name", () => {
    const changed = diff([live(bucket)], [xr(), composed("bucket", { kind: "Table" })]);
    expect(changed.match(/^(?:---|\+\+\+) .*/gm)).toEqual([
      "--- /dev/null",
      expect.stringContaining("+++ Table"),
      expect.stringContaining("--- Bucket"),
      "+++ /dev/null",
    ]);
  });

  test("names pair what has another resource name now", () => {
    const before = [live(composed("old", { metadata: { name: "same" } }))];
    expect(diff(before, [xr(), composed("new", { metadata: { name: "same" } })])).toBe("");
  });

  test("the XR, what others control, and what Crossplane does not compose are left out", () => {
    const of = (given: Given) => live(composed("other", {}, given));
    const connection = composed("", {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "details", annotations: {} },
    });
    const before = [live(xr(), { spec: {} }), of({ name: "letters" }), of({ namespace: "archive" }), live(connection)];
    expect(diff([...before, live(bucket)], [xr(), bucket])).toBe("");
  });

  test("stringData of a Secret is the data that it becomes", () => {
    const secret = (body: JsonObject) => composed("secret", { apiVersion: "v1", kind: "Secret", ...body });
    const there = live(secret({ data: { user: "YQ==", password: "Yg==" } }));
    const desired = (password: string) =>
      secret({ data: { user: "YQ==", password: "eA==" }, stringData: { password } });
    expect(diff([there], [xr(), desired("b")])).toBe("");
    expect(diff([there], [xr(), desired("c")]).match(/^[-+] .*/gm)).toEqual(["-  password: Yg==", "+  password: Yw=="]);
  });
});

describe("what no XR claims", () => {
  const letters = [xr({ name: "letters" }), composed("bucket", spec({}), { name: "letters" })];

  test("is gone", () => {
    const gone = unclaimed([xr(), bucket, ...letters], [xr(), bucket]);
    expect(gone.match(/^(?:---|\+\+\+) .*/gm)).toEqual([
      "--- XArchive.example.org records/letters",
      "+++ /dev/null",
      expect.stringMatching(/^--- Bucket\.example\.org records\/letters-/),
      "+++ /dev/null",
    ]);
  });

  test("is not what an XR composes no more, or one that failed, or one that is composed", () => {
    expect(unclaimed([xr(), bucket, ...letters], [xr(), ...letters])).toBe("");
    const failed = xr({ name: "letters" });
    expect(unclaimed(letters, [xr(), failed])).toBe("");
    const nested = composed("nested", { ...failed, metadata: { name: "letters" } });
    expect(unclaimed(letters, [xr(), nested])).toBe("");
  });

  test("is anybody's in a cluster", () => {
    expect(unclaimed([live(bucket)], letters)).toBe("");
  });
});

describe("what is shown", () => {
  const show = (object: JsonObject) => ({ kind: object["kind"] ?? "", shown: true });

  test("is asked once objects were compared", () => {
    expect(diff([xr(), bucket], [xr(), bucket], show)).toBe("");
    const shown = diff([xr(), bucket], [xr(), composed("bucket", { kind: "Table" })], show);
    expect(shown.match(/^[-+](?![-+]).*/gm)).toEqual(["+kind: Table", "+shown: true", "-kind: Bucket", "-shown: true"]);
  });

  test("of what no XR claims, too", () => {
    expect(unclaimed([bucket], [], show)).toContain("-shown: true\n");
  });
});

test("reads objects of streams and lists, and no results", () => {
  const folder = temporaryFolder({
    "before.yaml": `apiVersion: v1
kind: List
items: [{ apiVersion: v1, kind: Secret }, { apiVersion: v1, kind: ConfigMap }]
---
apiVersion: render.crossplane.io/v1beta1
kind: Result
---
apiVersion: v1
kind: Service
`,
  });
  expect(readBefore(folder, "before.yaml").map(({ kind }) => kind)).toEqual(["Secret", "ConfigMap", "Service"]);
});
