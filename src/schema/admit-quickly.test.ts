import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { admit } from "./admit.js";
import { admitQuickly } from "./admit-quickly.js";
import { type OpenAPI } from "./openapi.js";

const RUNS = 2000;

const names = ["a", "b", "c", "__proto__"];
const scalars = fc.constantFrom<OpenAPI>(
  { type: "string" },
  { type: "string", pattern: "^[a-z]*$", maxLength: 3 },
  { type: "string", minLength: 2, default: "xy" },
  { type: "string", enum: ["x", "y"] },
  { type: "string", format: "date" },
  { type: "integer", minimum: 0, multipleOf: 2 },
  { type: "integer", maximum: 3, default: 1 },
  { type: "number" },
  { type: "boolean", default: false },
  { type: "string", nullable: true },
  { "x-kubernetes-int-or-string": true },
  { "x-kubernetes-preserve-unknown-fields": true },
);

const { schema: schemas } = fc.letrec<{ schema: OpenAPI }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small" },
    scalars,
    fc
      .tuple(fc.dictionary(fc.constantFrom(...names), tie("schema")), fc.subarray(names), fc.boolean())
      .map(([properties, required, open]) => ({
        type: "object" as const,
        properties,
        ...(required.length > 0 && { required }),
        ...(open && { "x-kubernetes-preserve-unknown-fields": true }),
      })),
    tie("schema").map((additionalProperties) => ({ type: "object" as const, additionalProperties, maxProperties: 2 })),
    tie("schema").map((items) => ({ type: "array" as const, items, minItems: 1, maxItems: 2 })),
    scalars.map((items) => ({ type: "array" as const, items, "x-kubernetes-list-type": "set" as const })),
  ),
}));

const oddities = fc.constantFrom<unknown>(
  null,
  undefined,
  "x",
  "xyz",
  "2024-01-01",
  0,
  1,
  4,
  2 ** 63,
  1.5,
  true,
  [],
  {},
);

/** Values that a schema most often takes. */
function values(schema: OpenAPI): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fitting(schema) }, { weight: 1, arbitrary: oddities });
}

function fitting({ type, properties, additionalProperties, items, enum: choices }: OpenAPI): fc.Arbitrary<unknown> {
  if (choices) return fc.constantFrom(...choices);
  if (type === "array") return fc.array(items ? values(items) : oddities, { maxLength: 3 });
  if (type === "string") return fc.constantFrom("xy", "ab", "", "2024-01-01");
  if (type === "boolean") return fc.boolean();
  if (type !== "object") return fc.constantFrom(0, 2, 3, 0.5);
  if (additionalProperties) return fc.dictionary(fc.constantFrom(...names), values(additionalProperties));
  const fields = Object.entries(properties ?? {}).map(([name, child]) => [name, values(child)] as const);
  const unknown = fc.dictionary(fc.constantFrom("d", "e"), oddities, { maxKeys: 1 });
  return fc
    .tuple(fc.record(Object.fromEntries(fields), { requiredKeys: [] }), unknown)
    .map(([known, more]) => ({ ...known, ...more }));
}

const cases = schemas.chain((schema) => fc.record({ schema: fc.constant(schema), value: values(schema) }));

describe.each(["full", "shape"] as const)("what is checked in %s", (check) => {
  test("is admitted as by admit, and shares what did not change with what was written", () => {
    const property = fc.property(cases, ({ schema, value }) => {
      const slow = admit(schema, value, "spec", { check });
      const quick = admitQuickly(schema, value, "spec", check);
      expect(quick.value).toStrictEqual(slow.value);
      expect(quick.problems).toEqual(slow.problems);
      expect(quick.value === value).toBe(slow.value === value);
    });
    fc.assert(property, { numRuns: RUNS });
  });
});

test("what a schema asks for is found out once", () => {
  let asked = 0;
  const schema: OpenAPI = {
    type: "object",
    get properties() {
      asked++;
      return { a: { type: "string" } } as const;
    },
  };
  const before = { a: "x", unknown: 1 };
  expect(admitQuickly(schema, before, "", "shape")).toEqual({ value: { a: "x" }, problems: [] });
  const once = asked;
  expect(admitQuickly(schema, { ...before }, "", "shape").value).toEqual({ a: "x" });
  expect([asked, before]).toEqual([once, { a: "x", unknown: 1 }]);
});
