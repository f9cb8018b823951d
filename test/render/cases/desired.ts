import { type JsonObject } from "../../../src/wire/index.js";
import { CLUSTER_XR, CONFIG_MAP, controlledBy, XR } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

/** A case of one composed resource. */
const manifest = (reason: string, manifest: object, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  pipeline: [{ script: { resources: { config: { manifest: manifest as JsonObject, ready: "True" } } } }],
  flags: ["-r"],
  ...rest,
});

const metadata = (reason: string, metadata: unknown, rest: Partial<RenderCase> = {}): RenderCase =>
  manifest(reason, { ...CONFIG_MAP, metadata }, rest);

const owner = { apiVersion: "v1", kind: "ConfigMap", name: "owner", uid: "1c2d" };

/** What becomes of what functions desire, on its way to the output. */
export const desired: RenderCases = {
  "a namespace that is not the XR's": metadata("it is overridden, with a warning", { namespace: "elsewhere" }),
  "several namespaces that are not the XR's": {
    reason: "a warning for each, in any order",
    pipeline: [
      {
        script: {
          resources: Object.fromEntries(
            ["a", "b", "c", "d"].map((name) => [
              name,
              { manifest: { ...CONFIG_MAP, metadata: { namespace: `of-${name}` } }, ready: "True" },
            ]),
          ),
        },
      },
    ],
    flags: ["-r"],
  },
  "the XR's namespace": metadata("nothing to warn of", { namespace: "default" }),
  "an XR of cluster scope composes into a namespace": metadata(
    "the namespace stays, and the reference has it",
    { namespace: "elsewhere" },
    { xr: CLUSTER_XR },
  ),
  "labels and annotations of its own": metadata("they stay beside Crossplane's", {
    labels: { app: "thing", "crossplane.io/claim-name": "own" },
    annotations: { "example.org/note": "kept" },
  }),
  "the labels and annotations that are Crossplane's": metadata("they are overwritten", {
    labels: { "crossplane.io/composite": "own" },
    annotations: { "crossplane.io/composition-resource-name": "own" },
  }),
  "labels and annotations that are no texts": metadata("Crossplane reads none of them", {
    labels: { number: 1, text: "lost?" },
    annotations: { flag: true, text: "lost?" },
  }),
  "labels and annotations that are null": metadata("as if they were not there", { labels: null, annotations: null }),
  "labels that are a list": metadata("no labels", { labels: ["a"] }),
  "metadata that is a text": metadata("it cannot be written into", "text", { code: 1, says: /config|metadata/ }),
  "metadata that is null": metadata("it cannot be written into", null, { code: 1, says: /config|metadata/ }),
  "owners of its own": metadata("the XR is added to them", { ownerReferences: [owner] }),
  "a controller of its own": metadata(
    "Crossplane never takes what is controlled",
    { ownerReferences: [{ ...owner, controller: true }] },
    { code: 1, says: /config.*controlled by.*owner|controlled by ConfigMap owner/ },
  ),
  "the XR as its owner already": metadata("there is one reference still", {
    ...controlledBy(XR),
  }),
  "the XR as its owner, without control": metadata("the reference is replaced", {
    ownerReferences: [
      { apiVersion: XR.apiVersion, kind: XR.kind, name: "thing", uid: "8d4f4bf1-3d57-5e6a-b568-b94e8bfa060e" },
    ],
  }),
  "owners that are no list": metadata("Crossplane reads none of them", { ownerReferences: "me" }),
  "owners that are malformed": metadata("what is no text is lost", {
    ownerReferences: [{ kind: 3, uid: true, name: "n", controller: "yes" }, "text"],
  }),
  "metadata of the API server's": metadata("it is passed through", {
    creationTimestamp: null,
    deletionTimestamp: "2024-02-30T00:00:00Z",
    finalizers: ["example.org/keep"],
    generation: 7,
    managedFields: [{ manager: "me" }],
    resourceVersion: "42",
    selfLink: "/x",
    uid: "2f1e",
  }),
  "a status": manifest("a function may not set it, but it is shown", { ...CONFIG_MAP, status: { phase: "Bound" } }),
  "an empty status": manifest("it has no conditions", { ...CONFIG_MAP, status: {} }),
  "a status that is null": manifest(
    "conditions cannot be set in it",
    { ...CONFIG_MAP, status: null },
    { code: 1, says: /status/ },
  ),
  "a status that is a text": manifest("it has no conditions", { ...CONFIG_MAP, status: "fine" }),
  "a status with conditions": manifest("their times are replaced, and what is no condition's is lost", {
    ...CONFIG_MAP,
    status: {
      conditions: [
        {
          type: "Ready",
          status: "True",
          reason: "Up",
          message: "",
          lastTransitionTime: "2020-02-02T02:02:02Z",
          extra: 1,
        },
        { type: "Odd", observedGeneration: 4 },
      ],
      other: [1],
    },
  }),
  "a status with malformed conditions": manifest("they stay as they are", {
    ...CONFIG_MAP,
    status: { conditions: [{ type: "Ready", status: true, lastTransitionTime: "yesterday" }] },
  }),
  "a status with conditions that are no list": manifest("they stay as they are", {
    ...CONFIG_MAP,
    status: { conditions: { ready: true } },
  }),
  "a status with conditions that are null": manifest("there are none", { ...CONFIG_MAP, status: { conditions: null } }),
  "no kind": manifest("it is printed all the same", { apiVersion: "v1", data: {} }),
  "an empty kind": manifest("it is printed all the same", { ...CONFIG_MAP, kind: "" }),
  "no apiVersion": manifest("it is printed all the same", { kind: "ConfigMap", data: { a: "b" } }),
  "an apiVersion of three parts": manifest("it has no group and version", { ...CONFIG_MAP, apiVersion: "a/b/c" }),
  "an empty manifest": manifest("metadata alone are printed", {}),
  "no manifest": {
    reason: "a state without a resource",
    pipeline: [{ script: { resources: { config: { ready: "True" } } } }],
  },
  "empty and null values": manifest("they are kept", {
    ...CONFIG_MAP,
    data: null,
    spec: { map: {}, list: [], text: "", null: null, nested: { null: null, list: [null, {}, [], [[]], ""] } },
  }),
  "fields beside spec": manifest("sorted among the others", {
    apiVersion: "v1",
    kind: "Secret",
    type: "Opaque",
    data: { "tls.crt": "YQ==" },
    stringData: { b: "c" },
    immutable: false,
    Zeta: 1,
    alpha: 2,
  }),
  "a list of objects": manifest("items are fields as others", {
    apiVersion: "v1",
    kind: "List",
    items: [{ apiVersion: "v1", kind: "ConfigMap" }],
  }),
  "connection details of a composed resource": {
    reason: "nothing reads them",
    pipeline: [
      { script: { resources: { config: { manifest: CONFIG_MAP, connectionDetails: { password: "secret" } } } } },
      { script: { echo: "echo" } },
    ],
  },
  "no desired resources at all": {
    reason: "references are an empty list",
    pipeline: [{ script: {} }],
    flags: ["-xr"],
  },
  "the XR's status": {
    reason: "it is what functions desire",
    pipeline: [
      { script: { composite: { status: { phase: "Up", nested: { a: [1, 2] } } } } },
      { script: { composite: { status: { count: 2 } } } },
    ],
  },
  "the XR's spec and metadata": {
    reason: "a function can set neither",
    pipeline: [
      {
        script: {
          composite: {
            manifest: {
              apiVersion: "other.org/v2",
              kind: "Other",
              metadata: { name: "other", namespace: "other", labels: { a: "b" }, uid: "x" },
              spec: { size: 99 },
              status: { set: true },
              data: 1,
            },
          },
        },
      },
    ],
  },
  "the XR's status with conditions": {
    reason: "desired conditions are no conditions of Crossplane's",
    pipeline: [
      {
        script: {
          composite: {
            status: {
              conditions: [
                { type: "Ready", status: "True", reason: "Mine", lastTransitionTime: "2020-01-01T00:00:00Z" },
                { type: "Custom", status: "False", reason: "Mine", lastTransitionTime: "2020-01-01T00:00:00Z" },
              ],
            },
          },
        },
      },
    ],
  },
  "the XR's status with malformed conditions": {
    reason: "what is no list of conditions is replaced or left",
    pipeline: [{ script: { composite: { status: { conditions: "none", a: 1 } } } }],
  },
  "the XR's status with a malformed condition": {
    reason: "what is no condition is replaced or left",
    pipeline: [{ script: { composite: { status: { conditions: [{ type: 1 }], a: 1 } } } }],
  },
  "the XR's status is a text": {
    reason: "conditions have no place in it",
    pipeline: [{ script: { composite: { manifest: { status: "fine" } } } }],
  },
  "the XR's status is a list": {
    reason: "conditions have no place in it",
    pipeline: [{ script: { composite: { manifest: { status: [1] } } } }],
  },
  "the XR's status is null": {
    reason: "conditions have no place in it, and what comes out is the XR of before",
    pipeline: [{ script: { composite: { manifest: { status: null } } } }],
  },
  "the XR's connection details": {
    reason: "a modern XR has none",
    pipeline: [{ script: { composite: { connectionDetails: { password: "secret" } } } }, { script: { echo: "echo" } }],
    flags: ["-xr"],
  },
};
