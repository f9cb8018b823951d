import { describe, expectTypeOf, test } from "vitest";
import { list, map, object } from "./collections.js";
import { anything, boolean, integer, intOrString, number, oneOf, string } from "./scalars.js";
import { type In, type Out, type Schema } from "./schema.js";

const consumer = object({
  serviceAccount: string({ maxLength: 63 }),
  access: oneOf("Read", "Write").default("Read"),
  prefix: string().optional(),
});

const spec = object({
  region: string(),
  consumers: list(consumer, { key: "serviceAccount" }).default([]),
  tags: map(string()),
  ratio: number().optional(),
  size: integer().default(1),
  port: intOrString(),
  extra: anything().optional(),
});

describe("types", () => {
  test("say what may be left out when writing", () => {
    expectTypeOf<In<typeof spec>>().toEqualTypeOf<{
      readonly region: string;
      readonly consumers?: readonly {
        readonly serviceAccount: string;
        readonly access?: "Read" | "Write";
        readonly prefix?: string;
      }[];
      readonly tags: Readonly<Record<string, string>>;
      readonly ratio?: number;
      readonly size?: number;
      readonly port: number | string;
      readonly extra?: unknown;
    }>();
  });

  test("say what is there when reading", () => {
    expectTypeOf<Out<typeof spec>>().toEqualTypeOf<{
      readonly region: string;
      readonly consumers: readonly {
        readonly serviceAccount: string;
        readonly access: "Read" | "Write";
        readonly prefix?: string;
      }[];
      readonly tags: Readonly<Record<string, string>>;
      readonly ratio?: number;
      readonly size: number;
      readonly port: number | string;
      readonly extra?: unknown;
    }>();
  });

  test("are kept by methods", () => {
    expectTypeOf(boolean().describe("x").rule("self", "x").immutable()).toEqualTypeOf<
      Schema<boolean, boolean, "required">
    >();
    expectTypeOf(string().optional().describe("x")).toEqualTypeOf<Schema<string, string, "optional">>();
    expectTypeOf(string()).toExtend<Schema>();
  });

  test("refuse what does not fit", () => {
    // These are for the compiler; some of them throw, so they are not run.
    const refused = () => {
      // @ts-expect-error a default has the type of the field
      integer().default("1");
      // @ts-expect-error a default is one of the values
      oneOf("a", "b").default("c");
      // @ts-expect-error there is no such field
      consumer.default({ serviceAccount: "a", acces: "Read" });
      // @ts-expect-error a key is a field of the item
      list(consumer, { key: "name" });
      // @ts-expect-error a key is always there
      list(consumer, { key: "prefix" });
      // @ts-expect-error a key is a scalar
      list(object({ tags: map(string()) }), { key: "tags" });
      // @ts-expect-error scalars have no keys
      list(string(), { key: "length" });
      // @ts-expect-error only scalars make sets
      list(consumer, { set: true });
      // @ts-expect-error there is no such format
      string({ format: "phone" });
      // @ts-expect-error no values
      oneOf();
    };
    expectTypeOf(refused).toBeFunction();
    expectTypeOf(list(consumer, { key: ["serviceAccount", "access"] })).toExtend<Schema>();
    expectTypeOf(list(string(), { set: true, maxItems: 3 })).toExtend<Schema>();
  });
});
