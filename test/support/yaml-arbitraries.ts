import fc from "fast-check";

/** Values and texts that are hard on whoever prints or reads YAML. */

const words = [
  "",
  ..."y n yes No ON off true False null ~ Null .nan .inf -.INF +.inf << = - -- --- ... ? : :: ! & * | > % @ `".split(
    " ",
  ),
  ..."0 1 -1 +1 007 017 08 0o17 0x1F 0b11 0b-1 -0b1 1_000 1__0 _1 1. .5 .5_0 1e3 1e400 -0 0.0 1:30 190:20:30 1:60".split(
    " ",
  ),
  ..."2024-01-01 2024-1-1T1:2:3Z 2023-02-29 2024-02-29T24:00:00Z 9223372036854775808 18446744073709551616".split(" "),
  "2024-01-01 10:00:00",
  "2024-01-01 10:00:00,5",
  "2024-01-01T10:00:00.5+25:00",
  "2024-01-01t10:00:00+01:00",
  "arn:aws:s3:::bucket/*",
  "a: b",
  "a #b",
  "- a",
  "key:",
  "'",
  '"',
  "''",
  "__proto__",
];

const characters = [
  ..." \n\t:-?,[]{}#&*!|>'\"%@`\\/<=.~^$_()+;09azAZéß中 ",
  ..."\r\u0085\u2028\u2029\ufeff\u0000\u0007\u001b\u00a0\u00ad\ufffd\ud7ff\ue000",
  "😀",
  "\u{10ffff}",
  "٣",
  "  ",
  "\n\n",
  "\n ",
  " \n",
];

/** What no YAML may have in it. */
const refused = [..."\u007f\u0080\u009f\ufffe\uffff"];

const plainCharacters = [..." \n:-#'\"ab0, "];
const numeric = [..."0123456789._-+eExobTtZ: ,"];

const word = fc.oneof(fc.constantFrom(...words), fc.stringMatching(/^[a-zA-Z0-9:/.-]{1,12}$/));
const sentence = fc
  .array(fc.tuple(word, fc.constantFrom(" ", " ", " ", " ", "  ", "\n", "\t", "")), { maxLength: 60 })
  .map((parts) => parts.flat().join(""));

/** Any string, more of those that need care. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: word },
  { weight: 9, arbitrary: textOf(characters) },
  { weight: 9, arbitrary: textOf(plainCharacters) },
  { weight: 9, arbitrary: textOf(numeric) },
  { weight: 9, arbitrary: sentence },
  { weight: 9, arbitrary: fc.tuple(sentence, textOf(characters), sentence).map((parts) => parts.join("")) },
  { weight: 9, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 8 }) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.oneof(fc.integer({ min: 1, max: 0x52f }), fc.integer({ min: 0x1f600, max: 0x1f64f })), { maxLength: 5 })
      .map((points) => String.fromCodePoint(...points)),
  },
  { weight: 1, arbitrary: textOf([...characters, ...refused]) },
);

function textOf(units: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...units), { maxLength: 12 }).map((parts) => parts.join(""));
}

const anyKey = fc.oneof(
  { weight: 30, arbitrary: fc.stringMatching(/^[a-zA-Z0-9._/-]{0,6}$/) },
  { weight: 8, arbitrary: anyText },
  { weight: 1, arbitrary: fc.string({ minLength: 126, maxLength: 130, unit: fc.constantFrom("a", " ", "b") }) },
  { weight: 1, arbitrary: fc.string({ minLength: 1_010, maxLength: 1_025, unit: fc.constantFrom("a", " ", "b") }) },
);

const anyNumber: fc.Arbitrary<number | bigint> = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e8, max: 1e8 }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 64),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0, -0, 2 ** 53, 1e15, 1e16, 1e18, 1e19, 1e20, 1e21, 1.5e-7, 1e-4, 1e-5, 123456.5, 1234567.5, 2 ** 63),
);

/** Any value of JSON. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: "small" },
    { weight: 6, arbitrary: anyText },
    { weight: 2, arbitrary: fc.oneof(anyNumber, fc.boolean(), fc.constant(null)) },
    { weight: 4, arbitrary: fc.dictionary(anyKey, tie("value"), { maxKeys: 6 }) },
    { weight: 4, arbitrary: fc.array(tie("value"), { maxLength: 4 }) },
  ),
})).value;

const scalars = [
  ...words.filter((text) => text !== ""),
  ..."a b c foo 'it''s' \"d\\tq\" \"\\x41\\u00e9\" '' \"\" *a *b &a &b !!str !!int !!float !!binary !t ! !!null".split(
    " ",
  ),
  "two words",
  "'single: quoted'",
  '"double # quoted"',
  "http://a/b?c=d",
  "aGVsbG8=",
  "!!str 1",
  "!!int 0x1F",
  "!!float 1",
  "!!bool yes",
  "!!binary aGk=",
  "&a 1",
  "&b {x: 1}",
];
const blockStarts = [
  "a: ",
  "b: ",
  "- ",
  "- - ",
  "? ",
  ": ",
  "<<: ",
  "'q': ",
  '"r": ',
  "1: ",
  "yes: ",
  "1.5: ",
  "~: ",
  "- a: ",
  "&a ",
  "!!map ",
];
const flow = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ", ",
  ": ",
  ":",
  "a",
  "1",
  "'s'",
  '"d"',
  " ",
  "? ",
  "*a",
  "&a ",
  "<<: ",
  "\n",
  "\n  ",
  "# c\n",
];
const lineEnds = ["", "", "", " ", " # c", "#c", "\t", ":", " |", " |-", " >", " >+", " |2", " >-2"];
const oddLines = [
  "",
  "",
  "# comment",
  "  # comment",
  "---",
  "...",
  "--- a",
  "%YAML 1.1",
  "%TAG ! tag:x,2000:",
  "\t",
  " \t",
  "--- # c",
  "\ufeff",
];

const flowText = fc.array(fc.constantFrom(...flow), { maxLength: 12 }).map((parts) => parts.join(""));
const line = fc
  .tuple(
    fc.constantFrom("", "", "", "", "  ", "  ", "  ", "    ", " ", "   ", "      ", "\t"),
    fc.array(fc.constantFrom(...blockStarts), { maxLength: 2 }),
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom("", ...scalars) }, { weight: 1, arbitrary: flowText }),
    fc.constantFrom(...lineEnds),
  )
  .map(([indent, starts, scalar, end]) => `${indent}${starts.join("")}${scalar}${end}`);
export const anyLines: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 8, arbitrary: line }, { weight: 1, arbitrary: fc.constantFrom(...oddLines) }), {
    maxLength: 8,
  })
  .chain((all) => fc.constantFrom("\n", "\n", "\n", "\r\n", "\r").map((lineBreak) => all.join(lineBreak)));

/** A node as text: what can follow "key: " or "- ", given the indentation of the block that it stands in. */
type Written = (indent: number) => string;

const flowScalar = fc.constantFrom(
  ...words.filter((text) => /^[A-Za-z0-9_.+-]+$/.test(text) && !/^(?:-+|\.+|[-+]?\.(?:inf|nan|INF))$/.test(text)),
  ..."a b c 'it''s' \"d\\tq\" \"\\x41\\u00e9\" '' \"\" http://a/b 1:30 a:b".split(" "),
  "two words",
  "'single: quoted'",
  '"double # quoted"',
  "'a  b'",
  "!!str 1",
  "!!int '0x1F'",
  "!!float 1",
  "!!binary aGk=",
  "!local x",
  "! 1",
);

const flowKey = fc.constantFrom(..."a b c 'q' \"r\" 1 yes 1.5 0x10".split(" "), "!!str 7", "two words");

const flowNode: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 3, arbitrary: flowScalar },
    { weight: 1, arbitrary: flowSequence(tie("node")) },
    { weight: 1, arbitrary: flowMapping(tie("node")) },
  ),
})).node;

function flowSequence(node: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(node, { maxLength: 3 }),
      fc.constantFrom(
        ", ",
        ",",
        " , ",
        ",\n                                        ",
        ", # c\n                                        ",
      ),
      fc.constantFrom("", "", ","),
    )
    .map(([items, comma, last]) => `[${items.join(comma)}${items.length > 0 ? last : ""}]`);
}

function flowMapping(node: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(
        fc.tuple(flowKey, fc.constantFrom(": ", ": ", ":\n                                        ", " : "), node),
        { maxLength: 3 },
      ),
      fc.constantFrom(", ", " ,\n                                        "),
    )
    .map(([entries, comma]) => `{${entries.map((entry) => entry.join("")).join(comma)}}`);
}

const blockText = fc
  .tuple(
    fc.constantFrom("|", ">", "|-", ">-", "|+", ">+", "|2", ">2-", "| # c", "|+2"),
    fc.array(
      fc.constantFrom("text", "two words", "", "", "  more", "# no comment", "a: b", "---", "- x", "end ", "t\tt"),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(
    ([header, content]): Written =>
      (indent) => {
        const pad = " ".repeat(indent + 2);
        return `${header}\n${content.map((text) => (text === "" ? "" : pad + text)).join("\n")}`;
      },
  );

const foldedText = fc
  .tuple(
    fc.constantFrom("", "'", '"'),
    fc.array(fc.constantFrom("text", "two words", "", "a-b", "x", "\ty"), { maxLength: 3 }),
    fc.constantFrom("end", "the end"),
  )
  .map(
    ([quote, content, last]): Written =>
      (indent) => {
        const pad = " ".repeat(indent + 2);
        return `${quote}start\n${[...content, last].map((text) => (text === "" ? "" : pad + text)).join("\n")}${quote}`;
      },
  );

const key = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(..."a b c d apiVersion kind 1 0x10 yes 1.5 'q' \"r\" 2024-01-01 a.b/c a:b <".split(" ")),
  },
  { weight: 1, arbitrary: fc.constantFrom("two words", "!!str 5", "&k k") },
);

const merge = fc
  .constantFrom("{x: 1, a: 2}", "{b: 3}", "[{c: *a}, {a: 3}]", "*a", "[{a: 1, b: 2}, {a: 2}]")
  .map((text): readonly [string, string, Written] => ["<<", ":", () => text]);

const lineEnd = fc.constantFrom("", "", "", "", " ", " # comment", "\n", "\n# comment", "\n    # comment", "\n\n");
const properties = fc.constantFrom("", "", "", "", "", "", "&b ", "!!map ", "! ", "!x ");

const blockNode: fc.Arbitrary<Written> = fc.letrec<{ node: Written }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    {
      weight: 4,
      arbitrary: fc.tuple(flowNode, lineEnd).map(
        ([text, end]) =>
          () =>
            text + end,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Written>(
        () => "",
        () => "*a",
        () => "*b",
        () => "&a {x: 1}",
        () => "&b x",
        () => " # c",
      ),
    },
    { weight: 1, arbitrary: blockText },
    { weight: 1, arbitrary: foldedText },
    { weight: 3, arbitrary: mapping(tie("node")) },
    { weight: 2, arbitrary: sequence(tie("node")) },
  ),
})).node;

function mapping(node: fc.Arbitrary<Written>): fc.Arbitrary<Written> {
  const own = fc.tuple(key, fc.constantFrom(":", ":", ":", " :"), node);
  const entry = fc.oneof({ weight: 9, arbitrary: own }, { weight: 1, arbitrary: merge });
  const entries = fc.array(entry, { minLength: 1, maxLength: 4 });
  return fc.tuple(entries, fc.constantFrom(1, 2, 2, 2, 4), properties).map(([all, step, property]) => (indent) => {
    const inner = Math.max(indent + step, 0);
    const pad = " ".repeat(inner);
    return `${property}\n${all.map(([name, colon, value]) => `${pad}${name}${colon}${spaced(value(inner))}`).join("\n")}`;
  });
}

function sequence(node: fc.Arbitrary<Written>): fc.Arbitrary<Written> {
  const items = fc.array(node, { minLength: 1, maxLength: 4 });
  return fc.tuple(items, fc.constantFrom(0, 2, 2, 1), properties).map(([all, step, property]) => (indent) => {
    const inner = Math.max(indent + step, 0);
    const pad = " ".repeat(inner);
    return `${property}\n${all.map((item) => `${pad}-${spaced(compact(item(inner), inner))}`).join("\n")}`;
  });
}

function spaced(text: string): string {
  return text === "" || text.startsWith("\n") ? text : ` ${text}`;
}

/** Puts a map that is indented by 2 in the line of its "-". */
function compact(text: string, indent: number): string {
  const start = `\n${" ".repeat(indent + 2)}`;
  return text.startsWith(start) && text[start.length] !== " " ? text.slice(start.length) : text;
}

/** Texts as people write them, if with all that YAML has. */
export const anyManifest: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "", "---\n", "# c\n", "--- # c\n", "%YAML 1.1\n---\n", "\ufeff", "\n\n"),
    fc.oneof(mapping(blockNode), sequence(blockNode)),
    fc.constantFrom("", "\n", "\n", "\n", "\n---\nb: [\n", "\n...\n", "\n# end"),
    fc.constantFrom("\n", "\n", "\n", "\r\n"),
  )
  .map(([start, node, end, lineBreak]) =>
    withAnchors(`${start}${node(-2).replace(/^\n/, "")}${end}`).replaceAll("\n", lineBreak),
  );

/** Leaves out the aliases that nothing before them has the name of. */
function withAnchors(text: string): string {
  return text.replace(/\*([ab])\b/g, (alias, name: string, at: number) =>
    text.slice(0, at).includes(`&${name} `) ? alias : "x",
  );
}
