import { type RenderCase, type RenderCases } from "../both/render-case.js";

const gvk = (group: string, version: string, kind: string) => ({
  "x-kubernetes-group-version-kind": [{ group, version, kind }],
});

const document = (schemas: object) => ({
  openapi: "3.0.0",
  info: { title: "Kubernetes", version: "v1" },
  components: { schemas },
});

const bucket = {
  type: "object",
  description: "A bucket.",
  required: ["spec"],
  properties: {
    apiVersion: { type: "string" },
    spec: {
      type: "object",
      properties: {
        size: { type: "integer", format: "int64", minimum: 0, maximum: 100, default: 3 },
        name: { type: "string", pattern: "^[a-z]+$", minLength: 1, maxLength: 63, enum: ["a", "b"] },
        tags: { type: "object", additionalProperties: { type: "string" } },
        list: { type: "array", items: { type: "number" }, uniqueItems: true, "x-kubernetes-list-type": "set" },
        any: { "x-kubernetes-preserve-unknown-fields": true, nullable: true },
        port: { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] },
        open: { type: "object", additionalProperties: true },
      },
      "x-kubernetes-validations": [{ rule: "self.size > 0", message: "positive" }],
    },
  },
  ...gvk("example.org", "v1", "Bucket"),
};

const json = (schemas: object) => JSON.stringify(document(schemas));

/** A case of a function that requires the schema of a kind. */
const schema = (
  reason: string,
  files: Readonly<Record<string, string>>,
  kind = "Bucket",
  rest: Partial<RenderCase> = {},
): RenderCase => ({
  reason,
  files,
  pipeline: [
    {
      script: { echo: "echo", counts: "calls", requires: { schemas: { one: { apiVersion: "example.org/v1", kind } } } },
    },
  ],
  flags: ["-c", "-s", "schemas"],
  ...rest,
});

/** The schemas that functions require. */
export const schemas: RenderCases = {
  "a schema": schema("as OpenAPI has it", { "schemas/a.json": json({ "org.example.v1.Bucket": bucket }) }),
  "no -s": { ...schema("none was found", {}), flags: ["-c"] },
  "a kind that is not there": schema("none was found", { "schemas/a.json": json({ Bucket: bucket }) }, "Other"),
  "a group that is not there": schema("none was found", {
    "schemas/a.json": json({ Bucket: { ...bucket, ...gvk("other.org", "v1", "Bucket") } }),
  }),
  "a schema of the core": {
    ...schema("its path is another", {
      "schemas/core.json": json({ Pod: { type: "object", ...gvk("", "v1", "Pod") } }),
    }),
    pipeline: [{ script: { echo: "echo", requires: { schemas: { pod: { apiVersion: "v1", kind: "Pod" } } } } }],
  },
  "a schema of several kinds": schema("it is of none", {
    "schemas/a.json": json({
      Bucket: {
        type: "object",
        "x-kubernetes-group-version-kind": [
          { group: "example.org", version: "v1", kind: "Bucket" },
          { group: "example.org", version: "v2", kind: "Bucket" },
        ],
      },
    }),
  }),
  references: schema("they are written out", {
    "schemas/a.json": json({
      Bucket: {
        ...bucket,
        properties: {
          metadata: { $ref: "#/components/schemas/Meta", description: "lost" },
          all: { allOf: [{ $ref: "#/components/schemas/Meta" }], default: {} },
          list: { type: "array", items: { $ref: "#/components/schemas/Meta" } },
          map: { type: "object", additionalProperties: { $ref: "#/components/schemas/Meta" } },
        },
      },
      Meta: { type: "object", properties: { time: { $ref: "#/components/schemas/Time" } } },
      Time: { type: "string", format: "date-time" },
    }),
  }),
  "a reference that leads nowhere": {
    ...schema("it cannot be written out", {
      "schemas/a.json": json({ Bucket: { ...bucket, properties: { a: { $ref: "#/components/schemas/None" } } } }),
    }),
    code: 1,
    says: /one|None/,
  },
  "a schema within itself": schema("it is written out as far as that goes", {
    "schemas/a.json": json({
      Bucket: {
        type: "object",
        properties: { child: { $ref: "#/components/schemas/Node" } },
        ...gvk("example.org", "v1", "Bucket"),
      },
      Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" }, name: { type: "string" } } },
    }),
  }),
  "two documents of a group": schema("the first one is all of it", {
    "schemas/a.json": json({ Other: { type: "object", ...gvk("example.org", "v1", "Other") } }),
    "schemas/b.json": json({ Bucket: bucket }),
  }),
  "folders below": schema("files of any depth are read, those of other names not", {
    "schemas/below/deeper/a.json": json({ Bucket: bucket }),
    "schemas/b.yaml": "{",
  }),
  "bootstrap schemas": {
    reason: "the Composition requires on behalf of a function",
    files: { "schemas/a.json": json({ Bucket: bucket }) },
    pipeline: [
      {
        script: { echo: "echo", counts: "calls" },
        requirements: {
          requiredSchemas: [
            { requirementName: "bucket", apiVersion: "example.org/v1", kind: "Bucket" },
            { requirementName: "none", apiVersion: "example.org/v1", kind: "None" },
          ],
        },
      },
    ],
    flags: ["-c", "-s", "schemas"],
  },
  "an apiVersion of three parts": {
    ...schema("it is none", { "schemas/a.json": json({ Bucket: bucket }) }),
    pipeline: [{ script: { requires: { schemas: { one: { apiVersion: "a/b/c", kind: "Bucket" } } } } }],
    code: 1,
    says: /a\/b\/c/,
  },
  "a document without components": schema("none was found", { "schemas/a.json": '{"openapi": "3.0.0"}' }),
  "a document that is no JSON": schema("the file is named", { "schemas/a.json": "{" }, "Bucket", {
    code: 1,
    says: /a\.json/,
  }),
  "a document of YAML": schema("JSON alone is read", { "schemas/a.json": "openapi: 3.0.0\n" }, "Bucket", {
    code: 1,
    says: /a\.json/,
  }),
  "a folder without JSON": schema("there must be some", { "schemas/a.yaml": "{}" }, "Bucket", {
    code: 1,
    says: /schemas/,
  }),
  "no folder": schema("there must be one", {}, "Bucket", { code: 1, says: /schemas/ }),
  "a file for the folder": schema("it is a folder of one", { "a.json": json({ Bucket: bucket }) }, "Bucket", {
    flags: ["-c", "-s", "a.json"],
  }),
};
