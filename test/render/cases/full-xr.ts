import { type JsonObject } from "../../../src/wire/index.js";
import { CONFIG_MAP, LEGACY_XR, LEGACY_XRD, observedAs, PIPELINE, XR } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

/** A case of an XR's status, and of the status that functions desire. */
const merged = (reason: string, given: unknown, desired: JsonObject, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  xr: { ...XR, status: given },
  pipeline: [{ script: { composite: { status: desired } } }],
  flags: ["-x"],
  ...rest,
});

/** What -x makes of the XR that is given and the one that comes out. */
export const fullXRs: RenderCases = {
  "spec and metadata": {
    reason: "they are as given, with the references",
    xr: {
      ...XR,
      metadata: { ...XR.metadata, labels: { a: "b" }, annotations: { c: "d" }, uid: "u" },
      spec: { size: 3, nested: { list: [1, { a: 1 }], map: {}, null: null }, empty: "", no: false, zero: 0 },
    },
    flags: ["-x"],
  },
  "without -x": {
    reason: "only what identifies the XR, its references and its status",
    xr: { ...XR, metadata: { ...XR.metadata, labels: { a: "b" } }, extra: { top: 1 } },
  },
  "fields beside spec": { reason: "they are kept", xr: { ...XR, data: { a: 1 }, extra: [1] }, flags: ["-x"] },
  "spec.crossplane": {
    reason: "references are added to what is there",
    xr: { ...XR, spec: { crossplane: { compositionUpdatePolicy: "Manual", resourceRefs: [{ name: "old" }] } } },
    flags: ["-x"],
  },
  "references that become none": {
    reason: "an empty list does not replace",
    xr: { ...XR, spec: { crossplane: { resourceRefs: [{ apiVersion: "v1", kind: "ConfigMap", name: "old" }] } } },
    pipeline: [{ script: {} }],
    flags: ["-x"],
  },
  "fewer references than there were": {
    reason: "the list replaces",
    xr: {
      ...XR,
      spec: {
        crossplane: { resourceRefs: ["a", "b", "c"].map((name) => ({ apiVersion: "v1", kind: "ConfigMap", name })) },
      },
    },
    flags: ["-x"],
  },
  "a legacy XR": { reason: "references in spec", xr: LEGACY_XR, xrd: LEGACY_XRD, flags: ["-x"] },
  "observed resources": {
    reason: "references are what comes out",
    observed: { ...CONFIG_MAP, metadata: { ...observedAs("config"), name: "thing-x1" } },
    flags: ["-x"],
  },
  "maps are merged": merged("key by key", { a: { b: 1, c: { d: 1 } } }, { a: { c: { e: 2 } }, f: 3 }),
  "lists are replaced": merged("as a whole", { list: [1, 2, 3], maps: [{ a: 1 }] }, { list: [4], maps: [{ b: 2 }] }),
  "empty values do not replace": merged(
    "a merge takes them for nothing",
    { text: "x", number: 1, flag: true, list: [1], map: { a: 1 }, null: "x", zero: 1.5 },
    { text: "", number: 0, flag: false, list: [], map: {}, null: null, zero: 0 },
  ),
  "empty values are added": merged(
    "where nothing is there",
    { kept: 1 },
    { text: "", number: 0, flag: false, list: [], map: {}, null: null },
  ),
  "empty values are replaced": merged(
    "by others",
    { text: "", number: 0, flag: false, list: [], map: {}, null: null },
    { text: "x", number: 1, flag: true, list: [1], map: { a: 1 }, null: "x" },
  ),
  "a map for a text": merged("the other type replaces", { a: "text" }, { a: { b: 1 } }),
  "a text for a map": merged("the other type replaces", { a: { b: 1 } }, { a: "text" }),
  "a list for a map": merged("the other type replaces", { a: { b: 1 }, c: [1] }, { a: [1], c: { b: 1 } }),
  "a map for null": merged("it replaces", { a: null, n: { a: null } }, { a: { b: 1 }, n: { a: { b: { c: 1 } } } }),
  "an empty map for a text": merged("nothing replaces", { a: "text", b: 1 }, { a: {}, b: {} }),
  "an empty list for a map": merged("nothing replaces", { a: { b: 1 }, c: "x" }, { a: [], c: [] }),
  "false for true, deep": merged("nothing replaces", { a: { b: { c: true, d: 5 } } }, { a: { b: { c: false, d: 0 } } }),
  "a map of empty values": merged("nothing replaces", { a: { b: 1 } }, { a: { b: 0, c: 0 } }),
  "integers and floats": merged("numbers of either type", { a: 1, b: 1.5, c: 10 }, { a: 2.5, b: 2, c: 10 }),
  "a status that is null": merged("the other one replaces", null, { a: 1 }),
  "a status that is a text": merged("the other one replaces, where conditions can", "fine", { a: 1 }),
  "the XR's status is kept": {
    reason: "what nobody desires is kept by the merge",
    xr: { ...XR, status: { phase: "Up", nested: { a: 1 } } },
    flags: ["-x"],
  },
  "the XR's conditions": {
    reason: "the list that comes out replaces",
    xr: {
      ...XR,
      status: {
        conditions: [
          { type: "Mine", status: "True", reason: "Given", lastTransitionTime: "2023-03-03T03:03:03Z" },
          { type: "Ready", status: "True", reason: "Given", lastTransitionTime: "2023-03-03T03:03:03Z" },
        ],
      },
    },
    pipeline: PIPELINE,
    flags: ["-x"],
  },
  "a list within a list": merged("lists are not merged", { a: [[1, 2], [3]] }, { a: [[4]] }),
  "null within": merged("null does not replace", { a: { b: 1, c: [null] } }, { a: { b: null, c: [null, null] } }),
  "a namespace that is empty": {
    reason: "cluster scope",
    xr: { ...XR, metadata: { name: "thing", namespace: "" } },
    flags: ["-x"],
  },
};
