import { isMap, isPair, isScalar, isSeq, type Node, type Scalar } from "yaml";

/** A scalar, and where it stands. */
export interface Leaf {
  readonly node: Scalar;
  readonly start: number;
  readonly end: number;
  /** The column, from 0, of the innermost block around it; -1 at the root. */
  readonly indent: number;
  /** The outermost collection in brackets or braces around it, if there is one. */
  readonly flow: Span | undefined;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** All scalars of a document, in the order in which they are written. */
export function leavesOf(root: Node | null, text: string): readonly Leaf[] {
  const leaves: Leaf[] = [];
  if (root !== null) visit(root, { indent: -1, flow: undefined });
  return leaves;

  function visit(node: unknown, place: Pick<Leaf, "indent" | "flow">): void {
    if (isPair(node)) {
      visit(node.key, place);
      visit(node.value, place);
    } else if (isScalar(node)) {
      leaves.push({ node, ...spanOf(node), ...place });
    } else if (isMap(node) || isSeq(node)) {
      const span = spanOf(node);
      const flow = place.flow ?? (node.flow ? span : undefined);
      const indent = flow === undefined ? columnOf(text, span.start) : place.indent;
      for (const item of node.items) visit(item, { indent, flow });
    }
  }
}

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** The column at which a block begins. The tag and the anchor of its first key come before the key. */
function columnOf(text: string, offset: number): number {
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return before.replace(PROPERTIES, "").length;
}

const PROPERTIES = /(?:[!&]\S*[ \t]+)+$/;
