/**
 * An element of XML, on a line of its own.
 *
 * @param body XML; text in it is {@link escaped} already. Default: none
 */
export function element(name: string, attributes: Readonly<Record<string, string>>, body = ""): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  const open = `<${name}${written.join("")}`;
  return body === "" ? `${open}/>\n` : `${open}>${body.startsWith("<") ? "\n" : ""}${body}</${name}>\n`;
}

function attribute(text: string): string {
  return escaped(text).replace(/[\n\r\t]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Text as it may stand in an element. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, "\ufffd")
    .replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** XML 1.0 cannot hold these, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
