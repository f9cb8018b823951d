import { type AnyKind, type Kind } from "../resource/kind.js";
import { type Condition, type ObservedMetadata, type Resource } from "../resource/resource.js";
import { type Out, object, type Schema, type SpecOf, type StatusOf, type XRD } from "../schema/index.js";
import { type Composes, formerName as formerPattern, inventory } from "./composes.js";
import { type Arrow, type Branch, type Composed, type Glance, type Reported } from "./tree.js";

/** The XR that is composed. */
export interface Composite<X> {
  /** The name that the developer gave: of the XR, or of its claim. */
  readonly name: string;
  /** Where the developer works: the namespace of the XR, or of its claim. Empty for a cluster-scoped XR without one. */
  readonly namespace: string;
  readonly kind: string;
  readonly metadata: ObservedMetadata & { readonly name: string };
  /** Defaults applied, unknown fields dropped. */
  readonly spec: SpecOf<X>;
  /** Set where a claim made the XR. */
  readonly claim: ClaimRef | undefined;
}

export interface ClaimRef {
  readonly name: string;
  readonly namespace: string;
}

export interface Selection {
  readonly labels?: Readonly<Record<string, string>>;
  /** Default: cluster-scoped objects, or all namespaces with `labels`. */
  readonly namespace?: string;
}

/** What compose is given. What is observed is not among it: only an arrow sees that. */
export interface Context<X, I, C> {
  readonly xr: Composite<X>;
  /** What the platform wrote in the Composition's step, defaults applied. */
  readonly input: I;
  readonly composed: Composed<C>;
  /** An object that this function does not compose; undefined if there is none. Whoever asks waits until Crossplane has looked. */
  find<T extends Resource, D>(
    kind: Kind<T, D>,
    selector: { readonly name: string; readonly namespace?: string },
  ): T | undefined;
  /** All objects of a kind that match. Whoever asks waits until Crossplane has looked. */
  findAll<T extends Resource, D>(kind: Kind<T, D>, selector: Selection): readonly T[];
  /** What earlier steps of the pipeline left. */
  readonly context: Readonly<Record<string, unknown>>;
}

export type Details = Readonly<Record<string, string>>;

/** A condition of the XR's status. Crossplane ignores what a function says of Synced, Ready and Responsive. */
export interface StatusCondition extends Condition {
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  /** Whether the claim shows it too. Default: false. */
  readonly claim?: boolean;
}

/** Becomes an event of the XR. */
export interface Result {
  readonly severity: "Normal" | "Warning" | "Fatal";
  readonly message: string;
  /** Default: Crossplane's own, ComposeResources. */
  readonly reason?: string;
  /** Whether the claim has the event too. Default: false. */
  readonly claim?: boolean;
}

/** What compose returns. */
export interface Composition<X, C> {
  readonly resources: Exclude<Branch<C, C>, null>;
  /** Nothing waits here: a field that is not known is undefined, and keeps what was last reported. */
  readonly status?: Reported<StatusOf<X>> | ((glance: Glance<C>) => Reported<StatusOf<X>>);
  /** Of a legacy XR, whole or not at all. Modern XRs have none: compose a Secret. */
  readonly connectionDetails?: Details | Arrow<Details, C> | null;
  readonly conditions?: readonly StatusCondition[] | ((glance: Glance<C>) => readonly StatusCondition[]);
  readonly results?: readonly Result[] | ((glance: Glance<C>) => readonly Result[]);
  /** For later steps of the pipeline; added to what earlier ones left. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** A composition function. */
export interface Fn<X extends XRD = XRD, S extends Schema = Schema, C extends Composes = Composes> {
  /** Marks what the function composes, and names it in logs. */
  readonly name: string;
  /** The XRs that it composes. Several forms of one API share one type. */
  readonly composite: readonly X[];
  readonly input: S;
  readonly composes: C;
  /** Seconds until Crossplane asks again if nothing that it watches has changed. */
  readonly ttl: number;
  compose(context: Context<X, Out<S>, C>): Composition<X, C>;
}

/** Any function, where only the toolkit looks inside. */
// biome-ignore lint/suspicious/noExplicitAny: compose is contravariant in its context, so no narrower type takes every function.
export type AnyFn = Fn<any, any, any>;

type None = Schema<Readonly<Record<string, never>>, Readonly<Record<string, never>>>;

/** Defines a composition function, and checks what it declares. */
export function defineFunction<X extends XRD, const C extends Composes, S extends Schema = None>(definition: {
  /** A DNS label: it is part of an annotation's value and of package names. */
  readonly name: string;
  readonly composite: X | readonly [X, ...X[]];
  /** What the platform decides in the Composition's step. Default: nothing. */
  readonly input?: S;
  /** What may exist. The names are composition resource names, for ever: see `formerly`. */
  readonly composes: C;
  /**
   * Seconds until Crossplane asks again. Default: 60. With realtime compositions nothing else polls an XR, so it is how new
   * code reaches old XRs. While something waits or is not ready, it asks again after ten seconds at most.
   */
  readonly ttl?: number;
  /** Pure: the same context gives the same composition. No clock, no randomness, no I/O. */
  compose(context: Context<X, Out<S>, C>): Composition<X, C>;
}): Fn<X, S, C> {
  const { name, composes, ttl = 60 } = definition;
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw new Error(
      `cannot define the function ${JSON.stringify(name)}: its name must be a DNS label, such as "bucket"`,
    );
  }
  if (!(ttl > 0 && Number.isInteger(ttl))) {
    throw new Error(`cannot define the function ${name}: ttl must be a whole number of seconds above 0, not ${ttl}`);
  }
  checkNames(name, composes, []);
  checkFormer(name, composes);
  const composite = [definition.composite].flat() as unknown as readonly X[];
  return { input: object({}) as unknown as S, ...definition, ttl, composite };
}

/** A former name that is ambiguous would lose what it is to keep. */
function checkFormer(fn: string, composes: Composes): void {
  const paths = [...inventory(composes).keys()];
  const taken = new Set(paths);
  for (const path of paths) {
    const former = formerPattern(composes, path);
    if (former === undefined) continue;
    const problem = taken.has(former)
      ? "is declared, or formerly the name of something else"
      : stars(former) !== stars(path) && `must have as many * as there are many around it (${stars(path)})`;
    if (problem) throw new Error(`cannot define the function ${fn}: ${path} is formerly ${former}, which ${problem}`);
    taken.add(former);
  }
}

const stars = (path: string) => path.split("/").filter((segment) => segment === "*").length;

function checkNames(fn: string, node: Composes | AnyKind | object, path: readonly string[]): void {
  if (typeof node === "function" || "~formerly" in node) return;
  const group = "~each" in node ? (node["~each"] as Composes) : node;
  for (const [name, child] of Object.entries(group)) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name)) {
      const where = [...path, name].join("/");
      throw new Error(
        `cannot define the function ${fn}: ${where} in composes may have letters, digits, - _ and . only`,
      );
    }
    checkNames(fn, child as object, [...path, name]);
  }
}
