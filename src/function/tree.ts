import { type Base64 } from "../resource/base64.js";
import { type Desired, type Kind } from "../resource/kind.js";
import { type Ref } from "../resource/ref.js";
import { type Resource } from "../resource/resource.js";
import { type Composes, type Formerly, type Many } from "./composes.js";
import { type Known } from "./waiting.js";

/** References to what is composed, known before anything exists: `bucketRef: composed.bucket`. */
export type Composed<C, Root = C> =
  C extends Kind<infer T, infer _D>
    ? Ref<RefKind<T>>
    : C extends Formerly<infer K>
      ? Composed<K, Root>
      : C extends Many<infer G>
        ? ComposedMany<G, Root>
        : { readonly [P in keyof C]: Composed<C[P], Root> };

export interface ComposedMany<G extends Composes, Root = Composes> {
  /** The references of one item. */
  (key: string): Composed<G, Root>;
  /**
   * A group for each item. What an item has had goes with the item. Two items of one key are refused.
   *
   * @param leaving waits, for an item that is no longer there, until what it has had may go. Default: it goes at once
   */
  each<I>(
    items: readonly I[],
    key: (item: I) => string,
    make: (item: I, own: Composed<G, Root>) => Branch<G, Root>,
    leaving?: (key: string) => Arrow<unknown, Root>,
  ): Tree<Many<G>, Root>;
}

type RefKind<T extends Resource> = T["apiVersion"] extends `${infer G}.${string}/${string}`
  ? `${G}.${T["kind"]}`
  : T["kind"];

/** What the cluster shows of what is composed. */
export type Observed<C> =
  C extends Kind<infer T, infer _D>
    ? ObservedResource<T>
    : C extends Formerly<infer K>
      ? Observed<K>
      : C extends Many<infer G>
        ? (key: string) => Observed<G>
        : { readonly [P in keyof C]: Observed<C[P]> };

export interface ObservedResource<T extends Resource = Resource> {
  /** Undefined before it exists. */
  readonly object: T | undefined;
  readonly status: T["status"] | undefined;
  /** Connection details that it published, as text. To read one that is no text throws. */
  readonly connection: Readonly<Record<string, string | undefined>>;
  /** The same as a Secret has them: also those that are no text, such as keystores. */
  readonly connectionData: Readonly<Record<string, Base64 | undefined>>;
  /** Whether it exists and is of use, as its kind defines. */
  readonly ready: boolean;
}

/** What there is depends on the XR alone. What is in it may depend on what is observed, and then it is an arrow. */
export type Arrow<T, Root> = (sight: Sight<Root>) => T;

export interface Glance<Root> {
  readonly observed: Observed<Root>;
  /**
   * What is observed under a composition resource name, whichever step of the pipeline composes it: for functions that work
   * on what others made. It is ready if the step that composes it says so; where none says anything, by its conditions.
   */
  others(name: string): ObservedResource;
  /** The status of the XR: each field as earlier steps report it now, or else as it was last reported. */
  readonly reported: Readonly<Record<string, unknown>>;
}

export interface Sight<Root> extends Glance<Root> {
  /**
   * The value, once it is known. While it is undefined, null, false or empty, the arrow waits: what it makes keeps what
   * it was last told, or is not made yet.
   */
  need<T>(value: T, what: string): Known<T>;
}

/**
 * What compose returns for what the function composes. `null` means: must not be there. An arrow cannot decide on null, so
 * nothing goes because of what a read showed; for what is replaced see `goneOnce`.
 */
export type Tree<C, Root = C> = Shape<C, Root, null>;

/** An arrow makes what is there: it neither says null nor has it anywhere below. */
export type Branch<C, Root> = Place<C, Root, null>;

type Shape<C, Root, Gone> =
  C extends Kind<infer T, infer _D>
    ? Desired<T>
    : C extends Formerly<infer K>
      ? Shape<K, Root, Gone>
      : C extends Many<infer G>
        ? { readonly [key: string]: Place<G, Root, Gone> }
        : { readonly [P in keyof C]: Place<C[P], Root, Gone> };

type Place<C, Root, Gone> = Shape<C, Root, Gone> | Arrow<Shape<C, Root, never>, Root> | Gone;

/**
 * Status as compose knows it. `undefined` or "" means not known now, so what was last reported stays; `null` withdraws it.
 * The items of a list with keys are matched by them.
 */
export type Reported<T> = T extends readonly (infer I)[]
  ? readonly Reported<I>[]
  : T extends object
    ? { readonly [P in keyof T]?: Reported<T[P]> | null | undefined }
    : T;
