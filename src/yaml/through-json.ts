/**
 * What becomes of a string that Go writes as JSON and go-yaml v2 reads as YAML, where U+0085 is a line break: in quotes
 * one is folded into a space, and several into one less. A lone surrogate becomes U+FFFD.
 *
 * @throws Error if the string has characters that JSON leaves as they are and YAML refuses
 */
export function throughJSON(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  const control = CONTROL.exec(text)?.[0];
  if (control !== undefined) throw new Error(`YAML does not allow the control character ${codePoint(control)}`);
  if (DOCUMENT_MARK.test(text)) throw new Error("a document marker follows a line break of YAML (U+0085)");
  return text.replace(LONE_SURROGATE, "\ufffd").replace(FOLDED, (run) => fold(run.split("\u0085").length - 1));
}

/**
 * The same for the key of a map.
 *
 * @throws Error also if the key has a line break of YAML, or is longer in JSON than the 1,024 characters that YAML allows
 */
export function throughJSONKey(text: string): string {
  // A character takes six at most, and there are quotes around them.
  if (text.length > 170 && jsonLength(text) > 1_024) throw new Error("a key is longer than YAML allows");
  if (text.includes("\u0085")) throw new Error("YAML does not allow a line break (U+0085) in a key");
  return throughJSON(text);
}

const UNUSUAL = /[\x7f-\x9f\ufffe\uffff\ud800-\udfff]/;
const CONTROL = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const DOCUMENT_MARK = /\u0085(?:---|\.\.\.)[ \u0085]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const FOLDED = / *\u0085[ \u0085]*/g;

function fold(breaks: number): string {
  return breaks === 1 ? " " : "\n".repeat(breaks - 1);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** How many characters Go's `json.Marshal` makes of a string, with its quotes. */
function jsonLength(text: string): number {
  let length = 2;
  for (const character of text) length += escapedLength(character);
  return length;
}

function escapedLength(character: string): number {
  if (/["\\\b\f\n\r\t]/.test(character)) return 2;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  return /[\x00-\x1f<>&\u2028\u2029]/.test(character) ? 6 : 1;
}
