import { foldRun } from "./fold-lines.js";
import { type Fail } from "./yaml-error.js";

/** What stands between double quotes, with the escapes that go-yaml v2 knows: those of YAML 1.1, and "\'". */
export function doubleQuotedText(inside: string, fail: Fail): string {
  return inside.replace(PART, (part, ...rest) => {
    const at = rest.at(-2) as number;
    if (!part.startsWith("\\")) return foldRun(part);
    if (ESCAPED_BREAK.test(part)) return part.slice(2).replace(/[ \t]/g, "");
    const character = unescaped(part.slice(1));
    if (character === undefined) throw fail(at, "YAML 1.1 has no such escape");
    return character;
  });
}

const PART =
  /\\[\n\u2028\u2029][ \t\n\u2028\u2029]*|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])|[ \t]*[\n\u2028\u2029][ \t\n\u2028\u2029]*/gu;
const ESCAPED_BREAK = /^\\[\n\u2028\u2029]/;

/** @returns undefined for what is no escape, and for a code point that is none or half of one */
function unescaped(escaped: string): string | undefined {
  if (escaped.length === 1) return SINGLE.get(escaped);
  const point = Number.parseInt(escaped.slice(1), 16);
  const half = point >= 0xd800 && point <= 0xdfff;
  return half || point > 0x10ffff || Number.isNaN(point) ? undefined : String.fromCodePoint(point);
}

const SINGLE: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  [" ", " "],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["N", "\x85"],
  ["_", "\xa0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);
