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
  return /^\p{L}$/u.test(String.fromCodePoint(point));
}

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
  return [...(/^\p{Nd}+/u.exec(text.slice(at))?.[0] ?? "")];
}

/** Whether a text ends in a run of digits that are not all "0". */
function continuesNumber(text: string): boolean {
  return /[^0]/u.test(/\p{Nd}*$/u.exec(text)?.[0] ?? "");
}

/** Go's sum, which takes every digit for its distance from "0" and overflows. */
function asInt64(digits: readonly string[], within: boolean): bigint {
  const start = within ? 1n : 0n;
  const sum = digits.reduce((value, digit) => value * 10n + BigInt((digit.codePointAt(0) ?? 0) - 48), start);
  return BigInt.asIntN(64, sum);
}
