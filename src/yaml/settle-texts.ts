import { Scalar } from "yaml";
import { blockText } from "./block-text.js";
import { doubleQuotedText } from "./double-quoted-text.js";
import { foldLines } from "./fold-lines.js";
import { type Leaf } from "./leaves.js";
import { type Fail } from "./yaml-error.js";

/**
 * Gives every scalar the text that go-yaml v2 reads there, where that may differ from what the parser made of it: in
 * escapes, in blocks, and beside the line breaks that YAML 1.2 has given up.
 */
export function settleTexts(leaves: readonly Leaf[], text: string, fail: Fail): void {
  for (const leaf of leaves) {
    const settled = settle(leaf, text, fail);
    if (settled !== undefined) leaf.node.source = settled;
  }
}

/** @returns undefined if there is nothing that could differ */
function settle(leaf: Leaf, text: string, fail: Fail): string | undefined {
  const { node, start, end, indent } = leaf;
  const block = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
  if (block) return blockText({ text, start, end, indent }, fail);
  const written = text.slice(start, end);
  if (!CLOSED.test(written)) throw fail(end, "a closing quote is missing");
  if (!DELICATE.test(written)) return undefined;
  if (node.type === Scalar.PLAIN) return plainText(written, leaf, fail);
  const mark = DOCUMENT_MARK.exec(written);
  if (mark !== null) throw fail(start + mark.index + 1, "a document marker is in a quoted scalar");
  const inside = written.slice(1, -1);
  if (node.type === Scalar.QUOTE_SINGLE) return foldLines(inside.replaceAll("''", "'"));
  return doubleQuotedText(inside, (at, problem) => fail(start + 1 + at, problem));
}

/** The parser takes a quote at the end of a line for the last one, though it is escaped, if a comment seems to follow. */
const CLOSED = /^(?:'[^']*(?:''[^']*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[^'"][\s\S]*|)$/;
const DELICATE = /[\\\n\u2028\u2029]/;
const AROUND = /^[ \t\n\u2028\u2029]+|[ \t\n\u2028\u2029]+$/g;
const DOCUMENT_MARK = /[\n\u2028\u2029](?:---|\.\.\.)[ \t\n\u2028\u2029]/;

/** The parser takes lines that are not indented for more of the scalar, if a comment that is not precedes it. */
function plainText(written: string, { start, indent, flow }: Leaf, fail: Fail): string {
  for (const { index, 0: lineStart } of flow === undefined ? written.matchAll(/\n *(?=[^ \n])/g) : []) {
    if (lineStart.length - 1 > indent) continue;
    throw fail(start + index + 1, "a line of text must be indented more than what holds it");
  }
  return foldLines(written.replace(AROUND, ""));
}
