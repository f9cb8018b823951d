import { describe, expect, test } from "vitest";
import { metaProblems, readMeta } from "./object-meta.js";

const owner = { apiVersion: "v1", kind: "Pod", name: "a", uid: "b", controller: true };
const long = "a".repeat(64);

// Each was put to a real API server.
describe("metadata", () => {
  const cases: Readonly<Record<string, { readonly metadata: unknown; readonly problems?: readonly string[] }>> = {
    "is an object": { metadata: [], problems: [" must be an object, not an array"] },
    "may be null, as its fields may be": { metadata: { name: "a", labels: null, annotations: { a: null } } },
    "has labels": { metadata: { labels: { "example.org/A_b.c-d": "", a: "B_c.d-e" } } },
    "has no labels with spaces": {
      metadata: { labels: { a: "b c" } },
      problems: [
        'labels[a] must be letters, digits, -, _ and ., begin and end with a letter or digit, and have at most 63 characters, not "b c"',
      ],
    },
    "has no long labels": {
      metadata: { labels: { a: long } },
      problems: [expect.stringContaining("labels[a] must be letters")],
    },
    "has no labels with two slashes": {
      metadata: { labels: { "a/b/c": "" } },
      problems: [
        'labels must be named by letters, digits, -, _ and ., at most 63 of them, after a DNS name and / or not, not "a/b/c"',
      ],
    },
    "has no labels below capitals": {
      metadata: { labels: { "A/b": "" } },
      problems: [expect.stringContaining("labels must be named")],
    },
    "has annotations, below capitals even": { metadata: { annotations: { "A.B/C_d": "x\ny" } } },
    "has no nameless annotations": {
      metadata: { annotations: { "a/": "" } },
      problems: [expect.stringContaining("annotations must be named")],
    },
    "has not too many annotations": {
      metadata: { annotations: { a: "é".repeat(131_072) } },
      problems: ["annotations must have at most 262144 bytes in all, not 262145"],
    },
    "has texts for annotations": {
      metadata: { annotations: { a: true } },
      problems: ["annotations[a] must be a string, not true"],
    },
    "has a namespace that is a DNS label": {
      metadata: { namespace: "a.b" },
      problems: [expect.stringContaining("namespace must be lower-case letters")],
    },
    "has owners": { metadata: { ownerReferences: [owner, { ...owner, controller: false }] } },
    "has owners with all that tells them apart": {
      metadata: { ownerReferences: [{ ...owner, apiVersion: "a/", uid: "" }] },
      problems: ["ownerReferences[0].uid is required", "ownerReferences[0].apiVersion must have a version"],
    },
    "has one controller": {
      metadata: { ownerReferences: [owner, owner] },
      problems: ["ownerReferences must not have more than one owner that is the controller"],
    },
    "is owned by no Event": {
      metadata: { ownerReferences: [{ ...owner, kind: "Event" }] },
      problems: ["ownerReferences[0] must not be an Event"],
    },
    "has finalizers": { metadata: { finalizers: ["example.org/a", "b"] } },
    "has finalizers with names": {
      metadata: { finalizers: [null] },
      problems: [expect.stringContaining("finalizers[0] must be named")],
    },
    "has no finalizers in conflict": {
      metadata: { finalizers: ["orphan", "foregroundDeletion"] },
      problems: ["finalizers must not have both orphan and foregroundDeletion"],
    },
    "has times in capitals": {
      metadata: { creationTimestamp: "2024-01-01t00:00:00z" },
      problems: ['creationTimestamp must be a time such as 2024-02-29T12:00:00Z, not "2024-01-01t00:00:00z"'],
    },
  };
  test.each(Object.entries(cases))("%s", (_, { metadata, problems = [] }) => {
    expect(metaProblems(metadata, "").map(({ message, path }) => `${path} ${message}`)).toEqual(problems);
  });

  test("loses what is unknown, and null", () => {
    const pruned: string[] = [];
    const metadata = { name: "a", label: {}, labels: null, ownerReferences: [{ ...owner, other: 1 }] };
    expect(readMeta(metadata, "metadata", pruned)).toEqual({ name: "a", ownerReferences: [owner] });
    expect(pruned).toEqual(["metadata.label", "metadata.ownerReferences[0].other"]);
  });

  test("comes back itself where nothing is lost", () => {
    const metadata = { name: "a", finalizers: ["b"], ownerReferences: [owner] };
    expect(readMeta(metadata, "", [])).toBe(metadata);
  });
});
