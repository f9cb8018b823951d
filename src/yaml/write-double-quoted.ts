import { type Output } from "./output.js";
import { type TextOptions } from "./text-options.js";
import { WIDTH } from "./write-folding.js";

/** Writes a scalar in double quotes, with the escapes and the folds of go-yaml v2. */
export function writeDoubleQuoted(out: Output, text: string, { indent, folds }: TextOptions): void {
  // go-yaml looks for U+FEFF at the beginning of the text whichever character it is at, and escapes them all.
  const escaped = text.startsWith("\ufeff") ? EVERYTHING : NEEDS_ESCAPE;
  out.write('"');
  let line = "";
  let afterSpace = false;
  const characters = [...text];
  for (const [index, character] of characters.entries()) {
    if (escaped.test(character)) {
      line += escapeOf(character);
      afterSpace = false;
    } else if (character !== " ") {
      line += character;
      afterSpace = false;
    } else {
      const inside = index > 0 && index < characters.length - 1;
      if (folds && !afterSpace && inside && out.column + line.length > WIDTH) {
        out.write(line);
        out.indentTo(indent);
        line = characters[index + 1] === " " ? "\\" : "";
      } else {
        line += character;
      }
      afterSpace = true;
    }
  }
  out.write(`${line}"`);
}

const EVERYTHING = /^/;
const NEEDS_ESCAPE = /["\\\n\u2028\u2029]|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

function escapeOf(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return `\\${short}`;
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\0", "0"],
  ["\x07", "a"],
  ["\b", "b"],
  ["\t", "t"],
  ["\n", "n"],
  ["\v", "v"],
  ["\f", "f"],
  ["\r", "r"],
  ["\x1b", "e"],
  ['"', '"'],
  ["\\", "\\"],
  ["\x85", "N"],
  ["\xa0", "_"],
  ["\u2028", "L"],
  ["\u2029", "P"],
]);
