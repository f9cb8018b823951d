import { isReady } from "./readiness.js";
import { type Metadata, type Resource } from "./resource.js";

/** What may be sent: the object without its status. */
export type Desired<T> = Omit<T, "status" | "metadata"> & { readonly metadata?: Metadata };

/** What an author writes: the object without what its kind knows, and without what only the cluster knows. */
export type Draft<T> = Omit<Desired<T>, "apiVersion" | "kind">;

/**
 * A Kubernetes kind as a value. Called with a draft it makes the object; where a kind is asked for it stands for itself.
 * The type of the same name is the object, so `s3.Bucket` serves as both.
 */
export interface Kind<T extends Resource = Resource, D = Draft<T>> {
  (draft: D): Desired<T>;
  readonly apiVersion: T["apiVersion"];
  readonly kind: T["kind"];
  readonly scope: Scope;
  /** See {@link KindOptions.plural}. */
  readonly plural?: string;
  /** See {@link KindOptions.managed}. */
  readonly managed?: boolean;
  /** Whether an observed object is of use to whoever waits for it. */
  ready(observed: Resource): boolean;
  readonly "~type"?: T;
}

/** A kind of which only the object's type matters. */
// biome-ignore lint/suspicious/noExplicitAny: a draft is contravariant, so no narrower type takes every kind.
export type AnyKind = Kind<any, any>;

export type Scope = "Namespaced" | "Cluster";

export interface KindOptions<D> {
  /** Default: Namespaced. */
  readonly scope?: Scope;
  /** Default: its condition Ready is True, and Synced is not False. */
  readonly ready?: (observed: Resource) => boolean;
  /** The name of its collection in the API. Default: the kind in lower case, in the plural. */
  readonly plural?: string;
  /**
   * Whether a provider manages it, so that packages have to see to it that its definition is activated. Default: where its
   * group is neither Kubernetes' nor Crossplane's, nor that of an XRD.
   */
  readonly managed?: boolean;
  /** What becomes of a draft before it is an object. Default: nothing. */
  readonly fill?: (draft: D) => object;
}

/** Makes the value side of a kind. */
export function kind<T extends Resource, D = Draft<T>>(
  apiVersion: T["apiVersion"],
  name: T["kind"],
  options: KindOptions<D> = {},
): Kind<T, D> {
  const { scope = "Namespaced", ready = isReady, fill, plural, managed } = options;
  const make = (draft: D) => ({ apiVersion, kind: name, ...(fill ? fill(draft) : draft) }) as unknown as Desired<T>;
  return Object.assign(make, {
    apiVersion,
    kind: name,
    scope,
    ready,
    ...(plural !== undefined && { plural }),
    ...(managed !== undefined && { managed }),
  });
}
