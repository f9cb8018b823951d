import fc from "fast-check";
import { type JsonObject, type JsonValue } from "../../../src/wire/index.js";

/** Words, and texts that YAML would quote, fold or escape. Without what YAML cannot print at all. */
export const text: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom("blue", "a b", "v1", "eu-west-1") },
    fc.constantFrom(
      "",
      "~",
      "null",
      "yes",
      "no",
      "012",
      "1e3",
      "1.0",
      "0x1F",
      "2024-01-01",
      "-",
      "? a",
      "a: b",
      "a #b",
    ),
    fc.constantFrom(
      "a\nb",
      "a\nb\n",
      "\n",
      " a",
      "a ",
      "a\tb",
      "'",
      '"',
      "it's",
      'say "no"',
      "{a}",
      "[a",
      "&a",
      "*a",
      "!a",
    ),
    fc.constantFrom(
      "é",
      "日本",
      "😀",
      "a\u0085b",
      "a\u2028b",
      "\u200b",
      "\ufeff",
      "\u0000",
      "e\u0301",
      "<&>",
      "%a",
      "@a",
    ),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: "grapheme", maxLength: 5 }),
    // Something to fold.
    fc
      .array(fc.constantFrom("lorem", "ipsum:", "dolor", "-", "sit amet", "", "#x", "ü"), { maxLength: 30 })
      .map((words) => words.join(" ")),
  )
  .filter((text) => !UNPRINTABLE.test(text));

const UNPRINTABLE = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]|\p{Surrogate}/u;

/** Numbers that a message carries without loss. */
export const number: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 1, -1, 3, 10, 1.5, 0.1, 1e-7, 1e6, 123456789, 2 ** 53 - 1, 12345678.5),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value)),
);

/** Any JSON, a few levels deep. */
export const value: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    text,
    number,
    fc.constantFrom<JsonValue>(true, false, null, {}, []),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(key(), tie("value"), { maxKeys: 3, noNullPrototype: true }),
})).value;

/** A JSON object. */
export const object: fc.Arbitrary<JsonObject> = fc.dictionary(key(), value, { maxKeys: 4, noNullPrototype: true });

function key(): fc.Arbitrary<string> {
  const words = fc.constantFrom("a", "b", "c", "size", "color", "list", "a.b/c");
  // A line break of Unicode ends a key of YAML, so that nothing can be printed.
  return fc.oneof(
    { weight: 4, arbitrary: words },
    text.filter((text) => !/[\u0085\u2028\u2029]/.test(text)),
  );
}

/** Scalars of YAML as they are written. */
export const scalar: fc.Arbitrary<string> = fc.constantFrom(
  ..."0 -0 012 0o12 0x1F 0b101 1_000 1e3 1.0 -0.0 .5 5. 9007199254740993 12345678901234567890 1:30 yes no on off y".split(
    " ",
  ),
  ..."~ null True 2024-01-01 2024-01-01T00:00:00Z '012' \"1e3\" 'it''s' a#b a:b {a:1,b:[c,d]} [] !!str&x"
    .split(" ")
    .slice(0, -1),
  '"\\u00e9\\n\\x41"',
  "|\n    one\n     two\n",
  ">-\n    one\n    two\n\n    three\n",
  "!!str 012",
  "!!binary aGk=",
);
