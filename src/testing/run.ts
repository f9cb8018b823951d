import { isFormerly, isKind, isMany, type Node } from "../function/composes.js";
import {
  type Composes,
  declaredKind,
  type Fn,
  type Formerly,
  isAnyXR,
  type Many,
  type Outcome,
} from "../function/index.js";
import { below } from "../function/path.js";
import { type Desired, type Kind } from "../resource/kind.js";
import { type Resource } from "../resource/resource.js";
import { type In, type Manifest, type Schema, type XRD } from "../schema/index.js";
import { type ComposedAt, composedAt, type Names } from "./composed-at.js";
import { observe } from "./observe.js";
import { inherit } from "./provenance.js";
import { type Given, reconcile } from "./reconcile.js";

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [P in keyof T]?: DeepPartial<T[P]> }
    : T;

/** What a test says is observed: parts of objects, in the shape of what the function composes. */
export type Seen<C> =
  C extends Kind<infer T, infer _D>
    ? DeepPartial<T> & { readonly connection?: Readonly<Record<string, string>> }
    : C extends Formerly<infer K>
      ? Seen<K>
      : C extends Many<infer G>
        ? { readonly [key: string]: Seen<G> }
        : { readonly [P in keyof C]?: Seen<C[P]> };

/** What is desired, in the shape of what the function composes; undefined is what is not. */
export type Rendered<C> =
  C extends Kind<infer T, infer _D>
    ? Desired<T> | undefined
    : C extends Formerly<infer K>
      ? Rendered<K>
      : C extends Many<infer G>
        ? { readonly [key: string]: Rendered<G> }
        : { readonly [P in keyof C]: Rendered<C[P]> };

export interface Situation<X extends XRD, S extends Schema, C> {
  /** As a developer writes it. */
  readonly xr: Manifest<X>;
  /** As the platform writes it in the Composition's step. Default: nothing. */
  readonly input?: In<S>;
  /** Default: nothing. */
  readonly observed?: Seen<C>;
  /** What other steps of the pipeline composed, by composition resource name. Default: nothing. */
  readonly others?: Readonly<Record<string, Other>>;
  /** Objects that `find` can find. Default: none. */
  readonly required?: readonly Resource[];
  /** What earlier steps of the pipeline left. Default: nothing. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** What the legacy XR has published. Default: nothing. */
  readonly connectionDetails?: Readonly<Record<string, string>>;
}

/** An object that another step composed, and the connection details that it published. */
export type Other = Resource & { readonly connection?: Readonly<Record<string, string>> };

// Its variance is said, since the compiler would otherwise follow what large functions compose too deep to find it.
export interface Run<in out C> extends Outcome {
  readonly desired: Rendered<C>;
  /**
   * What is desired under a composition resource name, such as `consumers/api/secret`, of the type that `composes` says.
   *
   * @throws Error where it is not desired, which says what is
   */
  composed<Name extends Names<C>>(name: Name): ComposedAt<C, Name>;
}

/** One reconcile of a function in memory, with typed access to what it desires. Throws as `reconcile` does. */
export function run<X extends XRD, S extends Schema, C extends Composes>(
  fn: Fn<X, S, C>,
  situation: Situation<X, S, C>,
): Run<C> {
  const outcome = reconcile(fn, givenOf(fn, situation));
  const { resources, waiting } = outcome;
  const composed = (name: string) => composedAt(resources, name, waiting);
  return inherit({ ...outcome, desired: shape(fn.composes, resources), composed } as unknown as Run<C>, outcome);
}

/** What one reconcile is told in a situation: for what takes objects as the cluster shows them, such as a contract. */
export function givenOf<X extends XRD, S extends Schema, C extends Composes>(
  fn: Fn<X, S, C>,
  { xr: manifest, observed, others = {}, ...rest }: Situation<X, S, C>,
): Given {
  const xr = complete(fn, manifest);
  const seen = Object.entries(flatten(fn.composes, (observed ?? {}) as Tree));
  return {
    ...rest,
    xr,
    observed: [
      ...seen.map(([key, { connection: _, status, ...part }]) => {
        const kind = declaredKind(fn.composes, key);
        const desired = { apiVersion: kind?.apiVersion ?? "v1", kind: kind?.kind ?? "Unknown", ...part } as Resource;
        return observe(fn, xr, key, desired, status);
      }),
      ...Object.entries(others).map(([key, { connection: _, status, ...other }]) =>
        observe(fn, xr, key, other, status),
      ),
    ],
    connection: Object.fromEntries(
      [...seen, ...Object.entries(others)].flatMap(([key, { connection }]) => (connection ? [[key, connection]] : [])),
    ),
  };
}

export function complete(fn: Fn<XRD, Schema, Composes> | object, manifest: Manifest<XRD>): Resource {
  const definitions = (fn as Fn).composite;
  const xrd = definitions.find(({ kind }) => kind === manifest.kind) ?? definitions[0];
  if (xrd && isAnyXR(xrd) && !(manifest.apiVersion && manifest.kind)) {
    throw new Error("cannot run a function of any XR: xr must say apiVersion and kind");
  }
  return { apiVersion: `${xrd?.group}/${xrd?.version}`, kind: xrd?.kind ?? "", ...manifest } as unknown as Resource;
}

interface Tree {
  readonly [name: string]: unknown;
}
type Part = Tree & { readonly status?: object; readonly connection?: Readonly<Record<string, string>> };

function flatten(composes: Composes, tree: Tree, path = ""): Readonly<Record<string, Part>> {
  const parts = Object.entries(tree).map(([name, value]) => {
    const key = below(path, name);
    return declaredKind(composes, key) ? { [key]: value as Part } : flatten(composes, value as Tree, key);
  });
  return Object.assign({}, ...parts);
}

function shape(node: Node, resources: Readonly<Record<string, Resource>>, path = ""): unknown {
  if (isKind(node) || isFormerly(node)) return resources[path];
  const prefix = below(path, "");
  const names = isMany(node) ? namesBelow(prefix, Object.keys(resources)) : Object.keys(node);
  const child = (name: string) => (isMany(node) ? node["~each"] : (node[name] ?? {}));
  return Object.fromEntries(names.map((name) => [name, shape(child(name), resources, prefix + name)]));
}

function namesBelow(prefix: string, keys: readonly string[]): readonly string[] {
  const below = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length).split("/")[0] ?? "");
  return [...new Set(below)];
}
