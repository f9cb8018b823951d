import { type AnyKind } from "../resource/kind.js";
import { type Resource } from "../resource/resource.js";
import { isFormerly, isKind, isMany, type Node } from "./composes.js";
import { Refused } from "./fatal.js";
import { isLeaving, leavingOf } from "./leaving.js";
import { below } from "./path.js";
import { type Glance, type Sight } from "./tree.js";
import { need, Waiting } from "./waiting.js";

/** What compose returned, piece by piece. */
export type Leaf =
  | { readonly path: string; readonly kind: AnyKind; readonly resource: Resource }
  /** Everything at or below the path waits: to be made, or, if it is leaving, to go. */
  | { readonly path: string; readonly waits: string; readonly leaving: boolean }
  /** Everything at or below the path is meant to go. */
  | { readonly path: string; readonly gone: true }
  /** Everything below the path but these is meant to go, unless what an item has had waits for something. */
  | { readonly path: string; readonly only: readonly string[]; readonly waits: (key: string) => string | undefined };

/** Goes through what compose returned, runs its arrows, and refuses what `composes` does not declare. */
export function unfold(declared: Node, returned: unknown, glance: unknown, path = "", seen = false): readonly Leaf[] {
  if (returned === undefined) return [];
  if (returned === null) {
    if (path === "") throw new Error("cannot compose null: what compose returns must have resources");
    if (seen) throw new Error(`cannot compose ${path}: an arrow must not decide on null; use goneOnce`);
    return [{ path, gone: true }];
  }
  if (typeof returned === "function") {
    const made = reveal(returned, glance);
    if (made instanceof Waiting) return [{ path, waits: made.what, leaving: isLeaving(returned) }];
    if (made === null && !isLeaving(returned))
      throw new Error(`cannot compose ${path}: an arrow must not return null; use goneOnce`);
    return isLeaving(returned) ? [{ path, gone: true }] : unfold(declared, made, glance, path, true);
  }
  if (typeof returned !== "object")
    throw new Error(`cannot compose ${path} of ${JSON.stringify(returned)}: it must be an object, an arrow or null`);
  if (isKind(declared)) return [{ path, kind: declared, resource: returned as Resource }];
  if (isFormerly(declared)) return unfold(declared.kind, returned, glance, path, seen);
  if (isMany(declared)) return unfoldMany(declared["~each"], returned, glance, path, seen);
  return Object.entries(returned).flatMap(([name, value]) => {
    const child = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (!child) {
      throw new Error(
        `cannot compose ${below(path, name)}: composes declares ${Object.keys(declared).join(", ")} there`,
      );
    }
    return unfold(child, value, glance, below(path, name), seen);
  });
}

function unfoldMany(group: Node, returned: object, glance: unknown, path: string, seen: boolean): readonly Leaf[] {
  const entries = Object.entries(returned);
  for (const [key] of entries) {
    if (!/^[A-Za-z0-9]([A-Za-z0-9_.:@-]*[A-Za-z0-9])?$/.test(key)) {
      throw new Refused(
        `cannot use ${JSON.stringify(key)} as a key of ${path}: it becomes part of a composition resource name, so it may have letters, digits and - _ . : @ only`,
      );
    }
  }
  const leaving = leavingOf(returned);
  const waits = (key: string) => {
    const gone = leaving && reveal(leaving(key), glance);
    return gone instanceof Waiting ? gone.what : undefined;
  };
  const only = { path, only: entries.map(([key]) => key), waits };
  const made = entries.flatMap(([key, value]) => unfold(group, value, glance, below(path, key), seen));
  // Below an arrow, an item that is missing may be one that a read did not show: it is kept, as forgotten.
  return seen ? made : [only, ...made];
}

/** The value, or what an arrow makes of what is observed, or that it waits. */
export function reveal<T>(value: T | ((sight: Sight<never>) => T), glance: unknown): T | Waiting {
  if (typeof value !== "function") return value;
  if ("apiVersion" in value)
    throw new Error(`cannot compose the kind ${String(value.apiVersion)} itself: call it with what it should be`);
  try {
    return (value as (sight: Sight<never>) => T)({ ...(glance as Glance<never>), need });
  } catch (error) {
    if (error instanceof Waiting) return error;
    throw error;
  }
}
