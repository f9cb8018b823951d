import { describe, expect, test } from "vitest";
import { type Json } from "./json.js";
import { readJSONStream } from "./read-json-stream.js";

describe("readJSONStream", () => {
  test.each<[string, string, readonly Json[]]>([
    ["nothing is no value", " \n", []],
    ["a pair of surrogates", '{"a": "\\ud83d\\ude00"}', [{ a: "😀" }]],
    ["half of one", '{"a": "\\ud83d"}', [{ a: "\ufffd" }]],
    ["an escaped slash", '{"a": "\\/\\n"}', [{ a: "/\n" }]],
    ["several values", '{"a": 1}\n{"b": [true, false, null]} {}[]', [{ a: 1 }, { b: [true, false, null] }, {}, []]],
    ["the last of keys that are the same", '{"a": 1, "a": 2}', [{ a: 2 }]],
    [
      "integers beyond numbers",
      "[9223372036854775807, -9223372036854775808, 9223372036854775808]",
      [[9223372036854775807n, -9223372036854775808n, 2 ** 63]],
    ],
    ["other numbers", "[1.0, -0, 1e3, 0.5, -1.5E-2, 9007199254740991]", [[1, 0, 1000, 0.5, -0.015, 2 ** 53 - 1]]],
    ["words of YAML as text", '{"yes": "no", "1": "0x10"}', [{ yes: "no", "1": "0x10" }]],
    ["a prototype as a key", '{"__proto__": 1}', [{ ["__proto__"]: 1 }]],
    ["tabs between tokens", '{\t"a"\t:\t1\t,\r\n"b":2}', [{ a: 1, b: 2 }]],
  ])("%s", (_name, text, want) => {
    expect(readJSONStream(text)?.map(({ value }) => value)).toEqual(want);
  });

  test.each([
    "{a: 1}",
    '{"a": 1,}',
    "[1,]",
    '{"a"}',
    '{"a": 01}',
    '{"a": 1e999}',
    '{"a": "\n"}',
    '{"a": "\\x41"}',
    '{"a": 1',
    "nullx",
    '{"a": 1}\n---\n{"a": 2}',
    "# c\n{}",
    "'a'",
  ])("leaves to YAML: %j", (text) => expect(readJSONStream(text)).toBeUndefined());

  test("says where values stand", () => {
    const [first, second] = readJSONStream('{"a": [1,\n  {"b": 2}]}\n {"c": 3}') ?? [];
    expect(first?.position([])).toEqual({ line: 1, column: 1 });
    expect(first?.position(["a"])).toEqual({ line: 1, column: 2 });
    expect(first?.position(["a", 1, "b"])).toEqual({ line: 2, column: 4 });
    expect(first?.position(["a", 1, "x", "y"])).toEqual({ line: 2, column: 3 });
    expect(second?.position(["c"])).toEqual({ line: 3, column: 3 });
  });

  test("gives up on what is nested without end", () => expect(readJSONStream("[".repeat(100_000))).toBeUndefined());
});
