import { type AnyKind } from "../resource/kind.js";
import { type Resource } from "../resource/resource.js";
import { isFormerly, isKind, isMany, type Node } from "./composes.js";
import { Refused } from "./fatal.js";
import { isLeaving, leavingOf } from "./leaving.js";
import { below } from "./path.js";
import { type Sight } from "./tree.js";
import { Waiting } from "./waiting.js";

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
export function unfold(declared: Node, returned: unknown, sight: Sight<never>): readonly Leaf[] {
  const leaves: Leaf[] = [];
  new Unfolding(sight, leaves).visit(declared, returned, "", false);
  return leaves;
}

class Unfolding {
  constructor(
    readonly sight: Sight<never>,
    readonly leaves: Leaf[],
  ) {}

  /** @param seen whether an arrow made it */
  visit(declared: Node, returned: unknown, path: string, seen: boolean): void {
    if (returned === undefined) return;
    if (returned === null) this.#gone(path, seen);
    else if (typeof returned === "function") this.#arrow(declared, returned, path);
    else if (typeof returned !== "object")
      throw new Error(`cannot compose ${path} of ${JSON.stringify(returned)}: it must be an object, an arrow or null`);
    else if (isKind(declared)) this.leaves.push({ path, kind: declared, resource: returned as Resource });
    else if (isFormerly(declared)) this.visit(declared.kind, returned, path, seen);
    else if (isMany(declared)) this.#many(declared["~each"], returned, path, seen);
    else this.#group(declared, returned, path, seen);
  }

  #gone(path: string, seen: boolean): void {
    if (path === "") throw new Error("cannot compose null: what compose returns must have resources");
    if (seen) throw new Error(`cannot compose ${path}: an arrow must not decide on null; use goneOnce`);
    this.leaves.push({ path, gone: true });
  }

  #arrow(declared: Node, arrow: object, path: string): void {
    const made = reveal<unknown>(arrow, this.sight);
    const leaving = isLeaving(arrow);
    if (made instanceof Waiting) this.leaves.push({ path, waits: made.what, leaving });
    else if (leaving) this.leaves.push({ path, gone: true });
    else if (made === null) throw new Error(`cannot compose ${path}: an arrow must not return null; use goneOnce`);
    else this.visit(declared, made, path, true);
  }

  #group(declared: Exclude<Node, AnyKind>, returned: object, path: string, seen: boolean): void {
    for (const [name, value] of Object.entries(returned)) {
      const child = Object.hasOwn(declared, name) ? (declared as Readonly<Record<string, Node>>)[name] : undefined;
      if (!child) {
        throw new Error(
          `cannot compose ${below(path, name)}: composes declares ${Object.keys(declared).join(", ")} there`,
        );
      }
      this.visit(child, value, below(path, name), seen);
    }
  }

  #many(group: Node, returned: object, path: string, seen: boolean): void {
    const entries = Object.entries(returned);
    for (const [key] of entries) checkKey(key, path);
    const leaving = leavingOf(returned);
    const waits = (key: string) => {
      const gone = leaving && reveal(leaving(key), this.sight);
      return gone instanceof Waiting ? gone.what : undefined;
    };
    // Below an arrow, an item that is missing may be one that a read did not show: it is kept, as forgotten.
    if (!seen) this.leaves.push({ path, only: entries.map(([key]) => key), waits });
    for (const [key, value] of entries) this.visit(group, value, below(path, key), seen);
  }
}

function checkKey(key: string, path: string): void {
  if (/^[A-Za-z0-9]([A-Za-z0-9_.:@-]*[A-Za-z0-9])?$/.test(key)) return;
  throw new Refused(
    `cannot use ${JSON.stringify(key)} as a key of ${path}: it becomes part of a composition resource name, so it may have letters, digits and - _ . : @ only`,
  );
}

/** The value, or what an arrow makes of what is observed, or that it waits. */
export function reveal<T>(value: T | ((sight: Sight<never>) => T), sight: Sight<never>): T | Waiting {
  if (typeof value !== "function") return value;
  if ("apiVersion" in value)
    throw new Error(`cannot compose the kind ${String(value.apiVersion)} itself: call it with what it should be`);
  try {
    return (value as (sight: Sight<never>) => T)(sight);
  } catch (error) {
    if (error instanceof Waiting) return error;
    throw error;
  }
}
