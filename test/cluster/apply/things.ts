import { type OpenAPI } from "trimtab/schema";

const text: OpenAPI = { type: "string" };

const port: OpenAPI = {
  type: "object",
  required: ["port"],
  properties: { port: { type: "integer" }, protocol: { type: "string", default: "TCP" }, note: text },
};

const condition: OpenAPI = {
  type: "object",
  required: ["type"],
  properties: { type: text, status: text, reason: text },
};

const spec: OpenAPI = {
  type: "object",
  properties: {
    title: { type: "string", maxLength: 3 },
    mode: { type: "string", default: "slow" },
    count: { type: "integer" },
    fixed: { type: "string", "x-kubernetes-validations": [{ rule: "self == oldSelf", message: "is immutable" }] },
    tags: { type: "array", items: text, "x-kubernetes-list-type": "set" },
    ports: {
      type: "array",
      items: port,
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["port", "protocol"],
    },
    args: { type: "array", items: text },
    rules: { type: "array", items: { type: "object", properties: { a: text, b: text } } },
    selector: { type: "object", additionalProperties: text, "x-kubernetes-map-type": "atomic" },
    settings: { type: "object", additionalProperties: text },
    groups: { type: "object", additionalProperties: { type: "object", properties: { a: text, b: text } } },
    nested: {
      type: "object",
      properties: { a: text, deep: { type: "object", properties: { b: text, c: { type: "string", default: "c" } } } },
    },
    size: { "x-kubernetes-int-or-string": true },
    free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  },
};

const status: OpenAPI = {
  type: "object",
  properties: {
    phase: text,
    atProvider: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    conditions: {
      type: "array",
      items: condition,
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["type"],
    },
  },
};

export const GROUP = "apply.example.org";

/** A kind with lists and maps of every type, and a status subresource. */
export const thingCRD = crd("Thing", "things", { subresources: { status: {} } });

/** The same, whose status is written together with the rest. */
export const plainCRD = crd("Plain", "plains", {});

function crd(kind: string, plural: string, version: object) {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      scope: "Namespaced" as const,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object" as const, properties: { spec, status } } },
          ...version,
        },
      ],
    },
  };
}
