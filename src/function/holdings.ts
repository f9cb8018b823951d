import { escapeRegExp } from "../resource/escape-reg-exp.js";
import { type AnyKind } from "../resource/kind.js";
import { type Composes, declaredBelow, declaredKind, formerName, inventory } from "./composes.js";
import { type AnyFn } from "./define-function.js";
import { fill } from "./path.js";
import { type ObservedState, type Request } from "./request.js";

/** The annotation that says which function composed an object. */
export const COMPOSED_BY = "trimtab.dev/composed-by";

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
  readonly #composes: Composes;
  /** By path, once somebody asks for what is below one. */
  #inOrder: readonly Holding[] | undefined;

  constructor(fn: AnyFn, request: Request) {
    this.#composes = fn.composes;
    const theirs = request.desired?.resources ?? {};
    const renamed = formerNames(fn.composes);
    for (const [key, state] of Object.entries(request.observed)) {
      if (Object.hasOwn(theirs, key)) {
        if (this.kind(key)) this.#theirs.set(key, { path: key, key, state });
        continue;
      }
      const path = renamed(key);
      // Under both names: the old one is a resource of its own, which nobody declares any more.
      if (path !== undefined && !Object.hasOwn(request.observed, path)) this.#byPath.set(path, { path, key, state });
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
    return declaredBelow(this.#composes, path);
  }

  kind(path: string): AnyKind | undefined {
    return declaredKind(this.#composes, path);
  }

  #isOurs(name: string, key: string, { resource }: ObservedState): boolean {
    return this.kind(key) !== undefined || resource.metadata?.annotations?.[COMPOSED_BY] === name;
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

type FormerNames = (key: string) => string | undefined;

/** What is declared does not change, so its patterns are made once. */
const known = new WeakMap<Composes, FormerNames>();

/** From the name that something had formerly to its path. */
function formerNames(composes: Composes): FormerNames {
  const made = known.get(composes) ?? makeFormerNames(composes);
  known.set(composes, made);
  return made;
}

function makeFormerNames(composes: Composes): FormerNames {
  const patterns = [...inventory(composes).keys()].flatMap((path) => {
    const former = formerName(composes, path);
    return former === undefined ? [] : [{ path, pattern: patternOf(former) }];
  });
  return (key) => {
    for (const { path, pattern } of patterns) {
      const keys = pattern.exec(key)?.slice(1);
      if (keys) return fill(path, keys);
    }
    return undefined;
  };
}

function patternOf(former: string): RegExp {
  const segments = former.split("/").map((segment) => (segment === "*" ? "([^/]+)" : escapeRegExp(segment)));
  return new RegExp(`^${segments.join("/")}$`);
}
