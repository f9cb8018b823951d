import { CONFIG_MAP, PIPELINE } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

const head = "apiVersion: example.org/v1\nkind: XThing\nmetadata:\n  name: thing\n";

/** A case of what stands under spec in the XR, sent to a function and printed. */
const spec = (reason: string, lines: string, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  xr: `${head}spec:\n${lines.trim().replace(/^/gm, "  ")}\n`,
  pipeline: [{ script: { echo: "echo" } }],
  flags: ["-x"],
  ...rest,
});

const each = (values: readonly string[], as = (value: string) => value) =>
  values.map((value, i) => `v${String(i).padStart(3, "0")}: ${as(value)}`).join("\n");

const NUMBERS = [
  ..."0 -0 +0 1 -1 +1 012 0o12 -012 089 0x1F 0X1f -0x1f 0b101 0B101 1_000 1_ 0x_1 1e3 1E3 1e+3 1e-3 -1e3 1e400".split(
    " ",
  ),
  ..."1.0 -1.0 -0.0 0.0 .5 -.5 5. +.5 1. 1.50 1e0 1.e3 .1e1 100000000000000000000 12345678901234567890".split(" "),
  ..."9007199254740991 9007199254740992 9007199254740993 -9007199254740993 9223372036854775807".split(" "),
  ..."9223372036854775808 -9223372036854775808 -9223372036854775809 18446744073709551615 18446744073709551616".split(
    " ",
  ),
  ..."0.1 0.30000000000000004 1.7976931348623157e308 5e-324 1e21 1e20 123456789.125 1e-7 0.000001 3.0e2".split(" "),
  ..."1:30 190:20:30 1:30.5 0777777777777777777777 1__0 _1 1_0.5 685_230.15 0x 0b2 1e 1e+ e3 1.2.3 +-1 --1".split(" "),
];

const WORDS = [
  ..."yes Yes YES no No NO on On ON off Off OFF y Y n N true True TRUE tRUE false False FALSE".split(" "),
  ..."null Null NULL nUll ~ ~~ .inf -.inf .Inf .INF +.inf .nan .NaN .NAN nan inf = << -".split(" ").slice(0, 14),
  ..."2024-01-01 2024-1-1 2024-01-01T00:00:00Z 2024-01-01T00:00:00+01:00 2024-13-01".split(" "),
  "2024-01-01 00:00:00",
  "2001-12-14t21:59:43.10-05:00",
];

/** What YAML makes of values, and what becomes of them on the way. */
export const yamlValues: RenderCases = {
  numbers: spec("with every sign, base and exponent", each(NUMBERS.filter((number) => number !== "1e400"))),
  "numbers in quotes": spec(
    "they are texts",
    each(NUMBERS, (number) => `"${number}"`),
  ),
  "numbers in single quotes": spec(
    "they are texts",
    each(NUMBERS, (number) => `'${number}'`),
  ),
  "a number that is too large": spec("there is no such number", "a: 1e400"),
  words: spec("truth, nothing and time, as YAML 1.1 has them", each(WORDS.filter((word) => !/nan|inf/i.test(word)))),
  "words in quotes": spec(
    "they are texts",
    each(WORDS, (word) => `"${word}"`),
  ),
  infinity: { ...spec("JSON has none", "a: .inf"), code: 1, says: /xr\.yaml/ },
  "not a number": { ...spec("JSON has none", "a: .nan"), code: 1, says: /xr\.yaml/ },
  "numbers as keys": spec("keys are texts", '1: a\n1.5: b\n012: c\n1e3: d\n"2": e\n0x1F: f\n-1: g'),
  "words as keys": spec("keys are texts", 'yes: a\nno: b\n"on": c\n~x: d\n2024-01-01: e\n"": f'),
  "null as a key": { ...spec("a key is a text", "~: a"), code: 1, says: /xr\.yaml/ },
  "a map as a key": { ...spec("a key is a text", "? {a: 1}\n: b"), code: 1, says: /xr\.yaml/ },
  "a list as a key": { ...spec("a key is a text", "? [a]\n: b"), code: 1, says: /xr\.yaml/ },
  anchors: spec("written out", "a: &x\n  b: 1\nc: *x\nd: [*x, *x]\ne: &y text\nf: *y"),
  "merge keys": spec(
    "one's own keys count",
    "base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\none:\n  <<: *base\n  b: own\ntwo:\n  <<: [*base, *more]\nlate:\n  a: own\n  <<: *base",
  ),
  "a merge key in quotes": spec("it is a key", 'base: &base {a: 1}\none:\n  "<<": *base'),
  "a merge of a text": { ...spec("it is no map", "one:\n  <<: text"), code: 1, says: /xr\.yaml/ },
  "an anchor that is not there": { ...spec("it is unknown", "a: *none"), code: 1, says: /xr\.yaml/ },
  "an anchor within itself": { ...spec("it never ends", "a: &a [*a]"), code: 1, says: /xr\.yaml/ },
  tags: spec(
    "they say the type",
    'a: !!str 12\nb: !!int "12"\nc: !!float 3\nd: !!bool yes\ne: !!null ""\nf: !!binary aGVsbG8=\ng: !!str yes\nh: !own text\ni: !!map {}\nj: !!seq []',
  ),
  "a tag that does not fit": { ...spec("it is no number", "a: !!int text"), code: 1, says: /xr\.yaml/ },
  "a binary tag with bytes": spec("bytes that are no text", "a: !!binary /w=="),
  "block texts": spec(
    "with every way of ending",
    "a: |\n  one\n  two\nb: |-\n  one\nc: |+\n  one\n\nd: >\n  one\n  two\n\n  three\ne: >-\n  one\n    deeper\n  two\nf: |2\n    indented\ng: |\n  tab\tand trailing  \nh: |\n\n  after an empty line",
  ),
  "plain texts over lines": spec("folded", "a: one\n  two\n\n  three\nb: 'it''s\n  here'\nc: \"a\\\n  b \\\n  c\""),
  escapes: spec("all of them", String.raw`a: "\0\a\b\t\n\v\f\r\e\"\\\N\_\L\P\x41\u00e9\U0001F600"`),
  "an escaped slash": { ...spec("JSON has it, YAML 1.1 does not", String.raw`a: "\/"`), code: 1, says: /xr\.yaml/ },
  "an escape that is none": { ...spec("it is unknown", String.raw`a: "\q"`), code: 1, says: /xr\.yaml/ },
  "a lone surrogate": { ...spec("no character", String.raw`a: "\ud800"`), code: 1, says: /xr\.yaml/ },
  flow: spec(
    "maps and lists in a line",
    'a: {b: [1, {c: d}, ], e, f: , "g":1}\nh: [a: b, c]\ni: [,]'.split("\ni:")[0] ?? "",
  ),
  comments: spec("they are lost", "# one\na: 1 # two\nb: a#b # three\nc: 'a # b'"),
  "colons and dashes in plain texts": spec(
    "as YAML reads them",
    "a: b:c\nc: http://x:80/?y#z\nd: -x\ne: ?x\nf: :x\ng: a -b",
  ),
  "a colon too many": { ...spec("it begins a map", "a: b: c"), code: 1, says: /xr\.yaml/ },
  "a question mark": spec("an explicit key", "? a\n: 1\n? b"),
  "a list that is not indented": spec("as people write it", "a:\n- 1\n- - 2\n  - 3\n- b: 1\n  c: 2"),
  "a document as a value": { ...spec("no YAML", "a: --- b: 1"), code: 1, says: /xr\.yaml/ },
  "deep nesting": spec("two hundred lists", `a: ${"[".repeat(200)}${"]".repeat(200)}`),
  "an int that a function sends": {
    reason: "every number of a message is a float",
    pipeline: [
      {
        input: {
          apiVersion: "v1",
          kind: "Script",
          resources: {
            numbers: {
              manifest: {
                ...CONFIG_MAP,
                numbers: [
                  0, 1, -1, 1.5, 1e3, 1e6, 1e15, 9007199254740991, -9007199254740991, 1e-6, 1e-7, 0.1, 0.000001234,
                  5e-324, 100000, 1234567, 12345678.5, 0.30000000000000004,
                ],
              },
            },
          },
        },
      },
    ],
  },
  "numbers of an input that are written otherwise": {
    reason: "as the Composition's YAML has them",
    composition: `${JSON.stringify({
      apiVersion: "apiextensions.crossplane.io/v1",
      kind: "Composition",
      metadata: { name: "things" },
    }).slice(
      0,
      -1,
    )}, "spec": {"compositeTypeRef": {"apiVersion": "example.org/v1", "kind": "XThing"}, "mode": "Pipeline", "pipeline": [{"step": "s", "functionRef": {"name": "function-one"}, "input": {"apiVersion": "v1", "kind": "Script", "echo": "echo", "note": {"numbers": [1.0, -0, -0.0, 1e3, 12345678901234567890, 9007199254740993, 0x10, 010, 1_0, .5]}}}]}}\n`,
  },
  "numbers in an XR that is paused": {
    reason: "every number of a message is a float",
    xr: `${head.replace("thing\n", 'thing\n  annotations: {"crossplane.io/paused": "true"}\n')}spec:\n${each(NUMBERS.filter((number) => number !== "1e400")).replace(/^/gm, "  ")}\n`,
  },
  "an input of every kind of value": {
    reason: "through JSON and the message",
    pipeline: [
      ...PIPELINE,
      {
        script: {
          echo: "echo",
          context: { a: null, b: [], c: {}, d: "", e: false, f: [null, [{}]], "": "empty key", é: "ü", "a.b/c": 1 },
        },
      },
    ],
    flags: ["-c"],
  },
};
