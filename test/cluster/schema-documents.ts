import fc from "fast-check";
import { type OpenAPI } from "trimtab/schema";

/**
 * Documents around a schema. About half are what it asks for; in the others something here and there is not: a value of
 * another type or beyond bounds, a null, a field that is missing or unknown.
 */
export function documents(schema: OpenAPI): fc.Arbitrary<unknown> {
  // As JSON has them: it has no negative zero.
  return fc
    .oneof(fitting(schema, 0), sometimes(schema, 1))
    .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
}

/** Documents of which each is what a schema asks for, but perhaps for its rules. */
export function fittingDocuments(schema: OpenAPI): fc.Arbitrary<unknown> {
  return fitting(schema, 0);
}

/** How often, in thirtieths, something strange stands in the place of what fits. */
type Oddity = 0 | 1;

function sometimes(schema: OpenAPI, oddity: Oddity): fc.Arbitrary<unknown> {
  // The API server lets a list pass where a text of some format is asked for; admit, on purpose, does not.
  const odd = schema.format === undefined ? strange : strange.filter((value) => !Array.isArray(value));
  return fc.oneof({ weight: 29, arbitrary: fitting(schema, oddity) }, { weight: oddity, arbitrary: odd });
}

const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    "x",
    "ä😀",
    0,
    -1,
    1.5,
    70_000,
    true,
    [],
    ["a", "a"],
    {},
    { a: null },
    "a".repeat(70),
  ),
  fc.constantFrom("Frankfurt", "a*/", "/a/", "a//", "$x/", "2024-02-30", "1 hour", "n*8=", "A_b", "ß"),
  fc.string({ unit: "binary", maxLength: 6 }).filter((text) => text.isWellFormed()),
);

function fitting(schema: OpenAPI, oddity: Oddity): fc.Arbitrary<unknown> {
  const { type, properties, items = {}, additionalProperties, minItems = 0, maxItems = 4 } = schema;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema["x-kubernetes-int-or-string"]) return fc.oneof(fc.nat(10), fc.constant("80%"));
  if (schema["x-kubernetes-preserve-unknown-fields"]) return fc.jsonValue({ maxDepth: 2 }).filter(isStored);
  switch (type) {
    case "object":
      if (!additionalProperties) return fields(schema, properties ?? {}, oddity);
      return fc.dictionary(fc.constantFrom("a", "b", "c.d", ""), sometimes(additionalProperties, oddity), {
        maxKeys: schema.maxProperties ?? 4,
      });
    case "array":
      return oddity === 0
        ? fc.uniqueArray(fitting(items, 0), {
            minLength: minItems,
            maxLength: Math.min(maxItems, 4),
            selector: (item) => identity(schema, item),
          })
        : fc.array(sometimes(items, oddity), { maxLength: 4 });
    case "integer":
      return fc
        .integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 2 ** 40, 2 ** 40) })
        .map((n) => n * (schema.multipleOf ?? 1));
    case "number":
      return fc.oneof(
        fc.integer({ min: Math.ceil(schema.minimum ?? -5), max: Math.floor(schema.maximum ?? 5) }),
        fc.constantFrom(0.5, 2.25, 1e-7),
      );
    case "boolean":
      return fc.boolean();
    default:
      return text(schema);
  }
}

function fields(
  { required = [] }: OpenAPI,
  properties: Readonly<Record<string, OpenAPI>>,
  oddity: Oddity,
): fc.Arbitrary<unknown> {
  const known = Object.entries(properties).map(([name, schema]) => [name, sometimes(schema, oddity)] as const);
  const missing = fc.nat(19);
  return fc
    .tuple(fc.record(Object.fromEntries(known), { requiredKeys: [...required] }), missing)
    .map(([value, n]) =>
      oddity === 1 && n === 0 ? without(value, required[0]) : n === 1 ? { ...value, unknownField: n } : value,
    );
}

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  "date-time": ["2024-01-01T00:00:00Z", "2024-06-30T23:59:59.5+02:00"],
  date: ["2024-01-01", "2024-02-29"],
  duration: ["1h30m", "60s", "2h45m30.5s"],
  byte: ["", "bm8=", "//4A"],
  cidr: ["10.0.0.0/8", "fd00::/8"],
  email: ["a@example.org", "A <a@example.org>"],
  hostname: ["example.org", "localhost"],
  uri: ["https://example.org/a?b", "/a"],
  uuid: ["0599f109-1b7f-4c39-b1d9-f8de0a6306c9"],
  password: ["hunter2"],
  int64: ["0"],
};

function text({ pattern, format, minLength = 0, maxLength = 20 }: OpenAPI): fc.Arbitrary<string> {
  if (format) return fc.constantFrom(...(FORMATS[format] ?? []));
  if (!pattern)
    return fc
      .string({ unit: "grapheme", minLength, maxLength: Math.min(maxLength, 8) })
      .filter((value) => [...value].length <= maxLength);
  return fc
    .stringMatching(new RegExp(pattern))
    .filter((value) => value.isWellFormed() && [...value].length >= minLength && [...value].length <= maxLength);
}

/** By what the API server tells the items of a list apart. */
export function identity(schema: OpenAPI, item: unknown): string {
  const keys = schema["x-kubernetes-list-map-keys"];
  return JSON.stringify(keys ? keys.map((key) => (item as Readonly<Record<string, unknown>>)[key]) : item);
}

/** The API server stores no null at the top of a field. */
const isStored = (value: unknown) => value !== null;

function without(value: object, field: string | undefined): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field));
}
