import fc from "fast-check";
import { type OpenAPI } from "trimtab/schema";
import { identity } from "./schema-documents.js";

/** Values that a schema of the provider's CRDs admits, with what its rules require of `forProvider`. */
export function admitted(schema: OpenAPI): fc.Arbitrary<unknown> {
  const { type, format, properties, additionalProperties, items } = schema;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (properties) return object(withRequiredParameters(schema));
  if (additionalProperties) return fc.dictionary(key, admitted(additionalProperties), { maxKeys: 3 });
  if (items) return list(schema, items);
  if (type === "object") return fc.constant({});
  if (type === "string") return format === "date-time" ? fc.constant("2024-01-01T00:00:00Z") : string(schema);
  if (type === "boolean") return fc.boolean();
  if (type === "integer") return fc.integer();
  if (type === "number") return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  throw new Error(`cannot generate values for a schema of type ${type}`);
}

/** The same schema for whoever writes into an object that is there: nothing of spec and its parameters is required. */
export function loosened({ required: _, "x-kubernetes-validations": __, properties, ...schema }: OpenAPI): OpenAPI {
  if (!properties) return schema;
  const loose = ["spec", "forProvider", "initProvider"];
  const entries = Object.entries(properties).map(([name, below]) => [
    name,
    loose.includes(name) ? loosened(below) : below,
  ]);
  return { ...schema, properties: Object.fromEntries(entries) };
}

/** Each optional property is there half of the time. */
function object({ properties = {}, required = [] }: OpenAPI): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => [name, admitted(schema)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
}

function list(schema: OpenAPI, items: OpenAPI): fc.Arbitrary<unknown> {
  switch (schema["x-kubernetes-list-type"]) {
    case "set":
      return fc.uniqueArray(admitted(items), { maxLength: 4 });
    case "map":
      return fc.uniqueArray(admitted(items), {
        maxLength: 3,
        selector: (item) => identity(schema, item),
      });
    default:
      return fc.array(admitted(items), { maxLength: 3 });
  }
}

/** Short texts, and those that field paths, JSON or YAML could trip over. */
const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "grapheme", maxLength: 4 }),
  fc.constantFrom("", "true", "null", "1", "a.b/c", 'say "no"', "f:x", "\n", '{"Version":"2012-10-17"}'),
);

const key = fc.oneof(text, fc.constantFrom(".", "k:{}", "v:1", "i:0", "Name", "kubernetes.io/cluster/x"));

/** One duration satisfies all rules about durations. */
function string({ "x-kubernetes-validations": rules = [] }: OpenAPI): fc.Arbitrary<string> {
  return rules.some(({ rule }) => rule.includes("duration(self)")) ? fc.constant("60s") : text;
}

/** Parameters are required by rules of the spec, since initProvider may have them instead. */
function withRequiredParameters(schema: OpenAPI): OpenAPI {
  const { properties = {}, "x-kubernetes-validations": rules = [] } = schema;
  const { forProvider } = properties;
  const named = rules.flatMap(({ message = "" }) => /forProvider\.(\w+) is a required/.exec(message)?.[1] ?? []);
  if (!forProvider) return schema;
  const required = [...(forProvider.required ?? []), ...named];
  return { ...schema, properties: { ...properties, forProvider: { ...forProvider, required } } };
}
