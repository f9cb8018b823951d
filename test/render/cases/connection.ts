import { CONFIG_MAP, LEGACY_XR, LEGACY_XRD, observedAs, PIPELINE, XR } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

const echoes = { script: { echo: "echo" } };
const secret = (
  name: string,
  namespace: string,
  rest: object = { data: { password: "czNjcjN0", "tls.crt": "/w==" } },
) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace },
  ...rest,
});

const ref = (name: string, namespace?: string) => ({
  writeConnectionSecretToRef: { name, ...(namespace !== undefined && { namespace }) },
});

/** A case of a legacy XR that is told its connection details. */
const ofXR = (reason: string, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  xr: { ...LEGACY_XR, spec: ref("thing-conn", "team") },
  xrd: LEGACY_XRD,
  pipeline: [echoes],
  ...rest,
});

/** A case of an observed resource with connection details. */
const ofComposed = (reason: string, spec: unknown, required: object): RenderCase => ({
  reason,
  observed: { ...CONFIG_MAP, metadata: { ...observedAs("config"), name: "thing-x1" }, spec },
  required,
  pipeline: [echoes],
});

/** The connection details that functions are sent. */
export const connection: RenderCases = {
  "the XR's Secret": ofXR("its data are the XR's connection details", { required: secret("thing-conn", "team") }),
  "no Secret of the XR's": ofXR("there are no connection details"),
  "the XR's Secret in another namespace": ofXR("it is another", { required: secret("thing-conn", "other") }),
  "the XR's reference without a namespace": ofXR("it leads to none", {
    xr: { ...LEGACY_XR, spec: ref("thing-conn") },
    required: secret("thing-conn", ""),
  }),
  "a reference that is a text": ofXR("there is none", {
    xr: { ...LEGACY_XR, spec: { writeConnectionSecretToRef: "thing-conn" } },
    required: secret("thing-conn", "team"),
  }),
  writeConnectionSecretsToNamespace: ofXR("the Secret is named after the uid", {
    xr: { ...LEGACY_XR, metadata: { ...LEGACY_XR.metadata, uid: "the-uid" } },
    composition: { spec: { writeConnectionSecretsToNamespace: "vault" } },
    required: secret("the-uid", "vault"),
    flags: ["-x"],
  }),
  "writeConnectionSecretsToNamespace beside a reference": ofXR("the reference counts", {
    composition: { spec: { writeConnectionSecretsToNamespace: "vault" } },
    required: secret("thing-conn", "team"),
    flags: ["-x"],
  }),
  "writeConnectionSecretsToNamespace for a modern XR": {
    reason: "modern XRs have no connection details; the field is set all the same or not",
    composition: { spec: { writeConnectionSecretsToNamespace: "vault" } },
    pipeline: [echoes],
    flags: ["-x"],
  },
  "a reference of a modern XR": {
    reason: "modern XRs have no connection details",
    xr: { ...XR, spec: ref("thing-conn", "team") },
    required: secret("thing-conn", "team"),
    pipeline: [echoes],
  },
  "connection details that a function desires": ofXR("they are passed on, and published nowhere", {
    pipeline: [{ script: { composite: { connectionDetails: { password: "x" } } } }, echoes],
    flags: ["-xr"],
  }),
  "a composed resource's Secret": ofComposed(
    "in the namespace of the resource",
    ref("conn"),
    secret("conn", "default"),
  ),
  "a composed resource's Secret in a namespace that the reference names": ofComposed(
    "the namespace of the resource counts",
    ref("conn", "team"),
    secret("conn", "team"),
  ),
  "a composed resource's Secret that is not there": ofComposed("no details", ref("conn"), secret("other", "default")),
  "a Secret without data": ofComposed("no details", ref("conn"), secret("conn", "default", {})),
  "a Secret with stringData": ofComposed(
    "only data are read",
    ref("conn"),
    secret("conn", "default", { stringData: { a: "b" }, data: { c: "ZA==", empty: "" } }),
  ),
  "a Secret whose data are null": ofComposed(
    "empty details",
    ref("conn"),
    secret("conn", "default", { data: { a: null, b: "Yg==" } }),
  ),
  "a Secret that is no base64": {
    ...ofComposed("it is no Secret", ref("conn"), secret("conn", "default", { data: { a: "not base64!" } })),
    code: 1,
    says: /config|base64|Secret/,
  },
  "a Secret whose data are no texts": {
    ...ofComposed("it is no Secret", ref("conn"), secret("conn", "default", { data: { a: 1 } })),
    code: 1,
    says: /config|Secret/,
  },
  "base64 with line breaks": ofComposed(
    "Go reads over them",
    ref("conn"),
    secret("conn", "default", { data: { a: "YWJj\nZGVm\r\n" } }),
  ),
  "base64 of the URL alphabet": {
    ...ofComposed("it is another", ref("conn"), secret("conn", "default", { data: { a: "_-8=" } })),
    code: 1,
    says: /config|base64|Secret/,
  },
  "base64 without its padding": {
    ...ofComposed("it is none", ref("conn"), secret("conn", "default", { data: { a: "YQ" } })),
    code: 1,
    says: /config|base64|Secret/,
  },
  "a ConfigMap of the name": ofComposed("it is no Secret", ref("conn"), {
    ...secret("conn", "default"),
    kind: "ConfigMap",
  }),
  "desired details do not become observed": {
    reason: "the next step finds them in what is desired",
    pipeline: [
      { script: { resources: { config: { manifest: CONFIG_MAP, connectionDetails: { a: "b" } } } } },
      ...PIPELINE,
      echoes,
    ],
  },
};
