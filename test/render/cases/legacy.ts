import { CLUSTER_XR, CONFIG_MAP, LEGACY_XR, LEGACY_XRD, observedAs, PIPELINE, xrd } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

const claimRef = { apiVersion: "example.org/v1", kind: "Thing", namespace: "team", name: "my-thing" };
const labels = {
  "crossplane.io/composite": "thing-x7k2p",
  "crossplane.io/claim-name": "my-thing",
  "crossplane.io/claim-namespace": "team",
};
const claimed = { ...LEGACY_XR, metadata: { ...LEGACY_XR.metadata, labels }, spec: { size: 3, claimRef } };
const claim = { apiVersion: "example.org/v1", kind: "Thing", metadata: { name: "my-thing", namespace: "team" } };

/** A case of an XR that can be claimed. */
const legacy = (reason: string, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  xr: LEGACY_XR,
  xrd: LEGACY_XRD,
  ...rest,
});

const toClaim = {
  script: {
    results: [
      { severity: "Normal", message: "for both", target: "CompositeAndClaim" },
      { severity: "Warning", message: "for both", reason: "Careful", target: "CompositeAndClaim" },
      { severity: "Normal", message: "for the XR", target: "Composite" },
      { message: "of unknown severity", target: "CompositeAndClaim" },
    ],
    conditions: [
      { type: "Both", status: "True", reason: "Said", target: "CompositeAndClaim" },
      { type: "Alone", status: "True", reason: "Said", target: "Composite" },
      { type: "Ready", status: "False", reason: "Said", target: "CompositeAndClaim" },
    ],
  },
};

/** XRs of the first version, and their claims. */
export const legacyXRs: RenderCases = {
  "an XRD of v1": legacy("references lie in spec.resourceRefs", { flags: ["-xr"] }),
  "an XRD of v1 that says LegacyCluster": legacy("as by default", { xrd: xrd("v1", { scope: "LegacyCluster" }) }),
  "an XRD of v1 that says Cluster": legacy("its XRs are modern", { xrd: xrd("v1", { scope: "Cluster" }) }),
  "an XRD of v1 that says Namespaced": {
    reason: "its XRs are modern",
    xrd: xrd("v1", { scope: "Namespaced" }),
  },
  "an XRD of v2 that says LegacyCluster": legacy("its XRs can be claimed", {
    xrd: xrd("v2", { scope: "LegacyCluster" }),
  }),
  "an XRD of v2 without a scope": legacy("its XRs are modern", { xrd: xrd("v2") }),
  "a legacy XR that is observed": legacy("by references in spec.resourceRefs", {
    observed: { ...CONFIG_MAP, metadata: { ...observedAs("config", LEGACY_XR), name: "thing-x1" } },
    pipeline: [...PIPELINE, { script: { echo: "echo" } }],
  }),
  "an observed namespace": legacy("it is in the reference", {
    observed: { ...CONFIG_MAP, metadata: { ...observedAs("config", LEGACY_XR), name: "thing-x1", namespace: "team" } },
    pipeline: [...PIPELINE, { script: { echo: "echo" } }],
  }),
  "a claimed XR": legacy("its labels are those of what it composes", { xr: claimed, flags: ["-xr"] }),
  "a claimed XR with one label of the two": legacy("neither is passed on", {
    xr: { ...claimed, metadata: { name: "thing-x7k2p", labels: { "crossplane.io/claim-name": "my-thing" } } },
  }),
  "results and conditions for a claim": legacy("the claim is told as well, and its condition types noted", {
    xr: claimed,
    required: claim,
    pipeline: [toClaim],
    flags: ["-r"],
  }),
  "a claim that is not there": legacy("nobody is told", { xr: claimed, pipeline: [toClaim], flags: ["-r"] }),
  "a claim of another namespace": legacy("it is another claim", {
    xr: claimed,
    required: { ...claim, metadata: { name: "my-thing", namespace: "other" } },
    pipeline: [toClaim],
    flags: ["-r"],
  }),
  "a claim of another kind": legacy("it is another claim", {
    xr: claimed,
    required: { ...claim, kind: "Other" },
    pipeline: [toClaim],
    flags: ["-r"],
  }),
  "a claimRef without a name": legacy("it leads to nobody", {
    xr: { ...LEGACY_XR, spec: { claimRef: { kind: "Thing" } } },
    required: claim,
    pipeline: [toClaim],
    flags: ["-r"],
  }),
  "a claimRef of a modern XR": {
    reason: "modern XRs have no claims",
    xr: { ...CLUSTER_XR, spec: { claimRef } },
    required: claim,
    pipeline: [toClaim],
    flags: ["-r"],
  },
  "claim condition types that the XR has": legacy("what is noted of the last reconcile vanishes with the status", {
    xr: { ...claimed, status: { claimConditionTypes: ["Old", "Both"] } },
    required: claim,
    pipeline: [toClaim],
    flags: ["-xr"],
  }),
  "claim condition types that are desired": legacy("they are added to", {
    xr: claimed,
    required: claim,
    pipeline: [toClaim, { script: { composite: { status: { claimConditionTypes: ["Old", "Both"] } } } }],
  }),
  "a composition that is referred to": legacy("in spec.compositionRef", {
    xr: { ...LEGACY_XR, spec: { compositionRef: { name: "things" } } },
    flags: ["-xr"],
  }),
  "a modern reference in a legacy XR": legacy("it means nothing", {
    xr: { ...LEGACY_XR, spec: { crossplane: { compositionRef: { name: "things" } } } },
    flags: ["-xr"],
  }),
  "a legacy XR in a namespace": legacy("its references have none", {
    xr: { ...LEGACY_XR, metadata: { name: "thing", namespace: "default" } },
    pipeline: [...PIPELINE, { script: { echo: "echo" } }],
    flags: ["-r"],
  }),
  "fatal for a claim": legacy("the program fails", {
    xr: claimed,
    required: claim,
    pipeline: [toClaim, { script: { results: [{ severity: "Fatal", message: "over", target: "CompositeAndClaim" }] } }],
    flags: ["-r"],
    code: 1,
    says: /step-2.*over/,
  }),
};
