import { Composer, type Document, type Node, Parser, type YAMLParseError } from "yaml";
import { checkFlow } from "./check-flow.js";
import { checkTabs } from "./check-tabs.js";
import { leavesOf } from "./leaves.js";
import { settleTexts } from "./settle-texts.js";
import { type Fail } from "./yaml-error.js";

/** The first document of a text, as the nodes of the syntax. */
export interface Parsed {
  readonly root: Node;
}

/**
 * Parses the first document of a text, with the syntax that go-yaml v2 knows. What scalars stand for is not decided here.
 *
 * @returns undefined if the text has no document, or an empty one
 */
export function parse(text: string, fail: Fail): Parsed | undefined {
  const control = CONTROL.exec(text);
  if (control !== null) throw fail(control.index, "control characters are not allowed");
  const document = firstDocument(text, fail);
  const end = endOf(document, text);
  checkMarks(text.slice(0, end), fail);
  checkErrors(document, end, fail);
  const leaves = leavesOf(document.contents, text);
  checkTabs(leaves, text.slice(0, end), fail);
  checkFlow(leaves, text, fail);
  settleTexts(leaves, text, fail);
  return document.contents === null ? undefined : { root: document.contents };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\ufffe\uffff]/;

const OPTIONS = {
  schema: "failsafe",
  resolveKnownTags: false,
  uniqueKeys: false,
  merge: false,
  prettyErrors: false,
  version: "1.1",
} as const;

function firstDocument(text: string, fail: Fail): Document {
  try {
    for (const document of new Composer(OPTIONS).compose(new Parser().parse(text), true, text.length)) return document;
  } catch (error) {
    if (error instanceof RangeError) throw fail(0, "lists and maps are nested too deeply");
    throw error;
  }
  throw fail(text.length, "there is no document");
}

/** Where the next document begins. */
function endOf({ contents }: Document, text: string): number {
  MARKER.lastIndex = contents?.range?.[1] ?? 0;
  return MARKER.exec(text)?.index ?? text.length;
}

const MARKER = /^(?:---|\.\.\.)(?=[ \t\n]|$)/gm;

/** Another parser would read over it; go-yaml v2 takes it for text. */
function checkMarks(text: string, fail: Fail): void {
  const mark = /^\ufeff/m.exec(text);
  if (mark !== null) throw fail(mark.index, "a byte order mark is allowed at the beginning alone");
}

function checkErrors({ errors, warnings, directives }: Document, end: number, fail: Fail): void {
  const wrong = errors.filter((error) => isError(error) && error.pos[0] <= end);
  const unknown = warnings.filter(({ code }) => code === "BAD_DIRECTIVE");
  const [first] = [...wrong, ...unknown].sort((a, b) => a.pos[0] - b.pos[0]);
  if (first !== undefined) throw fail(first.pos[0], explained(first));
  const { explicit, version } = directives?.yaml ?? {};
  if (explicit && version !== "1.1") throw fail(0, "YAML 1.1 is the only version that is read");
}

/** All but tags that have no meaning to the parser, escapes, which are read again, and comments that touch what they follow. */
function isError({ code, message }: YAMLParseError): boolean {
  if (code === "TAG_RESOLVE_FAILED") return !message.startsWith("Unresolved tag");
  if (code === "BAD_COLLECTION_TYPE" || code === "BAD_DQ_ESCAPE") return false;
  return !message.startsWith("Comments must be separated");
}

/** In one line, and without what the parser quotes of the input: that may be of a Secret. */
function explained({ code, message }: { readonly code: string; readonly message: string }): string {
  if (code === "TAG_RESOLVE_FAILED") return "a tag is not valid, or its handle is not declared";
  if (code === "BAD_DIRECTIVE") return "a directive is unknown, or not complete";
  const [line = ""] = message.split("\n");
  const first = line.replace(QUOTATION, "");
  if (/^Missing closing .quote$/.test(first)) return "a closing quote is missing, or a line before it is not indented";
  return first.charAt(0).toLowerCase() + first.slice(1);
}

/** The parser quotes after a colon. One that it names as an indicator has a space before it. */
const QUOTATION = /(?<! ): .*$/;
