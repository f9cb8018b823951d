import { describe, expect, test } from "vitest";
import { portable } from "./pattern.js";
import { re2 } from "./re2.js";
import { string } from "./scalars.js";

/** What no linter lets stand as a literal. */
const made = (source: string) => new RegExp(source);

describe("a pattern for a schema", () => {
  test.each<readonly [RegExp, string]>([
    [/^[a-z]{2}(-[a-z]+)+-[0-9]$/, "^[a-z]{2}(-[a-z]+)+-[0-9]$"],
    [/^arn:aws:kms:[^/]+:key\/.+$/, "^arn:aws:kms:[^/]+:key/.+$"],
    [/^\p{L}+$/u, "^\\p{L}+$"],
    [/^[\w.-]+\\\/$/, "^[\\w.-]+\\\\/$"],
  ])("%s becomes %s", (expression, pattern) => {
    expect(portable(expression)).toBe(pattern);
  });

  test.each([
    ["^a$", 'pattern must be a RegExp such as /^a$/, not "^a$"'],
    [1, "pattern must be a RegExp such as /^a$/, not 1"],
  ])("cannot be %j", (pattern, error) => {
    expect(() => portable(pattern as unknown as RegExp)).toThrow(error);
    expect(() => string({ pattern: pattern as unknown as RegExp })).toThrow(error);
  });

  const refused: Readonly<Record<string, { readonly pattern: RegExp; readonly error: RegExp }>> = {
    "look ahead": { pattern: /a(?=b)/, error: /RE2, which refuses/ },
    "negative look ahead": { pattern: /a(?!b)/, error: /RE2, which refuses/ },
    "look behind": { pattern: /(?<=a)b/, error: /RE2, which refuses/ },
    "negative look behind": { pattern: /(?<!a)b/, error: /RE2, which refuses/ },
    "a back-reference": { pattern: /(a)\1/, error: /RE2, which refuses/ },
    "an octal escape": { pattern: made("\\101"), error: /spell it/ },
    "a named group": { pattern: /(?<year>\d+)/, error: /leave the name out/ },
    "a reference to a named group": { pattern: made("(?:a)\\k"), error: /RE2, which refuses/ },
    "a unicode escape": { pattern: /\u00e9/, error: /RE2, which refuses/ },
    "a control escape": { pattern: /\cA/, error: /RE2, which refuses/ },
    "an empty class": { pattern: made("[]"), error: /escape it/ },
    "anything as an empty class": { pattern: made("a[^]"), error: /escape it/ },
    "what looks like a POSIX class": { pattern: /[[:alpha:]]/, error: /escape the inner/ },
    "a property that only newer releases know": { pattern: /\p{Letter}/u, error: /not every Kubernetes knows/ },
    "a property that RE2 does not know": { pattern: /\p{Emoji}/u, error: /not every Kubernetes knows/ },
    "a repetition that is too long": { pattern: /a{1001}/, error: /RE2, which refuses/ },
    "the flag m": { pattern: /^a$/m, error: /cannot use the flags m/ },
  };
  test.each(Object.entries(refused))("refuses %s", (_, { pattern, error }) => {
    expect(() => portable(pattern)).toThrow(error);
  });
});

describe("RE2", () => {
  const cases: readonly {
    readonly pattern: string;
    readonly yes: readonly string[];
    readonly no: readonly string[];
  }[] = [
    { pattern: "b", yes: ["abc"], no: ["ac"] },
    { pattern: "^.$", yes: ["a", "😀", "\r", "\u2028"], no: ["", "\n", "ab"] },
    { pattern: "^a$", yes: ["a"], no: ["a\n"] },
    { pattern: "^\\s$", yes: [" ", "\t", "\n"], no: ["\u00a0", "\v"] },
    { pattern: "^[\\S]$", yes: ["a", "\u00a0"], no: [" "] },
    { pattern: "^\\w$", yes: ["a", "_", "0"], no: ["é"] },
    { pattern: "^([^*/]+/)+$", yes: ["a/", "a/b/"], no: ["a", "/"] },
    { pattern: "^[^\\W\\d]$", yes: ["a", "_"], no: ["1", "-"] },
    { pattern: "^[^a]$", yes: ["b", "\n"], no: ["a"] },
    { pattern: "^[]a]$", yes: ["]", "a"], no: ["b"] },
    { pattern: "^[a-c&&b]$", yes: ["&", "c"], no: ["d"] },
    { pattern: "a{,2}", yes: ["a{,2}"], no: ["aa"] },
    { pattern: "^\\p{Greek}\\pN$", yes: ["Ω1"], no: ["a1"] },
    { pattern: "(?i)^eu$", yes: ["EU"], no: ["US"] },
    { pattern: "(?m)^b$", yes: ["a\nb"], no: ["a\rb"] },
    { pattern: "(?s)^a.b$", yes: ["a\nb"], no: ["ab"] },
    { pattern: "^[[:alpha:]]+$", yes: ["ab"], no: ["a1"] },
    { pattern: "^\\Qa.b\\E$", yes: ["a.b"], no: ["axb"] },
    { pattern: "^(?P<n>a)(?<m>b)$", yes: ["ab"], no: ["a"] },
    { pattern: "^a(?i)b$", yes: ["aB"], no: ["AB"] },
    { pattern: "^\\x{1F600}\\x61\\101$", yes: ["😀aA"], no: ["aA"] },
  ];
  test.each(cases)("$pattern", ({ pattern, yes, no }) => {
    expect(yes.filter((text) => !re2(pattern).test(text))).toEqual([]);
    expect(no.filter((text) => re2(pattern).test(text))).toEqual([]);
  });

  test.each([
    "a**",
    "a++",
    "a{2}{3}",
    "*a",
    "{2}",
    "a{2,1}",
    "(a{100}){11}",
    "(",
    ")",
    "[a",
    "[b-a]",
    "[a-\\d]",
    "\\",
    "\\8",
  ])("refuses %s", (pattern) => {
    expect(() => re2(pattern)).toThrow(/^Kubernetes matches with RE2, which refuses /);
  });
});
