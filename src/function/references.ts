import { type AnyKind } from "../resource/kind.js";
import { type Composes, isFormerly, isKind, isMany, type Node } from "./composes.js";
import { Refused } from "./fatal.js";
import { grown } from "./grown.js";
import { type LeavingItem, withLeaving } from "./leaving.js";
import { observedResource } from "./observed-resource.js";
import { isOfUse } from "./outline.js";
import { below } from "./path.js";
import { type ObservedState } from "./request.js";
import { type ComposedMany, type ObservedResource } from "./tree.js";

type Leaf = (path: string, kind: AnyKind) => object;

/**
 * References to everything that a function composes, in the shape of `composes`.
 *
 * @param nameOf the name of an object; asked when compose reads it
 */
export function references(composes: Composes, nameOf: (path: string) => string): unknown {
  return grow(composes, "", (path) => {
    let known: string | undefined;
    return {
      get name() {
        known ??= nameOf(path);
        return known;
      },
    };
  });
}

/** What is observed of everything that a function composes, in the shape of `composes`; looked at only when read. */
export function sightings(composes: Composes, at: (path: string) => ObservedState | undefined): unknown {
  return grow(composes, "", (path, kind): ObservedResource => {
    return observedResource(at(path), (state) => isOfUse(kind, state));
  });
}

function grow(node: Node, path: string, leaf: Leaf): unknown {
  if (isKind(node)) return leaf(path, node);
  if (isFormerly(node)) return leaf(path, node.kind);
  if (isMany(node)) return growMany(node["~each"], path, leaf);
  return grown(node, (name) => grow(node[name] as Node, below(path, name), leaf));
}

function growMany(group: Composes, path: string, leaf: Leaf): unknown {
  const grown = new Map<string, unknown>();
  const at = (key: string) => {
    if (!grown.has(key)) grown.set(key, grow(group, below(path, key), leaf));
    return grown.get(key);
  };
  const each: ComposedMany<Composes>["each"] = (items, keyOf, make, leaving) => {
    const made = new Map<string, unknown>();
    for (const item of items) {
      const key = keyOf(item);
      if (made.has(key)) throw new Refused(`cannot compose ${path}: there are two of ${key}`);
      made.set(key, make(item, at(key) as never));
    }
    // Own properties alone, whatever the keys are.
    const out = Object.fromEntries(made);
    return (leaving ? withLeaving(out, leaving as LeavingItem) : out) as never;
  };
  return Object.assign(at, { each });
}
