import { CONFIG_MAP, LEGACY_XR, LEGACY_XRD, observedAs, PIPELINE, XR } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

/** A case of an XR with these metadata. */
const xr = (reason: string, metadata: object, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  xr: { ...XR, metadata: { ...XR.metadata, ...metadata } },
  flags: ["-r"],
  ...rest,
});

const annotated = (reason: string, annotations: object, rest: Partial<RenderCase> = {}) =>
  xr(reason, { annotations }, rest);

const observed = { ...CONFIG_MAP, metadata: { ...observedAs("config"), name: "thing-x1" } };
const requested = { "crossplane.io/reconcile-requested-at": "2024-06-06T06:06:06Z" };

/** XRs that are paused, asked for or deleted. */
export const lifecycle: RenderCases = {
  paused: annotated("no function is called, and the XR is shown in full", { "crossplane.io/paused": "true" }),
  "paused, shown in full": annotated("merged with itself", { "crossplane.io/paused": "true" }, { flags: ["-xrc"] }),
  "paused with a status": {
    ...annotated("the status stays", { "crossplane.io/paused": "true" }),
    xr: {
      ...XR,
      metadata: { ...XR.metadata, annotations: { "crossplane.io/paused": "true" }, generation: 4 },
      status: {
        phase: "Up",
        conditions: [{ type: "Ready", status: "True", reason: "Old", lastTransitionTime: "2023-03-03T03:03:03Z" }],
      },
    },
  },
  "paused while it is observed": annotated("references are kept", { "crossplane.io/paused": "true" }, { observed }),
  "paused with a step that would fail": annotated(
    "nobody notices",
    { "crossplane.io/paused": "true" },
    {
      pipeline: [{ function: "none" }],
    },
  ),
  "not paused": annotated("an ordinary reconcile", { "crossplane.io/paused": "false" }),
  "paused in another case": annotated("an ordinary reconcile", { "crossplane.io/paused": "True" }),
  "paused by a boolean": annotated("an annotation is a text", { "crossplane.io/paused": true }),
  "a reconcile that is requested": annotated("it is noted for functions, and an event says so", requested, {
    pipeline: [{ script: { echo: "echo" } }],
  }),
  "a reconcile that was handled": {
    ...annotated("nothing is said", requested),
    xr: {
      ...XR,
      metadata: { ...XR.metadata, annotations: requested },
      status: { lastHandledReconcileAt: "2024-06-06T06:06:06Z" },
    },
  },
  "an empty request": annotated("there is none", { "crossplane.io/reconcile-requested-at": "" }),
  "a request and a pause": annotated("the pause comes first", { ...requested, "crossplane.io/paused": "true" }),
  deleted: xr("no function is called", { deletionTimestamp: "2024-07-07T07:07:07Z", finalizers: ["x"] }),
  "deleted, shown in full": xr(
    "merged with itself",
    { deletionTimestamp: "2024-07-07T07:07:07Z" },
    { flags: ["-xr"], observed },
  ),
  "deleted and paused": xr("the pause comes first", {
    deletionTimestamp: "2024-07-07T07:07:07Z",
    annotations: { "crossplane.io/paused": "true" },
  }),
  "deleted at a time that is none": xr("it is not deleted", { deletionTimestamp: "now" }),
  "deleted with a request": xr("both are done", { deletionTimestamp: "2024-07-07T07:07:07Z", annotations: requested }),
  "a legacy XR that is paused": {
    reason: "shown in full",
    xr: { ...LEGACY_XR, metadata: { ...LEGACY_XR.metadata, annotations: { "crossplane.io/paused": "true" } } },
    xrd: LEGACY_XRD,
    flags: ["-r"],
  },
  "a poll interval": annotated("nothing shows it", { "crossplane.io/poll-interval": "5m" }),
  "owners of the XR's own": xr(
    "they are no owners of what it composes",
    {
      ownerReferences: [{ apiVersion: "v1", kind: "Parent", name: "p", uid: "u-p", controller: true }],
    },
    { pipeline: [...PIPELINE, { script: { echo: "echo" } }], flags: ["-x"] },
  ),
  "metadata of the API server's": xr(
    "functions are sent them",
    {
      creationTimestamp: "2024-01-01T00:00:00Z",
      resourceVersion: "12345",
      generation: 2,
      selfLink: "/x",
      managedFields: [{ manager: "kubectl", operation: "Update", fieldsV1: { "f:spec": {} } }],
      finalizers: ["example.org/keep"],
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}\n" },
      labels: { team: "a" },
    },
    { pipeline: [{ script: { echo: "echo" } }], flags: ["-x"] },
  ),
};
