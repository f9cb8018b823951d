import { type Formerly, type Many } from "../function/index.js";
import { type Desired, type Kind } from "../resource/kind.js";
import { nearest } from "./nearest.js";

/** The composition resource names that a function's `composes` allows. */
export type Names<C> = {
  readonly [P in keyof C & string]: C[P] extends Kind<infer _T, infer _D>
    ? P
    : C[P] extends Formerly
      ? P
      : C[P] extends Many<infer G>
        ? `${P}/${string}/${Names<G>}`
        : `${P}/${Names<C[P]>}`;
}[keyof C & string];

/** What is desired under a composition resource name. */
export type ComposedAt<C, Name extends string> = Desired<ObjectAt<C, Name>>;

/** What the cluster shows under a composition resource name. */
export type ObjectAt<C, Name extends string> =
  C extends Kind<infer T, infer _D>
    ? T
    : C extends Formerly<infer K>
      ? ObjectAt<K, Name>
      : Name extends `${infer First}/${infer Rest}`
        ? C extends Many<infer G>
          ? ObjectAt<G, Rest>
          : ObjectAt<ChildOf<C, First>, Rest>
        : ObjectAt<ChildOf<C, Name>, "">;

type ChildOf<C, Name extends string> = Name extends keyof C ? C[Name] : never;

/** @throws Error that says what there is instead */
export function composedAt<T>(resources: Readonly<Record<string, T>>, name: string, waiting: Waiting): T {
  const found = Object.hasOwn(resources, name) ? resources[name] : undefined;
  if (found !== undefined) return found;
  const why = waiting[name] === undefined ? "" : `: it waits for ${waiting[name]}`;
  throw new Error(`cannot read ${name}, which is not desired${why}; ${nearest(name, Object.keys(resources))}`);
}

type Waiting = Readonly<Record<string, string>>;
