import { describe, expect, test } from "vitest";
import { type OpenAPI } from "../schema/index.js";
import { propertyLines, typeText } from "./type-text.js";

const text: OpenAPI = { type: "string" };

describe("the type of a field", () => {
  const name = { name: text };
  const policy = object({ resolution: text });
  const reference = object({ ...name, namespace: text, policy }, "name");
  const cases: Readonly<Record<string, { field?: string; schema: OpenAPI; type: string }>> = {
    string: { schema: text, type: "string" },
    integer: { schema: { type: "integer" }, type: "number" },
    number: { schema: { type: "number" }, type: "number" },
    boolean: { schema: { type: "boolean" }, type: "boolean" },
    enum: { schema: { type: "string", enum: ["A", "B", "A"] }, type: '"A" | "B"' },
    "enum of numbers": { schema: { type: "integer", enum: [1, 2] }, type: "1 | 2" },
    "enum with null": { schema: { type: "string", nullable: true, enum: ["A", null] }, type: '"A" | null' },
    "int-or-string": { schema: { "x-kubernetes-int-or-string": true }, type: "number | string" },
    nullable: { schema: { ...text, nullable: true }, type: "string | null" },
    list: { schema: { type: "array", items: text }, type: "readonly string[]" },
    "list of an enum": {
      schema: { type: "array", items: { type: "string", enum: ["A", "B"] } },
      type: 'readonly ("A" | "B")[]',
    },
    "list of nullable": {
      schema: { type: "array", items: { ...text, nullable: true } },
      type: "readonly (string | null)[]",
    },
    "list of lists": {
      schema: { type: "array", items: { type: "array", items: text } },
      type: "readonly (readonly string[])[]",
    },
    "list of objects": {
      schema: { type: "array", items: object({ id: text }, "id") },
      type: "readonly {\n    readonly id: string;\n  }[]",
    },
    "nested required": {
      schema: object({ status: text, mfa: text }, "status"),
      type: "{\n    readonly status: string;\n    readonly mfa?: string;\n  }",
    },
    "map of lists": {
      schema: { type: "object", additionalProperties: { type: "array", items: text } },
      type: "{ readonly [key: string]: readonly string[] }",
    },
    "map of objects": {
      schema: { type: "object", additionalProperties: object({ id: text }) },
      type: "{ readonly [key: string]: {\n    readonly id?: string;\n  } }",
    },
    "object without properties, which the API server prunes": {
      schema: { type: "object" },
      type: "{ readonly [key: string]: never }",
    },
    "object that keeps unknown fields": {
      schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
      type: "{ readonly [key: string]: unknown }",
    },
    "object that keeps unknown fields beside its own": {
      schema: { ...object({ id: text }), "x-kubernetes-preserve-unknown-fields": true },
      type: "{\n    readonly id?: string;\n    readonly [key: string]: unknown;\n  }",
    },
    "any value": { schema: { "x-kubernetes-preserve-unknown-fields": true }, type: "unknown" },
    reference: {
      field: "bucketRef",
      schema: { ...reference, description: "Reference to a Bucket in s3 to\n populate bucket." },
      type: 'Ref<"s3.Bucket">',
    },
    "list of references": {
      field: "policyArnsRefs",
      schema: { type: "array", items: reference, description: "References to Policy in iam to populate policyArns." },
      type: 'readonly Ref<"iam.Policy">[]',
    },
    "reference to who knows what": { field: "bucketRef", schema: reference, type: "Ref" },
    "a field of that shape with another name": {
      field: "bucket",
      schema: object({ ...name, policy: text }),
      type: "{\n    readonly name?: string;\n    readonly policy?: string;\n  }",
    },
    "a field of that name with another shape": {
      field: "bucketRef",
      schema: object({ ...name, uid: text }),
      type: "{\n    readonly name?: string;\n    readonly uid?: string;\n  }",
    },
    selector: {
      field: "bucketSelector",
      schema: object({ matchControllerRef: {}, matchLabels: {}, namespace: {}, policy }),
      type: "Selector",
    },
    "key of a Secret": {
      field: "tokenSecretRef",
      schema: object({ ...name, key: text }, "name", "key"),
      type: "SecretKey",
    },
    "key of a Secret whose namespace is required": {
      field: "secretRef",
      schema: object({ key: text, ...name, namespace: text }, "key", "name", "namespace"),
      type: "{\n    readonly key: string;\n    readonly name: string;\n    readonly namespace: string;\n  }",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { field = "field", schema, type }) => {
    const { description } = schema;
    expect(typeText(schema, { indent: "  ", field, description }, { docs: false, used: new Set() })).toBe(type);
  });
});

test("a property whose name is not an identifier is quoted", () => {
  const schema = object({ "x-amz.id": text, id: text }, "id");
  expect(propertyLines(schema, "", { docs: false, used: new Set() })).toBe(
    'readonly "x-amz.id"?: string;\nreadonly id: string;\n',
  );
});

function object(properties: Readonly<Record<string, OpenAPI>>, ...required: readonly string[]): OpenAPI {
  return { type: "object", properties, required };
}
