import { escapeRegExp } from "../resource/escape-reg-exp.js";
import { type AnyKind } from "../resource/kind.js";
import { type Composes, declaredBelow, declaredKind, formerName, inventory } from "./composes.js";
import { fill } from "./path.js";

/** What a function declares that it composes. It does not change, so what can be known of it is made once. */
export function declaredBy(composes: Composes): Declared {
  const known = made.get(composes) ?? new Declared(composes);
  made.set(composes, known);
  return known;
}

const made = new WeakMap<Composes, Declared>();

export class Declared {
  readonly #composes: Composes;
  /** By path, but for those below a `many`, of which the paths hold keys. */
  readonly #kinds: ReadonlyMap<string, AnyKind>;
  readonly #former: readonly Former[];

  constructor(composes: Composes) {
    this.#composes = composes;
    this.#kinds = inventory(composes);
    this.#former = formerNames(composes);
  }

  kind(path: string): AnyKind | undefined {
    return this.#kinds.get(path) ?? declaredKind(this.#composes, path);
  }

  /** The paths of the kinds at or below a path, but for those below a `many` there. */
  below(path: string): readonly string[] {
    return declaredBelow(this.#composes, path);
  }

  /** The path of what had a name formerly. */
  renamed(name: string): string | undefined {
    for (const { path, pattern } of this.#former) {
      const keys = pattern.exec(name)?.slice(1);
      if (keys) return fill(path, keys);
    }
    return undefined;
  }
}

interface Former {
  readonly path: string;
  /** Of the name that it had. */
  readonly pattern: RegExp;
}

function formerNames(composes: Composes): readonly Former[] {
  return [...inventory(composes).keys()].flatMap((path) => {
    const former = formerName(composes, path);
    return former === undefined ? [] : [{ path, pattern: patternOf(former) }];
  });
}

function patternOf(former: string): RegExp {
  const segments = former.split("/").map((segment) => (segment === "*" ? "([^/]+)" : escapeRegExp(segment)));
  return new RegExp(`^${segments.join("/")}$`);
}
