import { createHash } from "node:crypto";
import { FUNCTIONS } from "../script/serve-scripted.js";
import { type Step } from "./render-case.js";

/** The XR of a case that is about something else. */
export const XR = {
  apiVersion: "example.org/v1",
  kind: "XThing",
  metadata: { name: "thing", namespace: "default" },
  spec: { size: 3 },
};

/** The same, of a cluster-scoped kind. */
export const CLUSTER_XR = { ...XR, metadata: { name: "thing" } };

/** The kind of XR that can be claimed; an XRD says that it can, such as {@link LEGACY_XRD}. */
export const LEGACY_XR = { ...CLUSTER_XR, metadata: { name: "thing-x7k2p" } };

const OPEN = {
  type: "object",
  properties: {
    spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    status: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  },
};

/** An XRD of the first version, which says nothing of a scope: its XRs are legacy ones. */
export const LEGACY_XRD = xrd("v1");

/** An XRD of {@link XR}. */
export const XRD = xrd("v2", { scope: "Namespaced" });

/** A composed resource of a case that is about something else. */
export const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap", data: { color: "blue" } };

/** A pipeline of a case that is about something else. */
export const PIPELINE: readonly Step[] = [
  { script: { resources: { config: { manifest: CONFIG_MAP, ready: "True" } } } },
];

/** A Composition of an XR's kind, with a pipeline. */
export function compositionOf(
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  pipeline: readonly Step[],
) {
  return {
    apiVersion: "apiextensions.crossplane.io/v1",
    kind: "Composition",
    metadata: { name: "things" },
    spec: { compositeTypeRef: { apiVersion, kind }, mode: "Pipeline", pipeline: pipeline.map(stepOf) },
  };
}

/** The Functions that are served, for functions.yaml. */
export function servedFunctions(names: readonly string[] = FUNCTIONS): readonly object[] {
  return names.map((name) => functionAt(name, `{{${name}}}`));
}

/** A Function that listens at an address. */
export function functionAt(name: string, address: string) {
  return {
    apiVersion: "pkg.crossplane.io/v1",
    kind: "Function",
    metadata: {
      name,
      annotations: {
        "render.crossplane.io/runtime": "Development",
        "render.crossplane.io/runtime-development-target": address,
      },
    },
    spec: { package: `xpkg.example.org/${name}:v1` },
  };
}

/** An XRD of XThing, with this to say otherwise in its spec. Its schema allows everything and has no defaults. */
export function xrd(version: "v1" | "v2", spec: object = {}, openAPIV3Schema: object = OPEN) {
  return {
    apiVersion: `apiextensions.crossplane.io/${version}`,
    kind: "CompositeResourceDefinition",
    metadata: { name: "xthings.example.org" },
    spec: {
      group: "example.org",
      names: { kind: "XThing", plural: "xthings" },
      versions: [{ name: "v1", served: true, referenceable: true, schema: { openAPIV3Schema } }],
      ...spec,
    },
  };
}

/** What an object that is controlled by an XR says in its metadata; of an XR without a uid, the one that it gets. */
export function controlledBy({ apiVersion, kind, metadata }: Named): object {
  const owner = { apiVersion, kind, name: metadata.name, uid: uidOf({ apiVersion, kind, metadata }) };
  return { ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }] };
}

/** What an observed object of an XR says in its metadata. */
export function observedAs(name: string, xr: Named = XR): object {
  const { namespace } = xr.metadata;
  return {
    ...(namespace !== undefined && { namespace }),
    annotations: { "crossplane.io/composition-resource-name": name },
    labels: { "crossplane.io/composite": xr.metadata.name },
    ...controlledBy(xr),
  };
}

interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string };
}

/** A UUID of version 5, of what identifies the XR, in the namespace of all zeros. */
function uidOf({ apiVersion, kind, metadata: { name, namespace = "", uid } }: Named): string {
  if (uid !== undefined) return uid;
  const identity = `${apiVersion}, Kind=${kind}\0${namespace}\0${name}`;
  const bytes = createHash("sha1").update(Buffer.alloc(16)).update(identity).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function stepOf(step: Step, index: number) {
  const { step: name = `step-${index + 1}`, function: fn = "function-one", script, input, ...rest } = step;
  const asInput = script && { apiVersion: "script.example.org/v1", kind: "Script", ...script };
  const given = input ?? asInput;
  return { step: name, functionRef: { name: fn }, ...(given && { input: given }), ...rest };
}
