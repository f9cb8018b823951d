/** Markup that is safe to put into a page: what stands in it as text is escaped. */
export interface Markup {
  readonly html: string;
}

/** Markup of a template, in which what is not markup already is escaped. Lists are joined, and nothing is left of undefined. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const text = parts.map((part, index) => `${part}${index < values.length ? written(values[index]) : ""}`).join("");
  return { html: text };
}

/** What a template may hold. */
export type Part = string | number | undefined | Markup | readonly Markup[];

/** A text of ours, such as a style sheet, as it is. */
export function trusted(text: string): Markup {
  return { html: text };
}

/** JSON within an element `script`, which nothing in it can end. */
export function embedded(value: unknown): Markup {
  const text = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return { html: text };
}

function written(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escaped(part);
  return "html" in part ? part.html : part.map(({ html: text }) => text).join("");
}

/** Text as it may stand in an element or in an attribute in quotes. Controls are shown as what cannot be shown. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(CONTROL, "\ufffd")
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
