import { type Output } from "./output.js";

/** Writes a literal block, with the hints of go-yaml v2: an indentation of 2, and what becomes of the last line breaks. */
export function writeLiteral(out: Output, text: string, indent: number): void {
  out.write(`|${/^[ \n\u2028\u2029]/.test(text) ? "2" : ""}${chomping(text)}`);
  out.lineBreak("\n");
  for (const part of text.split(/([\n\u2028\u2029])/)) {
    if (BREAK.test(part)) {
      out.lineBreak(part);
    } else if (part !== "") {
      out.indentTo(indent);
      out.write(part);
    }
  }
}

const BREAK = /^[\n\u2028\u2029]$/;

function chomping(text: string): string {
  if (!/[\n\u2028\u2029]$/.test(text)) return "-";
  return /(?:^|[\n\u2028\u2029])[\n\u2028\u2029]$/.test(text) ? "+" : "";
}
