import { describe, expect, test } from "vitest";
import { type Json } from "./json.js";
import { readYAMLStream } from "./read-yaml-stream.js";

describe("readYAMLStream", () => {
  test.each<[string, string, readonly Json[]]>([
    ["nothing at all is no document", "", []],
    ["one without a separator", "a: 1", [{ a: 1 }]],
    ["two", "a: 1\n---\nb: 2\n", [{ a: 1 }, { b: 2 }]],
    ["a separator first belongs to what follows", "---\na: 1\n---\nb: 2\n", [{ a: 1 }, { b: 2 }]],
    ["a separator last", "a: 1\n---\n", [{ a: 1 }]],
    ["two separators first: the first is a document of nothing", "---\n---\na: 1", [null, { a: 1 }]],
    ["two in the middle", "a: 1\n---\n---\nb: 2", [{ a: 1 }, { b: 2 }]],
    ["three in the middle", "a: 1\n---\n---\n---\nb: 2", [{ a: 1 }, null, { b: 2 }]],
    ["white space is a document of nothing", "\n---\na: 1", [null, { a: 1 }]],
    ["and so are comments", "# c\n---\na: 1\n---\n# c\n", [null, { a: 1 }, null]],
    ["comments and spaces after a separator", "a: 1\n---  # c\nb: 2\n--- \t\nc: 3", [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ["carriage returns", "a: 1\r\n---\r\nb: |\r\n  c\r\n", [{ a: 1 }, { b: "c\n" }]],
    ["a mark of the encoding", "\ufeffa: 1\n---\nb: 2", [{ a: 1 }, { b: 2 }]],
    ["what the text of a block ends in", "a: |\n  b", [{ a: "b\n" }]],
    ["a separator that is indented is none", "a: |\n  b\n  ---\n  c", [{ a: "b\n---\nc\n" }]],
  ])("%s", (_name, text, want) => {
    expect(readYAMLStream(text).map(({ value }) => value)).toEqual(want);
  });

  test("counts the lines of the whole file", () => {
    const [first, second] = readYAMLStream("# c\na: 1\n---\n\nb:\n  c: 1\n");
    expect(first?.position(["a"])).toEqual({ line: 2, column: 1 });
    expect(second?.position(["b", "c"])).toEqual({ line: 6, column: 3 });
    expect(() => readYAMLStream("a: 1\n---\nb: *x\n")).toThrow("cannot read YAML: line 3, column 4: ");
  });

  test.each(["a: 1\n---b\n", "a: 1\n--- {b: 1}\n", "a: 1\n----\n"])("refuses more after a separator: %j", (text) => {
    expect(() => readYAMLStream(text)).toThrow('cannot read YAML: line 2, column 1: "---" parts documents');
  });
});
