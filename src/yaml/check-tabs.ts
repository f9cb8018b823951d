import { Scalar } from "yaml";
import { type Leaf } from "./leaves.js";
import { type Fail } from "./yaml-error.js";

/**
 * Refuses the tabs that go-yaml v2 refuses: at the beginning of a line, or after an indicator there, be there more in the
 * line or not. They may stand in brackets, braces, quotes and blocks, and after a plain scalar if they are indented.
 */
export function checkTabs(leaves: readonly Leaf[], text: string, fail: Fail): void {
  for (const match of text.matchAll(LEADING_TAB)) {
    const at = match.index + match[0].length - 1;
    if (!allowed(at, leaves, text)) throw fail(at, "a tab cannot indent: use spaces");
  }
}

const LEADING_TAB = /^(?: |[-?:](?=[ \t]))*\t/gm;

function allowed(at: number, leaves: readonly Leaf[], text: string): boolean {
  const before = leaves.findLast(({ node, start, end }) => start <= at && (end > start || node.type !== Scalar.PLAIN));
  if (before === undefined) return false;
  if (before.flow !== undefined && at < before.flow.end) return true;
  if (before.node.type !== Scalar.PLAIN) return at < before.end;
  const column = at - 1 - text.lastIndexOf("\n", at - 1);
  return /^[ \t\n]*$/.test(text.slice(before.end, Math.max(at, before.end))) && column > before.indent;
}
