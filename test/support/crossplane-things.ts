import { conditionsOf } from "../../src/render/conditions.js";
import { nameOf, objectsAt, textAt, valueAt } from "../../src/render/unstructured.js";
import {
  type JsonObject,
  Ready,
  type RunFunctionRequest,
  type RunFunctionResponse,
  type Status,
} from "../../src/wire/index.js";
import { answering, Bench, type BenchOptions } from "./crossplane-bench.js";

// A platform of XThings, which compose Parts: what specs of Crossplane's controllers have in common.

export const THING = { apiVersion: "example.org/v1", kind: "XThing" };
export const PART = { apiVersion: "parts.org/v1", kind: "Part" };
export const SECRET = { apiVersion: "v1", kind: "Secret" };

export type Answer = (request: RunFunctionRequest) => Partial<RunFunctionResponse>;

export function benchOf(answer: Answer, options: Omit<BenchOptions, "platform"> = {}): Bench {
  const platform = {
    compositions: [compositionOf("things")],
    xrds: [xrdOf({})],
    functions: { fn: answering(answer) },
  };
  return new Bench({ platform, ...options });
}

export const LEGACY = { apiVersion: "example.org/v1", kind: "XOld" };

export function legacyBench(answer: Answer): Bench {
  const composition = compositionOf("olds", {}, "XOld");
  const spec = { ...(composition["spec"] as JsonObject), writeConnectionSecretsToNamespace: "system" };
  const platform = {
    compositions: [{ ...composition, spec }],
    xrds: [xrdOf({ connectionSecretKeys: ["user", "password"] }, "XOld")],
    functions: { fn: answering(answer) },
  };
  return new Bench({ platform });
}

export function xrdOf(spec: JsonObject, kind = "XThing"): JsonObject {
  const isLegacy = kind === "XOld";
  const plural = `${kind.toLowerCase()}s`;
  const size = { type: "integer", maximum: 10 };
  const properties = {
    spec: { type: "object", properties: { size } },
    status: { type: "object", properties: { size } },
  };
  return {
    apiVersion: `apiextensions.crossplane.io/${isLegacy ? "v1" : "v2"}`,
    kind: "CompositeResourceDefinition",
    metadata: { name: `${plural}.example.org` },
    spec: {
      group: "example.org",
      names: { kind, plural },
      ...(!isLegacy && { scope: "Namespaced" }),
      versions: [
        { name: "v1", served: true, referenceable: true, schema: { openAPIV3Schema: { type: "object", properties } } },
      ],
      ...spec,
    },
  };
}

export const PART_CRD = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "parts.parts.org" },
  spec: {
    group: "parts.org",
    names: { kind: "Part", plural: "parts" },
    scope: "Namespaced",
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { spec: { type: "object", properties: { size: { type: "integer", maximum: 10 } } } },
          },
        },
      },
    ],
  },
};

export function compositionOf(name: string, labels: JsonObject = {}, kind = "XThing"): JsonObject {
  return {
    apiVersion: "apiextensions.crossplane.io/v1",
    kind: "Composition",
    metadata: { name, labels },
    spec: {
      compositeTypeRef: { apiVersion: "example.org/v1", kind },
      mode: "Pipeline",
      pipeline: [{ step: "one", functionRef: { name: "fn" } }],
    },
  };
}

export function thing(name: string, spec: JsonObject = {}, { apiVersion, kind } = THING): JsonObject {
  const metadata = kind === "XThing" ? { namespace: "default", name } : { name };
  return { apiVersion, kind, metadata, spec };
}

export function part(spec: JsonObject = {}): JsonObject {
  return { ...PART, spec };
}

export function secret(name: string, labels: JsonObject): JsonObject {
  return { ...SECRET, metadata: { namespace: "default", name, labels }, data: {} };
}

export function composing(
  parts: Readonly<Record<string, JsonObject>>,
  { status, ...more }: Partial<RunFunctionResponse> & { readonly status?: JsonObject } = {},
  ready: Ready = Ready.Unspecified,
): Answer {
  const resource = status && { status };
  const composite = resource && { resource, connectionDetails: {}, ready: Ready.Unspecified };
  return () => ({ desired: { ...desiredOf(parts, ready), composite }, ...more });
}

export function desiredOf(parts: Readonly<Record<string, JsonObject>>, ready: Ready = Ready.Unspecified) {
  const resources = Object.entries(parts).map(
    ([name, resource]) => [name, { resource, connectionDetails: {}, ready }] as const,
  );
  return { composite: undefined, resources: Object.fromEntries(resources) };
}

export const condition = (status: Status) => ({ type: "Custom", status, reason: "Said" });

export function conditions(object: JsonObject | undefined): Readonly<Record<string, readonly (string | undefined)[]>> {
  const found = conditionsOf(object ?? {}).map(
    ({ type, status, reason, message }) => [type, [status, reason, message || undefined]] as const,
  );
  return Object.fromEntries(found);
}

export function composedNames(xr: JsonObject | undefined): readonly string[] {
  return objectsAt(xr ?? {}, ["spec", "crossplane", "resourceRefs"]).map((ref) => textAt(ref, ["name"]));
}

export function said({ events }: Bench): readonly string[] {
  return events.map(({ type, reason, message }) => `${type} ${reason}: ${message}`);
}

export function lastChangeOf({ changes }: Bench, name: string) {
  const change = changes.findLast(({ object }) => nameOf(object) === name);
  if (!change) throw new Error(`nothing has changed of ${name}`);
  return change;
}

export function sizeOf(xr: JsonObject | undefined): number {
  return Number(valueAt(xr ?? {}, ["spec", "size"]));
}
