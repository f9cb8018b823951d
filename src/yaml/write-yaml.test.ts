import { describe, expect, test } from "vitest";
import { type Json } from "./json.js";
import { writeYAML } from "./write-yaml.js";

/** 89 characters. */
const words = Array(18).fill("word").join(" ");

// What is expected here is what Kubernetes' own libraries print; test/render/yaml.test.ts asks them about much more.
describe("writeYAML", () => {
  describe("strings that would be another type: what YAML 1.1 reads otherwise is quoted", () => {
    test.each<[string, Json, string]>([
      ["yes", "yes", '"yes"\n'],
      ["y", "y", '"y"\n'],
      ["null", "null", '"null"\n'],
      ["tilde", "~", '"~"\n'],
      ["empty", "", '""\n'],
      ["integer", "12", '"12"\n'],
      ["octal", "017", '"017"\n'],
      ["underscores", "1_000", '"1_000"\n'],
      ["float", "1e3", '"1e3"\n'],
      ["beyond float64, text", "1e400", "1e400\n"],
      ["base 60", "12:30:45", '"12:30:45"\n'],
      ["no base 60", "12:60:45", "12:60:45\n"],
      ["date", "2024-02-29", '"2024-02-29"\n'],
      ["no date", "2023-02-29", "2023-02-29\n"],
      ["time", "2024-01-01T10:00:00Z", '"2024-01-01T10:00:00Z"\n'],
      ["infinity", ".inf", '".inf"\n'],
      ["merge", "<<", "<<\n"],
      ["equals", "=", "=\n"],
    ])("%s", (_name, value, want) => expect(writeYAML(value)).toBe(want));
  });

  describe("numbers: integers in full, floats as Go's %g", () => {
    test.each<[string, Json, string]>([
      ["minus zero", -0, "0\n"],
      ["2^53", 9007199254740992, "9007199254740992\n"],
      ["int64", 9223372036854775807n, "9223372036854775807\n"],
      ["1e19, which fits uint64", 10000000000000000000, "10000000000000000000\n"],
      ["1e20", 100000000000000000000, "1e+20\n"],
      ["1e21", 1e21, "1e+21\n"],
      ["1.5e-7", 1.5e-7, "1.5e-07\n"],
      ["a million and a half", 1234567.5, "1.2345675e+06\n"],
      ["0.0001", 0.0001, "0.0001\n"],
      ["0.00001", 0.00001, "1e-05\n"],
    ])("%s", (_name, value, want) => expect(writeYAML(value)).toBe(want));
  });

  describe("quotes: single where plain cannot be, double where characters need an escape", () => {
    test.each<[string, Json, string]>([
      ["colon and space", "a: b", "'a: b'\n"],
      ["comment", "a #b", "'a #b'\n"],
      ["dash", "- a", "'- a'\n"],
      ["indicator", "*a", "'*a'\n"],
      ["quote", "'a'", "'''a'''\n"],
      ["space around", " a ", "' a '\n"],
      ["marker", "--- a", "'--- a'\n"],
      ["tab", "a\tb", '"a\\tb"\n'],
      ["beyond 16 bits", "\ud83d\ude00 b", '"\\U0001F600 b"\n'],
      ["U+FEFF first, which escapes all", "\ufeffa b", '"\\uFEFF\\x61\\x20\\x62"\n'],
      ["U+FEFF later", "a\ufeff", '"a\\uFEFF"\n'],
      ["no-break space", "a\u00a0b", "a\u00a0b\n"],
      ["U+2028", "a\u2028b", "'a\u2028  b'\n"],
      ["carriage return", "a\rb", '"a\\rb"\n'],
      ["U+0085, which JSON leaves and YAML folds", "a \u0085 b\u0085\u0085c", "|-\n  a b\n  c\n"],
    ])("%s", (_name, value, want) => expect(writeYAML(value)).toBe(want));
  });

  describe("line feeds: a literal block, unless a space stands before one", () => {
    test.each<[string, Json, string]>([
      ["two lines", "a\nb", "|-\n  a\n  b\n"],
      ["clip", "a\nb\n", "|\n  a\n  b\n"],
      ["keep", "a\n\n", "|+\n  a\n\n"],
      ["only one", "\n", "|2+\n\n"],
      ["begins with a space", " a\nb", "|2-\n   a\n  b\n"],
      ["space before", "a \nb", '"a \\nb"\n'],
      ["ends in a space", "a\nb ", '"a\\nb "\n'],
      ["tab within", "a\n\tb", '"a\\n\\tb"\n'],
    ])("%s", (_name, value, want) => expect(writeYAML(value)).toBe(want));
  });

  describe("width: folded at the first space after column 80, where it stands alone", () => {
    test.each<[string, Json, string]>([
      [
        "plain",
        { a: words },
        "a: word word word word word word word word word word word word word word word word\n  word word\n",
      ],
      [
        "two spaces",
        { a: `${words}  x y` },
        "a: word word word word word word word word word word word word word word word word\n  word word  x y\n",
      ],
      [
        "single quotes",
        { a: `${words}: x y` },
        "a: 'word word word word word word word word word word word word word word word word\n  word word: x y'\n",
      ],
      [
        "double quotes",
        { a: `${words}\t x  y z` },
        'a: "word word word word word word word word word word word word word word word word\n  word word\\t x  y z"\n',
      ],
      ["no spaces", { a: "x".repeat(90) }, `a: ${"x".repeat(90)}\n`],
      [
        "deep",
        { a: { b: [{ c: words }] } },
        "a:\n  b:\n  - c: word word word word word word word word word word word word word word word\n      word word word\n",
      ],
      ["a key", { [`${words} x`]: 1 }, `${words} x: 1\n`],
    ])("%s", (_name, value, want) => expect(writeYAML(value)).toBe(want));
  });

  describe("collections: lists are not indented below a key", () => {
    test.each<[string, Json, string]>([
      ["empty", { a: {}, b: [], c: "" }, 'a: {}\nb: []\nc: ""\n'],
      ["root list", [1, [2, [3, { a: 1 }]], {}], "- 1\n- - 2\n  - - 3\n    - a: 1\n- {}\n"],
      ["list of maps", { a: [{ b: 1, c: [1] }, { b: [] }] }, "a:\n- b: 1\n  c:\n  - 1\n- b: []\n"],
      ["text in lists", { a: ["x\ny", "z"], b: [["x\ny"]] }, "a:\n- |-\n  x\n  y\n- z\nb:\n- - |-\n    x\n    y\n"],
    ])("%s", (_name, value, want) => expect(writeYAML(value)).toBe(want));
  });

  describe("keys: letters last, digits as numbers", () => {
    test.each<[string, Json, string]>([
      [
        "order",
        {
          "1": 1,
          "2": 1,
          "10": 1,
          b: 1,
          a: 1,
          A: 1,
          a10: 1,
          a2: 1,
          a02: 1,
          "a-b": 1,
          "a.b": 1,
          "\u00e9": 1,
          _: 1,
          "": 1,
        },
        '"": 1\n_: 1\n"1": 1\n"2": 1\n"10": 1\nA: 1\na: 1\na-b: 1\na.b: 1\na2: 1\na02: 1\na10: 1\nb: 1\n\u00e9: 1\n',
      ],
      ["other types", { "1": 2, yes: 1, null: 3, "a: b": 4 }, '"1": 2\n\'a: b\': 4\n"null": 3\n"yes": 1\n'],
      ["two lines", { "a\nb": [1], c: 1 }, "? |-\n  a\n  b\n: - 1\nc: 1\n"],
      ["128 bytes", { ["k".repeat(128)]: 1 }, `${"k".repeat(128)}: 1\n`],
      ["129 bytes", { ["k".repeat(129)]: { a: [1], b: 1 } }, `? ${"k".repeat(129)}\n: a:\n  - 1\n  b: 1\n`],
      ["130 bytes, a list", { ["\u00e9".repeat(65)]: [1] }, `? ${"\u00e9".repeat(65)}\n: - 1\n`],
    ])("%s", (_name, value, want) => expect(writeYAML(value)).toBe(want));
  });

  describe("what Go refuses too", () => {
    const cycle: Record<string, Json> = {};
    cycle["a"] = [cycle];

    test.each<[string, unknown, string]>([
      [
        "a control character that JSON leaves as it is",
        { a: ["x", "b\u007f"] },
        "a[1]: YAML does not allow the control character U+007F",
      ],
      ["U+FFFF", "\uffff", "YAML does not allow the control character U+FFFF"],
      [
        "a line break of YAML in a key",
        { a: { "b\u0085c": 1 } },
        "a.b\u0085c: YAML does not allow a line break (U+0085) in a key",
      ],
      [
        "a document marker after one",
        { a: "b\u0085--- c" },
        "a: a document marker follows a line break of YAML (U+0085)",
      ],
      [
        "a key that is too long once it is JSON",
        { ["<".repeat(171)]: 1 },
        `${"<".repeat(171)}: a key is longer than YAML allows`,
      ],
      ["NaN", { a: Number.NaN }, "a: NaN is not JSON"],
      ["undefined", [undefined], "[0]: a value of type undefined is not JSON"],
      ["a cycle", cycle, "lists and maps are nested deeper than 1000 levels"],
    ])("%s", (_name, value, want) => {
      expect(() => writeYAML(value as Json)).toThrow(want);
      expect(() => writeYAML(value as Json)).toThrow(/^cannot print YAML: /);
    });
  });

  test.each<[string, string]>([
    ["the longest key there may be", "k".repeat(1_022)],
    ["a lone surrogate, which becomes U+FFFD", "\ud800"],
    ["__proto__", "__proto__"],
  ])("prints %s", (_name, key) => {
    const printed = writeYAML(Object.fromEntries([[key, 1]]));
    expect(printed).toBe(key.length > 128 ? `? ${key}\n: 1\n` : `${key.replace("\ud800", "\ufffd")}: 1\n`);
  });

  test("letters that are younger than Go's tables are none to it", () => {
    const young = "\u{2ebf0}";
    expect(writeYAML({ a: 1, [young]: 2 })).toBe('"\\U0002EBF0": 2\na: 1\n');
    expect(writeYAML({ a: 1, "\u{4e00}": 2 })).toBe("a: 1\n\u{4e00}: 2\n");
  });
});
