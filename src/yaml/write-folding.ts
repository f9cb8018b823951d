import { type Output } from "./output.js";
import { type TextOptions } from "./text-options.js";

/** A line is folded at the first space after this column. */
export const WIDTH = 80;

/**
 * Writes the characters of a plain or single quoted scalar, and folds at single spaces as go-yaml v2 does.
 *
 * @param text with quotes doubled already; its line breaks can only be U+2028 and U+2029
 */
export function writeFolding(out: Output, text: string, options: TextOptions): void {
  const fits = !options.folds || out.column + text.length <= WIDTH;
  if (fits && !SEPARATOR.test(text)) {
    out.write(text);
    return;
  }
  for (const [index, line] of text.split(SEPARATOR).entries()) {
    // Every second one is a line break.
    if (index % 2 === 1) {
      out.lineBreak(line);
    } else if (line !== "") {
      if (index > 0) out.indentTo(options.indent);
      writeLine(out, line, options);
    }
  }
}

const SEPARATOR = /([\u2028\u2029])/;

function writeLine(out: Output, line: string, { indent, folds }: TextOptions): void {
  let from = 0;
  while (folds) {
    const at = foldAt(line, from, out.column);
    if (at === -1) break;
    out.write(line.slice(from, at));
    out.indentTo(indent);
    from = at + 1;
  }
  out.write(line.slice(from));
}

/** The next single space between words that lies beyond the width; -1 if there is none. */
function foldAt(line: string, from: number, column: number): number {
  const first = Math.max(from + WIDTH + 1 - column, from + 1);
  for (let at = line.indexOf(" ", first); at !== -1; at = line.indexOf(" ", at + 1)) {
    if (line[at - 1] !== " " && line[at + 1] !== " " && at + 1 < line.length) return at;
  }
  return -1;
}
