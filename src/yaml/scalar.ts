import { isScalar, Scalar } from "yaml";
import { type Resolved, resolvePlain } from "./resolve-plain.js";
import { resolveTagged } from "./resolve-tagged.js";

/** What a scalar stands for: only a plain one, or one with a tag, can be anything but text. */
export function resolveScalar(node: Scalar): Resolved {
  if (node.tag !== undefined) return resolveTagged(node.tag, scalarText(node));
  return node.type === Scalar.PLAIN ? resolvePlain(scalarText(node)) : scalarText(node);
}

/** Its text, without quotes, escapes and folds. */
export function scalarText(node: Scalar): string {
  return node.source ?? "";
}

/** Whether a key says that the maps in its value are to be merged into the one that has the key. */
export function isMergeKey(key: unknown): key is Scalar {
  if (!isScalar(key) || scalarText(key) !== "<<") return false;
  return key.tag === undefined ? key.type === Scalar.PLAIN : ["!", "tag:yaml.org,2002:merge"].includes(key.tag);
}
