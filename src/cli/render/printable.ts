/** A text in one line of a terminal: control characters, and those that turn the direction of text, are escaped. */
export function printable(text: string): string {
  return text.replace(CONTROL, escaped);
}

/** The same for a text that may have several lines: what follows the first is indented, so that it passes for no other message. */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line, index) => `${index > 0 && /^\S/.test(line) ? "  " : ""}${printable(line)}`)
    .join("\n");
}

const CONTROL = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(char: string): string {
  const code = char.charCodeAt(0).toString(16);
  return NAMED[char] ?? (code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`);
}
