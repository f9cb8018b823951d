import { describe, expect, test } from "vitest";
import { type Json } from "./json.js";
import { readYAML } from "./read-yaml.js";
import { readYAMLStream } from "./read-yaml-stream.js";

// What is expected here is what Kubernetes' own libraries read; test/render/yaml.test.ts asks them about much more.
describe("readYAML", () => {
  describe("plain scalars: as YAML 1.1 has them", () => {
    test.each<[string, Json]>([
      ["yes", true],
      ["No", false],
      ["y", true],
      ["on", true],
      ["OFF", false],
      ["yEs", "yEs"],
      ["~", null],
      ["Null", null],
      ["nULL", "nULL"],
      ["017", 15],
      ["0o17", 15],
      ["08", 8],
      ["0x1F", 31],
      ["0b101", 5],
      ["0b-101", -5],
      ["1_000", 1000],
      ["_1", "_1"],
      ["+5", 5],
      ["-0", 0],
      ["1.0", 1],
      ["1e3", 1000],
      ["1.", 1],
      [".5", 0.5],
      [".5_0", 0.5],
      ["1e400", "1e400"],
      ["12:30", "12:30"],
      ["2024-01-01", "2024-01-01"],
      ["9007199254740993", 9007199254740993n],
      ["9223372036854775807", 9223372036854775807n],
      ["9223372036854775808", 9223372036854776000],
      ["-9223372036854775808", -9223372036854775808n],
      ["18446744073709551616", 18446744073709552000],
      ["0x7fffffffffffffff", 9223372036854775807n],
      ["1e18", 1000000000000000000n],
      ["1e20", 100000000000000000000],
      ["=", "="],
      ["<<", "<<"],
    ])("%j", (text, want) => expect(readYAML(text).value).toEqual(want));
  });

  describe("tags: a tag decides, whatever the quotes say", () => {
    test.each<[string, Json]>([
      ["!!str 1", "1"],
      ["!!int '0x1F'", 31],
      ["!!float 1", 1],
      ["!!bool 'yes'", true],
      ["!!binary aGk=", "hi"],
      ["!!binary 4oI=", "\ufffd\ufffd"],
      ["!local 1", "1"],
      ["! 1", "1"],
      ["!!null ''", null],
      ["!!timestamp 2024-01-01", "2024-01-01"],
      ["!<tag:yaml.org,2002:int> '7'", 7],
    ])("%j", (text, want) => expect(readYAML(text).value).toEqual(want));
  });

  describe("keys: always strings, the last of them counts", () => {
    test.each<[string, Json]>([
      ["1: a", { "1": "a" }],
      ["0x10: a", { "16": "a" }],
      ["yes: a", { true: "a" }],
      ["1.50: a", { "1.5": "a" }],
      ["0.1: a", { "0.1": "a" }],
      ["16777217.0: a", { "1.6777216e+07": "a" }],
      ["2024-01-01: a", { "2024-01-01": "a" }],
      ["a: 1\na: 2", { a: 2 }],
      ["? a\n: 1", { a: 1 }],
      ["{a, b: 1}", { a: null, b: 1 }],
      ["[a: 1]", [{ a: 1 }]],
      ["__proto__: 1", { ["__proto__"]: 1 }],
    ])("%j", (text, want) => expect(readYAML(text).value).toEqual(want));
  });

  describe("merges: what is merged replaces what is above it", () => {
    test.each<[string, Json]>([
      ["a: 1\n<<: {a: 2, b: 3}\nb: 4", { a: 2, b: 4 }],
      ["<<: [{a: 1}, {a: 2, b: 2}]", { a: 1, b: 2 }],
      ["x: &x {a: 1}\ny: {<<: *x, b: 2}", { true: { a: 1, b: 2 }, x: { a: 1 } }],
      ["'<<': 1", { "<<": 1 }],
      ["a: &a 1\nb: *a\nc: &a 2\nd: *a", { a: 1, b: 1, c: 2, d: 2 }],
    ])("%j", (text, want) => expect(readYAML(text).value).toEqual(want));
  });

  describe("text: of several lines", () => {
    test.each<[string, Json]>([
      ["a: b\n  c\n\n  d", { a: "b c\nd" }],
      ["a: 'b\n  c\n\n  d''s'", { a: "b c\nd's" }],
      ['"a\\\n  b \\x41\\u00e9\\t\\\'\\N"', "ab A\u00e9\t'\u0085"],
      ["a: |\n  b\n   c\n\nd: 1", { a: "b\n c\n", d: 1 }],
      ["a: >\n  b\n  c\n\n   d\n  e", { a: "b c\n\n d\ne" }],
      ["a: |+\n  b\n\n", { a: "b\n\n" }],
      ["a: |-\n  b\n", { a: "b" }],
      ["a: |2\n   b\n", { a: " b\n" }],
      ["a: |\n  b", { a: "b" }],
      ["- |+\n  ", [""]],
      ["a: >1\n  \n", { a: " \n" }],
    ])("%j", (text, want) => expect(readYAML(text).value).toEqual(want));
  });

  describe("documents: the first counts", () => {
    test.each<[string, Json]>([
      ["", null],
      ["# c\n", null],
      ["---\n", null],
      ["--- a\n--- b", "a"],
      ["a: 1\n---\nb: [", { a: 1 }],
      ["\ufeffa: 1", { a: 1 }],
      ["a: 1\r\nb: |\r\n  c\r\n", { a: 1, b: "c\n" }],
      ["%YAML 1.1\n---\na", "a"],
      ["a: 1\rb: 2", { a: 1, b: 2 }],
    ])("%j", (text, want) => expect(readYAML(text).value).toEqual(want));
  });

  describe("what Go refuses too, and where", () => {
    test.each<[string, string]>([
      ["a: *x", "line 1, column 4: there is no anchor of this alias before it"],
      ["a: &a [*a]", "line 1, column 8: an alias is within what it stands for"],
      ["a:\n  ~: 1", "line 2, column 3: a key must be text, a boolean or a number that fits 64 bits"],
      ["18446744073709551615: 1", "line 1, column 1: a key must be"],
      ["[1]: 2", "line 1, column 1: a key cannot be a list or a map"],
      ["a: .nan", "line 1, column 4: JSON cannot hold a float that is infinite or no number: put it in quotes"],
      ["a: !!int x", "line 1, column 10: a !!int is expected here, and this is text"],
      ["!!float 18446744073709551615", "a !!float is expected here, and this is a !!int"],
      ["!!binary x", "a !!binary value is not base64"],
      ["<<: 1", "line 1, column 1: only a map, or a list of maps, can be merged"],
      ["a: b: c", "line 1, column 4: nested mappings are not allowed in compact mappings"],
      ["a: [1", "line 1, column 6: "],
      ["a:\n\tb: 1", "line 2, column 1: "],
      ["a: [1]\n\t\nb: 2", "line 2, column 1: a tab cannot indent: use spaces"],
      ['a: "x\\/"', "line 1, column 6: YAML 1.1 has no such escape"],
      ['a: "\\ud83d\\ude00"', "line 1, column 5: YAML 1.1 has no such escape"],
      ["a: 'b\n---\n  c'", "line 1, column 6: a closing quote is missing"],
      [
        "a: {b: x?y}",
        'line 1, column 9: put text that has "?", or begins with ":", in quotes within brackets and braces',
      ],
      ["{a:}", 'line 1, column 3: put a space after ":", within brackets and braces'],
      ["a: |\n  \tb\n \tc", "line 3, column 2: "],
      ["a: b\n\u0007", "line 2, column 1: control characters are not allowed"],
      ["a: &\u00e9 1", "line 1, column 7: an anchor has other characters"],
      ["%YAML 1.2\n---\na", "YAML 1.1 is the only version that is read"],
      ["%FOO\n---\na", "line 1, column 1: a directive is unknown, or not complete"],
      ["!x!y z", "line 1, column 1: a tag is not valid, or its handle is not declared"],
      ["a: 'b\nc'\n", "line 1, column 6: a closing quote is missing, or a line before it is not indented"],
    ])("%j", (text, want) => {
      expect(() => readYAML(text)).toThrow(want);
      expect(() => readYAML(text)).toThrow(/^cannot read YAML: line \d+, column \d+: [^\n]+$/);
    });

    test.each([
      "a: !!int Zp9secret",
      "a: !!binary Zp9-secret",
      "a: *Zp9secret",
      "a: &Zp9secret [*Zp9secret]",
      "a: &Zp9.secret 1",
      "a: |Zp9secret\n  b\n",
      "a: >Zp9secret: b\n  c\n",
      'a: "\\Zp9secret"',
      'a: "\\xZp9secret"',
      'a: "Zp9secret',
      "a: 'Zp9secret",
      'a: "b" Zp9secret',
      "a: Zp9secret: Zp9secret",
      "a: {Zp9secret",
      "a: [Zp9secret:]",
      "a: {b: Zp9?secret}",
      "a: @Zp9secret",
      "a: `Zp9secret",
      "a: %Zp9secret",
      "a: b\nZp9secret",
      "a: b\n  Zp9secret: c",
      "a: !Zp9secret!b c",
      "a: !<Zp9secret c",
      "a: !Zp9%secret c",
      "a: !!bool Zp9secret",
      "%Zp9secret\n---\na",
      "%TAG Zp9secret\n---\na",
      "%YAML Zp9secret\n---\na",
      "a: ]Zp9secret",
      "a: b\n]Zp9secret",
      "? [Zp9secret]\n: 1",
      "a: 1\n--- Zp9secret\n",
      "<<: Zp9secret",
      "a:\n\t- Zp9secret",
    ])("without a word of it: %j", (text) => {
      const said = /^cannot read YAML: line \d+, column \d+: (?!.*(?:Zp9|secret))[^\n]+$/;
      expect(() => readYAMLStream(text)).toThrow(said);
    });

    test("aliases that would fill the memory", () => {
      const bomb = Array.from(
        { length: 12 },
        (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`)}]\n`,
      );
      expect(() => readYAML(`a0: &a0 x\n${bomb.join("")}`)).toThrow("aliases make far too much of it");
    });

    test("lists that are nested without end", () => {
      expect(() => readYAML("[".repeat(50_000))).toThrow(/^cannot read YAML: /);
    });
  });

  describe("position", () => {
    const text = `# c
a: &a
  b:
  - 1
  - c: d
e: *a
<<: {f: 1}
1: {"x y": [z]}
`;

    test.each<[string, readonly (string | number)[], string]>([
      ["the root", [], "2:1"],
      ["a key", ["a", "b"], "3:3"],
      ["an item", ["a", "b", 0], "4:5"],
      ["a key in an item", ["a", "b", 1, "c"], "5:5"],
      ["through an alias, where it is written", ["e", "b", 0], "4:5"],
      ["what was merged", ["f"], "7:6"],
      ["a key that was no string", ["1", "x y", 0], "8:13"],
      ["what is not there, at what holds it", ["a", "b", 7, "q"], "3:3"],
      ["a field of what has none", ["a", "b", 0, "q"], "4:5"],
    ])("of %s", (_name, path, want) => {
      const { line, column } = readYAML(text).position(path) ?? { line: 0, column: 0 };
      expect(`${line}:${column}`).toBe(want);
    });

    test("of nothing", () => expect(readYAML("# c\n").position(["a"])).toBeUndefined());
  });

  test("never sets a prototype", () => {
    const value = readYAML("__proto__: {polluted: true}\na: {<<: {__proto__: 1}}").value as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(["__proto__", "a"]);
    expect(Object.keys(value["a"] as object)).toEqual(["__proto__"]);
  });
});
