/** What a rule does wrong, so that the API server refuses the object: an index beyond a text, say. */
export class RuleError extends Error {}

type Handler = (...args: never[]) => unknown;

/**
 * The functions of texts, by their signatures, as Kubernetes has them (cel-go's ext.Strings and common/types): they count
 * code points. Each has the prefix `go_`, since the evaluator has functions of these names that differ.
 */
export const TEXT_FUNCTIONS: Readonly<Record<string, Handler>> = {
  "string.go_charAt(int): string": (text: string, index: bigint) => charAt(text, index),
  "string.go_indexOf(string): int": (text: string, part: string) => indexOf(text, part, 0n),
  "string.go_indexOf(string, int): int": indexOf,
  "string.go_lastIndexOf(string): int": (text: string, part: string) =>
    lastIndexOf(text, part, BigInt([...text].length - (part === "" ? 0 : 1))),
  "string.go_lastIndexOf(string, int): int": lastIndexOf,
  "string.go_lowerAscii(): string": (text: string) => text.replace(/[A-Z]+/g, (part) => part.toLowerCase()),
  "string.go_upperAscii(): string": (text: string) => text.replace(/[a-z]+/g, (part) => part.toUpperCase()),
  "string.go_split(string): list<string>": (text: string, by: string) => split(text, by, -1n),
  "string.go_split(string, int): list<string>": split,
  "string.go_substring(int): string": (text: string, start: bigint) => substring(text, start),
  "string.go_substring(int, int): string": substring,
  "string.go_trim(): string": (text: string) => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, ""),
  "go_string(string): string": (text: string) => text,
  "go_string(bool): string": String,
  "go_string(int): string": String,
  "go_string(uint): string": String,
  "go_string(bytes): string": utf8,
  "go_string(double): string": printed,
};

function charAt(text: string, index: bigint): string {
  const characters = [...text];
  return characters[inRange(index, characters.length)] ?? "";
}

function indexOf(text: string, part: string, offset: bigint): bigint {
  if (part === "") return offset;
  const characters = [...text];
  const from = inRange(offset, Number.POSITIVE_INFINITY);
  const wanted = [...part];
  for (let at = from; at + wanted.length <= characters.length; at++)
    if (isAt(characters, wanted, at)) return BigInt(at);
  return -1n;
}

function lastIndexOf(text: string, part: string, offset: bigint): bigint {
  if (part === "") return offset;
  const characters = [...text];
  const wanted = [...part];
  if (characters.length < wanted.length && offset === BigInt(characters.length - 1)) return -1n;
  const from = inRange(offset, Number.POSITIVE_INFINITY);
  if (from >= characters.length) return -1n;
  for (let at = Math.min(from, characters.length - wanted.length); at >= 0; at--)
    if (isAt(characters, wanted, at)) return BigInt(at);
  return -1n;
}

function isAt(characters: readonly string[], wanted: readonly string[], at: number): boolean {
  return wanted.every((character, index) => characters[at + index] === character);
}

/** As Go's strings.SplitN does: no limit where it is negative. */
function split(text: string, by: string, limit: bigint): readonly string[] {
  if (limit === 0n) return [];
  const parts = by === "" ? [...text] : text.split(by);
  const most = Number(limit);
  if (most < 0 || parts.length <= most) return parts;
  return [...parts.slice(0, most - 1), parts.slice(most - 1).join(by)];
}

function substring(text: string, start: bigint, end?: bigint): string {
  const characters = [...text];
  if (end !== undefined && start > end) throw new RuleError(`invalid substring range. start: ${start}, end: ${end}`);
  const from = inRange(start, characters.length);
  return characters.slice(from, end === undefined ? undefined : inRange(end, characters.length)).join("");
}

function inRange(index: bigint, length: number): number {
  if (index < 0n || Number(index) > length) throw new RuleError(`index out of range: ${index}`);
  return Number(index);
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new RuleError("invalid UTF-8 in bytes, cannot convert to string");
  }
}

/** As Go's %g: as few digits as it takes, with an exponent of two digits or more below 1e-4 and from 1e6 on. */
function printed(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : `${value > 0 ? "+" : "-"}Inf`;
  if (Object.is(value, -0)) return "-0";
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const size = Number(exponent);
  // Between these, JavaScript writes no exponent either.
  if (size >= -4 && size < 6) return String(value);
  return `${mantissa}e${size < 0 ? "-" : "+"}${String(Math.abs(size)).padStart(2, "0")}`;
}
