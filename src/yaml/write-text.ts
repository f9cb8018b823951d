import { type Output } from "./output.js";
import { type TextOptions } from "./text-options.js";
import { textStyle } from "./text-style.js";
import { writeDoubleQuoted } from "./write-double-quoted.js";
import { writeFolding } from "./write-folding.js";
import { writeLiteral } from "./write-literal.js";

/** Writes a string in the style that go-yaml v2 chooses, folded where it folds. */
export function writeText(out: Output, text: string, options: TextOptions): void {
  out.space();
  switch (textStyle(text, { oneLine: !options.folds })) {
    case "literal":
      writeLiteral(out, text, options.indent);
      break;
    case "double":
      writeDoubleQuoted(out, text, options);
      break;
    case "single":
      out.write("'");
      writeFolding(out, text.replaceAll("'", "''"), options);
      out.write("'");
      break;
    default: // plain
      writeFolding(out, text, options);
  }
}

/** Whether a key can do without a "?": it has one line, and at most 128 bytes. */
export function isSimpleKey(text: string): boolean {
  if (text.length > 128 || /[\n\r\u0085\u2028\u2029]/.test(text)) return false;
  return text.length <= 42 || Buffer.byteLength(text) <= 128;
}
