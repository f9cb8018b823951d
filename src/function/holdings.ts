import { type AnyKind } from "../resource/kind.js";
import { type Declared, declaredBy } from "./declared.js";
import { type AnyFn } from "./define-function.js";
import { COMPOSED_BY, outlineOf } from "./outline.js";
import { type ObservedState, type Request } from "./request.js";

/** Something observed that this function composes, or composed once. */
export interface Holding {
  /** Where compose would return it. */
  readonly path: string;
  /** Its composition resource name: the path, or what the path was called formerly. */
  readonly key: string;
  readonly state: ObservedState;
}

/**
 * What is observed and ours: declared, declared formerly, or marked by an earlier version of the function. What other
 * steps of the pipeline desire is theirs.
 */
export class Holdings {
  readonly #byPath = new Map<string, Holding>();
  /** Declared here, and desired by an earlier step as well: seen, and no reason to keep or to remove anything. */
  readonly #theirs = new Map<string, Holding>();
  readonly #declared: Declared;
  /** By path, once somebody asks for what is below one. */
  #inOrder: readonly Holding[] | undefined;

  constructor(fn: AnyFn, request: Request) {
    this.#declared = declaredBy(fn.composes);
    const { observed } = request;
    const theirs = request.desired?.resources ?? {};
    for (const key of Object.keys(observed)) {
      const state = observed[key] as ObservedState;
      if (Object.hasOwn(theirs, key)) {
        if (this.kind(key)) this.#theirs.set(key, { path: key, key, state });
        continue;
      }
      const path = this.#declared.renamed(key);
      // Under both names: the old one is a resource of its own, which nobody declares any more.
      if (path !== undefined && !Object.hasOwn(observed, path)) this.#byPath.set(path, { path, key, state });
      else if (path !== undefined || this.#isOurs(fn.name, key, state))
        this.#byPath.set(key, { path: key, key, state });
    }
  }

  /** The composition resource name to use for a path. */
  key(path: string): string {
    return this.#byPath.get(path)?.key ?? path;
  }

  at(path: string): Holding | undefined {
    return this.#byPath.get(path) ?? this.#theirs.get(path);
  }

  /** All that is ours, in no order. */
  all(): Iterable<Holding> {
    return this.#byPath.values();
  }

  /** What is ours at a path or below it; everything for the empty path. */
  below(path: string): readonly Holding[] {
    const sorted = this.#sorted();
    if (path === "") return sorted;
    const exact = this.#byPath.get(path);
    // "0" comes right after "/".
    const inside = sorted.slice(firstFrom(sorted, `${path}/`), firstFrom(sorted, `${path}0`));
    return exact ? [exact, ...inside] : inside;
  }

  #sorted(): readonly Holding[] {
    this.#inOrder ??= [...this.#byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return this.#inOrder;
  }

  /** The paths of the kinds that are declared at or below a path, but for those below a `many` there. */
  declared(path: string): readonly string[] {
    return this.#declared.below(path);
  }

  kind(path: string): AnyKind | undefined {
    return this.#declared.kind(path);
  }

  #isOurs(name: string, key: string, state: ObservedState): boolean {
    return this.kind(key) !== undefined || outlineOf(state).metadata?.annotations?.[COMPOSED_BY] === name;
  }
}

/** The first place whose path is not before the given one. */
function firstFrom(sorted: readonly Holding[], path: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.path ?? "") < path) low = middle + 1;
    else high = middle;
  }
  return low;
}
