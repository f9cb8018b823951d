import { type Alias, isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { bindAliases } from "./aliases.js";
import { keyText } from "./key-text.js";
import { type Parsed } from "./parse.js";
import { isMergeKey, resolveScalar } from "./scalar.js";

/** The offset at which the value at a path stands, or the nearest one that holds it; see `YAMLDocument.position`. */
export function locate({ root }: Parsed, path: readonly (string | number)[]): number {
  const aliases = bindAliases(root, (_, problem) => new Error(problem));
  let node: Node = root;
  let offset = startOf(root);
  for (const step of path) {
    const entry = child(resolved(node, aliases), step, aliases);
    if (entry === undefined) return offset;
    offset = startOf(entry.at);
    if (entry.value === undefined) return offset;
    node = entry.value;
  }
  return offset;
}

interface Entry {
  /** The key, or the item of a list. */
  readonly at: Node;
  readonly value: Node | undefined;
}

type Aliases = ReadonlyMap<Alias, Node>;

function child(node: Node, step: string | number, aliases: Aliases): Entry | undefined {
  if (isMap(node)) return entryOf(node, String(step), aliases);
  const item = isSeq(node) ? asNode(node.items[Number(step)]) : undefined;
  return item === undefined ? undefined : { at: item, value: item };
}

/** The last entry counts, whether it is the map's own or comes from a merge. */
function entryOf(map: YAMLMap, name: string, aliases: Aliases): Entry | undefined {
  for (const { key, value } of [...(map.items as readonly Pair[])].reverse()) {
    const found = isMergeKey(key) ? mergedEntry(value, name, aliases) : ownEntry(key, value, name, aliases);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ownEntry(key: unknown, value: unknown, name: string, aliases: Aliases): Entry | undefined {
  const at = asNode(key);
  const scalar = at === undefined ? undefined : resolved(at, aliases);
  if (at === undefined || !isScalar(scalar) || keyText(scalar, resolveScalar(scalar)) !== name) return undefined;
  return { at, value: asNode(value) };
}

function mergedEntry(value: unknown, name: string, aliases: Aliases): Entry | undefined {
  for (const source of isSeq(value) ? value.items : [value]) {
    const map = asNode(source);
    const target = map === undefined ? undefined : resolved(map, aliases);
    const found = isMap(target) ? entryOf(target, name, aliases) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function resolved(node: Node, aliases: Aliases): Node {
  return isAlias(node) ? (aliases.get(node) ?? node) : node;
}

function asNode(value: unknown): Node | undefined {
  return isScalar(value) || isCollection(value) || isAlias(value) ? value : undefined;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
