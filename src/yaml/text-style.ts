import { resolvePlain } from "./resolve-plain.js";

type TextStyle = "plain" | "single" | "double" | "literal";

/**
 * The style that go-yaml v2 chooses for a string: literal for what has line feeds; double quotes for what would be read
 * as another type, base 60 included; plain for the rest; and more quotes where the characters need them.
 */
export function textStyle(text: string, { oneLine }: { readonly oneLine: boolean }): TextStyle {
  if (oneLine && BREAK.test(text)) return "double";
  if (text.includes("\n")) return allowsLiteral(text) ? "literal" : "double";
  if (typeof resolvePlain(text) !== "string" || BASE60.test(text)) return "double";
  if (WORD.test(text)) return "plain";
  if (!allowsSingleQuotes(text)) return "double";
  return BREAK.test(text) || INDICATOR.test(text) || /^ | $/.test(text) ? "single" : "plain";
}

const BREAK = /[\n\r\u0085\u2028\u2029]/;
const BASE60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** What needs no look at the details. */
const WORD = /^[A-Za-z0-9_/$(][A-Za-z0-9_/.=+,()$-]*$/;

/** What has a meaning at the beginning, or beside a blank. */
const INDICATOR = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?-](?:[ \t]|$))|:(?:[ \t]|$)|[\0 \t\n\r\u0085\u2028\u2029]#/;

/** All but what may stand in the text as it is: tabs, control characters, U+FEFF, what is beyond 16 bits. */
const SPECIAL = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const SPACE_BREAK = / [\n\r\u0085\u2028\u2029]/;
const BREAK_SPACE = /[\n\r\u0085\u2028\u2029] /;

function allowsLiteral(text: string): boolean {
  return !text.endsWith(" ") && !SPACE_BREAK.test(text) && !SPECIAL.test(text);
}

function allowsSingleQuotes(text: string): boolean {
  return !BREAK_SPACE.test(text) && !SPACE_BREAK.test(text) && !SPECIAL.test(text);
}
