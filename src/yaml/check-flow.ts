import { Scalar } from "yaml";
import { type Leaf } from "./leaves.js";
import { type Fail } from "./yaml-error.js";

/**
 * Refuses what go-yaml v2 reads otherwise in brackets and braces than YAML 1.2: there, "?" ends a plain scalar, a ":"
 * that no blank follows is a part of it, and none begins with one.
 */
export function checkFlow(leaves: readonly Leaf[], text: string, fail: Fail): void {
  for (const { node, start, end, flow } of leaves) {
    if (flow === undefined || node.type !== Scalar.PLAIN) continue;
    const mark = text.slice(start, end).search(/\?|^:/);
    if (mark !== -1)
      throw fail(start + mark, `put text that has "?", or begins with ":", in quotes within brackets and braces`);
    COLON.lastIndex = end;
    if (end > start && COLON.test(text)) throw fail(end, `put a space after ":", within brackets and braces`);
  }
}

const COLON = /[ \t\n]*:[,[\]{}]/y;
