/**
 * The order in which go-yaml v2 prints the keys of a mapping: by their first difference, where letters come after all
 * else, and runs of digits count as numbers. To be given to `sort`. It is no order for some keys, such as "2v4", "6" and
 * "20-", which Go prints in any.
 */
export function compareKeys(a: string, b: string): number {
  const at = firstDifference(a, b);
  const x = a.codePointAt(at);
  const y = b.codePointAt(at);
  if (x === undefined || y === undefined) return a.length - b.length;
  const letter = isLetter(x);
  if (letter !== isLetter(y)) return letter ? 1 : -1;
  return letter ? x - y : compareDigits(a, b, at) || x - y;
}

function firstDifference(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  // Not between the halves of a surrogate pair, which are one character.
  return at > 0 && at < end && isHighSurrogate(a.charCodeAt(at - 1)) ? at - 1 : at;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLetter(point: number): boolean {
  if (point < 0x80) return (point >= 65 && point <= 90) || (point >= 97 && point <= 122);
  const character = String.fromCodePoint(point);
  return /^\p{L}$/u.test(character) && !LATER_LETTERS.test(character);
}

/** Letters of Unicode 15.1 to 17, which this Node may know and Go 1.26, at 15.0, does not. */
const LATER_LETTERS = new RegExp(
  `[${[
    String.raw`\u{88f}\u{c5c}\u{cdc}\u{1c89}-\u{1c8a}\u{a7cb}-\u{a7cf}\u{a7d2}\u{a7d4}\u{a7da}-\u{a7dc}`,
    String.raw`\u{a7f1}\u{105c0}-\u{105f3}\u{10940}-\u{10959}\u{10d4a}-\u{10d65}\u{10d6f}-\u{10d85}`,
    String.raw`\u{10ec2}-\u{10ec7}\u{11380}-\u{11389}\u{1138b}\u{1138e}\u{11390}-\u{113b5}\u{113b7}\u{113d1}`,
    String.raw`\u{113d3}\u{11bc0}-\u{11be0}\u{11db0}-\u{11ddb}\u{13460}-\u{143fa}\u{16100}-\u{1611d}`,
    String.raw`\u{16d40}-\u{16d6c}\u{16ea0}-\u{16eb8}\u{16ebb}-\u{16ed3}\u{16ff2}-\u{16ff3}\u{187f8}-\u{187ff}`,
    String.raw`\u{18cff}\u{18d09}-\u{18d1e}\u{18d80}-\u{18df2}\u{1e5d0}-\u{1e5ed}\u{1e5f0}\u{1e6c0}-\u{1e6de}`,
    String.raw`\u{1e6e0}-\u{1e6e2}\u{1e6e4}-\u{1e6e5}\u{1e6e7}-\u{1e6ed}\u{1e6f0}-\u{1e6f4}\u{1e6fe}-\u{1e6ff}`,
    String.raw`\u{2b73a}-\u{2b73f}\u{2cea2}-\u{2cead}\u{2ebf0}-\u{2ee5d}\u{323b0}-\u{33479}`,
  ].join("")}]`,
  "u",
);

/** Compares the numbers that begin at the first difference, and then how long they are written. */
function compareDigits(a: string, b: string, at: number): number {
  const x = digitsFrom(a, at);
  const y = digitsFrom(b, at);
  // A zero counts as what it is within a longer number only if a digit before the difference says so.
  const within = (x[0] === "0" || y[0] === "0") && continuesNumber(a.slice(0, at));
  const left = asInt64(x, within);
  const right = asInt64(y, within);
  if (left !== right) return left < right ? -1 : 1;
  return x.length - y.length;
}

/** The characters of the run of digits, of any script, that begins there. */
function digitsFrom(text: string, at: number): readonly string[] {
  return [...(DIGITS_AHEAD.exec(text.slice(at))?.[0] ?? "")];
}

/** Whether a text ends in a run of digits that are not all "0". */
function continuesNumber(text: string): boolean {
  return /[^0]/u.test(DIGITS_BEHIND.exec(text)?.[0] ?? "");
}

/** A digit of any script, but for those that are younger than Go's tables, as above. */
const DIGIT = String.raw`(?![\u{10d40}-\u{10d49}\u{116d0}-\u{116e3}\u{11bf0}-\u{11bf9}\u{11de0}-\u{11de9}\u{16130}-\u{16139}\u{16d70}-\u{16d79}\u{1ccf0}-\u{1ccf9}\u{1e5f1}-\u{1e5fa}])\p{Nd}`;

const DIGITS_AHEAD = new RegExp(`^(?:${DIGIT})+`, "u");
const DIGITS_BEHIND = new RegExp(`(?:${DIGIT})*$`, "u");

/** Go's sum, which takes every digit for its distance from "0" and overflows. */
function asInt64(digits: readonly string[], within: boolean): bigint {
  const start = within ? 1n : 0n;
  const sum = digits.reduce((value, digit) => value * 10n + BigInt((digit.codePointAt(0) ?? 0) - 48), start);
  return BigInt.asIntN(64, sum);
}
