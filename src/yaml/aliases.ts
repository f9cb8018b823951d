import { type Alias, isAlias, isCollection, isPair, isScalar, type Node } from "yaml";
import { type Fail } from "./yaml-error.js";

/**
 * What each alias stands for: the node that last took its name before it. That may be a node that holds the alias.
 *
 * @throws Error if nothing has its name
 */
export function bindAliases(root: Node, fail: Fail): ReadonlyMap<Alias, Node> {
  const named = new Map<string, Node>();
  const bound = new Map<Alias, Node>();
  bind(root);
  return bound;

  function bind(node: unknown): void {
    if (isPair(node)) {
      bind(node.key);
      bind(node.value);
    } else if (isAlias(node)) {
      const target = named.get(node.source);
      if (target === undefined) throw fail(node.range?.[0] ?? 0, "there is no anchor of this alias before it");
      bound.set(node, target);
    } else if (isScalar(node) || isCollection(node)) {
      const { anchor } = node;
      if (anchor !== undefined) named.set(anchor, checked(anchor, node));
      if (isCollection(node)) for (const item of node.items) bind(item);
    }
  }

  function checked(anchor: string, node: Node): Node {
    if (/^[0-9A-Za-z_-]+$/.test(anchor)) return node;
    throw fail(node.range?.[0] ?? 0, `an anchor has other characters than letters, digits, "_" and "-"`);
  }
}
