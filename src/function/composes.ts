import { type AnyKind } from "../resource/kind.js";
import { below, fill } from "./path.js";

/** What a function composes, by composition resource name: kinds, groups of kinds, and {@link many} of a group. */
export interface Composes {
  readonly [name: string]: Node;
}

export type Node = AnyKind | Formerly<AnyKind> | Many<Composes> | Composes;

/** A group for each key of a record. What is not in the record that compose returns is meant to go. */
export interface Many<G extends Composes = Composes> {
  readonly "~each": G;
}

/** A kind that was composed under another composition resource name before. */
export interface Formerly<K extends AnyKind = AnyKind> {
  readonly "~formerly": string;
  readonly kind: K;
}

/** Declares a group that exists once for each item of something: `consumers: many({ role: iam.Role })`. */
export function many<const G extends Composes>(group: G): Many<G> {
  return { "~each": group };
}

/**
 * Declares a kind whose composition resource name has changed: what is observed under the old name keeps it, so that
 * nothing is deleted and made anew.
 *
 * @param name the whole name that it had, such as `bucket`; a segment `*` stands for the key of a `many` around it,
 * from the outside in
 */
export function formerly<K extends AnyKind>(name: string, kind: K): Formerly<K> {
  return { "~formerly": name, kind };
}

export const isKind = (node: Node | undefined): node is AnyKind => typeof node === "function";
export const isMany = (node: Node): node is Many => "~each" in node;
export const isFormerly = (node: Node): node is Formerly => "~formerly" in node;

/** The kind that a path is declared to be; undefined for a group, and for what is not declared. */
export function declaredKind(composes: Composes, path: string): AnyKind | undefined {
  const node = declaredNode(composes, path);
  if (node === undefined || isKind(node)) return node;
  return isFormerly(node) ? node.kind : undefined;
}

/** The composition resource name that a path had formerly, with the keys of its `many` filled in. */
export function formerName(composes: Composes, path: string): string | undefined {
  const node = declaredNode(composes, path);
  if (node === undefined || isKind(node) || !isFormerly(node)) return undefined;
  return fill(node["~formerly"], keysOf(composes, path));
}

/** The paths of the kinds that are declared at or below a path, but for those below a `many` there. */
export function declaredBelow(composes: Composes, path: string): readonly string[] {
  const visit = (node: Node | undefined, at: string): readonly string[] => {
    if (node === undefined) return [];
    if (isKind(node) || isFormerly(node)) return [at];
    if (isMany(node)) return [];
    return Object.entries(node).flatMap(([name, child]) => visit(child, below(at, name)));
  };
  return visit(path === "" ? composes : declaredNode(composes, path), path);
}

/** Every declared kind, with its path; `*` stands for the key of a `many`. */
export function inventory(composes: Composes): ReadonlyMap<string, AnyKind> {
  const out = new Map<string, AnyKind>();
  const visit = (node: Node, path: readonly string[]): void => {
    if (isKind(node)) out.set(path.join("/"), node);
    else if (isFormerly(node)) out.set(path.join("/"), node.kind);
    else if (isMany(node)) visit(node["~each"], [...path, "*"]);
    else for (const [name, child] of Object.entries(node)) visit(child, [...path, name]);
  };
  visit(composes, []);
  return out;
}

function declaredNode(composes: Composes, path: string): Node | undefined {
  let node: Node = composes;
  for (const name of path.split("/")) {
    const child = childOf(node, name);
    if (child === undefined) return undefined;
    node = child;
  }
  return node;
}

function keysOf(composes: Composes, path: string): string[] {
  const keys: string[] = [];
  let node: Node | undefined = composes;
  for (const name of path.split("/")) {
    if (node !== undefined && !isKind(node) && isMany(node)) keys.push(name);
    node = node && childOf(node, name);
  }
  return keys;
}

function childOf(node: Node, name: string): Node | undefined {
  if (isKind(node) || isFormerly(node)) return undefined;
  if (isMany(node)) return node["~each"];
  return Object.hasOwn(node, name) ? node[name] : undefined;
}
