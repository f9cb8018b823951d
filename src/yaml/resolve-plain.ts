import { isTimestamp } from "./timestamp.js";

/** What a plain scalar is that YAML 1.1 takes for a date or a time. Its value is its text. */
export const TIMESTAMP: unique symbol = Symbol("timestamp");

/** An integer is a `bigint` and a float a `number`, whatever its value. */
export type Resolved = null | boolean | bigint | number | string | typeof TIMESTAMP;

/**
 * What the text of a plain scalar stands for, as go-yaml v2 resolves it: the words of YAML 1.1; integers of up to 64 bits
 * in Go's notations; floats; and the text itself, if it is none of these. Base 60 is text.
 */
export function resolvePlain(text: string): Resolved {
  if (!MARKED.test(text)) return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.startsWith(".")) return floatAfterPoint(text) ?? text;
  if (!NUMERIC.test(text)) return text;
  if (isTimestamp(text)) return TIMESTAMP;
  const plain = text.replaceAll("_", "");
  return integer(plain) ?? float(plain) ?? signedBinary(plain) ?? text;
}

/** What begins otherwise is text: most scalars. */
const MARKED = /^(?:[-+.0-9yYnNtTfFoO~]|$)/;
const NUMERIC = /^[-+0-9]/;

const WORDS: ReadonlyMap<string, Resolved> = new Map<string, Resolved>([
  ...spellings(true, "y yes true on"),
  ...spellings(false, "n no false off"),
  ...spellings(null, "null"),
  ["", null],
  ["~", null],
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...["", "+"].flatMap((sign) => spellings(Number.POSITIVE_INFINITY, "inf", `${sign}.`)),
  ...spellings(Number.NEGATIVE_INFINITY, "inf", "-."),
]);

/** Each word in lower case, with a capital, and in capitals. */
function spellings(value: Resolved, words: string, prefix = ""): readonly (readonly [string, Resolved])[] {
  return words
    .split(" ")
    .flatMap((word) => [word, `${word.charAt(0).toUpperCase()}${word.slice(1)}`, word.toUpperCase()])
    .map((word) => [`${prefix}${word}`, value]);
}

const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

/** As strconv.ParseInt does in base 0, or else strconv.ParseUint, which takes no sign. */
function integer(text: string): bigint | undefined {
  if (DECIMAL.test(text)) return inRange(BigInt(text.replace("+", "")), text);
  const match = PREFIXED.exec(text);
  if (match === null) return undefined;
  const { sign = "", octal, other = "" } = match.groups ?? {};
  const magnitude = BigInt(octal === undefined ? other : `0o0${octal}`);
  return inRange(sign === "-" ? -magnitude : magnitude, text);
}

const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
const PREFIXED = /^(?<sign>[-+]?)(?:0(?<octal>[0-7]+)|(?<other>0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+))$/;

function inRange(value: bigint, text: string): bigint | undefined {
  const limit = /^[-+]/.test(text) ? MAX_INT64 : MAX_UINT64;
  return value >= MIN_INT64 && value <= limit ? value : undefined;
}

const MAX_INT64 = 2n ** 63n - 1n;

function float(text: string): number | undefined {
  return FLOAT.test(text) ? finite(text) : undefined;
}

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** As strconv.ParseFloat does: digits may be parted by underscores, if only by one at a time. */
function floatAfterPoint(text: string): number | undefined {
  return AFTER_POINT.test(text) ? finite(text.replaceAll("_", "")) : undefined;
}

const AFTER_POINT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;

/** A float beyond the range of float64 is text. */
function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** go-yaml v2 reads a sign after the prefix too. */
function signedBinary(text: string): bigint | undefined {
  const match = /^0b(?<sign>[-+])(?<digits>[01]+)$/.exec(text);
  if (match === null) return undefined;
  const magnitude = BigInt(`0b${match.groups?.["digits"]}`);
  return inRange(match.groups?.["sign"] === "-" ? -magnitude : magnitude, "+");
}
