import { type Metadata } from "../resource/resource.js";
import { type Column, checkColumns } from "./column.js";
import { claimFields, crossplaneFields, scopeOf } from "./crossplane-fields.js";
import { lenient } from "./lenient.js";
import { lint } from "./lint.js";
import { checkNames, pluralOf } from "./names.js";
import { explain, type Problem } from "./problem.js";
import { type In, type Out, type Schema } from "./schema.js";

/** An API of the platform: the kind that developers write, and from which Crossplane makes a CRD. */
export interface XRD<Spec extends Schema = Schema, Status extends Schema = Schema> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Default: the kind in lower case, in the plural. */
  readonly plural?: string;
  /** What `kubectl explain` says of the kind. Default: none. */
  readonly description?: string;
  /** Further names of groups of kinds, as in `kubectl get storage`. Default: those that Crossplane adds. */
  readonly categories?: readonly string[];
  /** Default: none. */
  readonly shortNames?: readonly string[];
  /** What `kubectl get` prints, before the columns that Crossplane adds. Default: none. */
  readonly columns?: readonly Column[];
  /** Default: Namespaced; where there is a claim, the scope is Crossplane's LegacyCluster. */
  readonly scope?: "Namespaced" | "Cluster";
  readonly spec: Spec;
  readonly status: Status;
  /** Makes it the legacy form (apiextensions.crossplane.io/v1): cluster-scoped, and offered as this kind. Default: none. */
  readonly claim?: ClaimNames;
  /** The keys of the claim's connection Secret, for the legacy form alone. Default: all that there are. */
  readonly connectionKeys?: readonly string[];
}

export interface ClaimNames {
  readonly kind: string;
  /** Default: the kind in lower case, in the plural. */
  readonly plural?: string;
}

/** The spec of an XRD as a function reads it. */
export type SpecOf<X> = X extends XRD<infer Spec, infer _Status> ? Out<Spec> : never;

/** The status of an XRD as a function reports it. */
export type StatusOf<X> = X extends XRD<infer _Spec, infer Status> ? Out<Status> : never;

/** An object of an XRD as a developer writes it: what has a default may be left out. */
export interface Manifest<X> {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: Metadata & { readonly name: string };
  readonly spec: X extends XRD<infer Spec, infer _Status> ? In<Spec> : never;
  readonly status?: Partial<StatusOf<X>>;
}

/**
 * Defines an XRD. Throws for all that the API server or Crossplane would refuse, drop or overwrite: names, columns,
 * fields that Crossplane adds itself, rules that cost too much (see {@link lint}).
 */
export function defineXRD<const Spec extends Schema, const Status extends Schema>(
  definition: XRD<Spec, Status>,
): XRD<Spec, Status> {
  const problems = [
    ...checkNames(definition),
    ...checkLegacy(definition),
    ...checkHalf(definition, "spec"),
    ...checkHalf(definition, "status"),
    ...lint(definition.spec.openapi, "spec"),
    ...lint(lenient(definition.status.openapi), "status"),
    ...checkColumns(definition),
  ];
  if (problems.length) throw new Error(`cannot define ${definition.kind}:\n${explain(problems)}`);
  return definition;
}

export interface LegacyOptions {
  /** The kind of the cluster-scoped XR. */
  readonly kind: string;
  /** Default: the kind in lower case, in the plural. */
  readonly plural?: string;
  /** The kind that developers write. */
  readonly claim: ClaimNames;
  /** Default: none, since the XRD's own are taken. */
  readonly shortNames?: readonly string[];
  /** The keys of the claim's connection Secret. Default: all that there are. */
  readonly connectionKeys?: readonly string[];
}

/** The same API for teams that still use claims: a cluster-scoped XR, and a claim with the same spec. */
export function legacy<X extends XRD>(xrd: X, options: LegacyOptions): X {
  const { plural: _plural, scope: _scope, shortNames: _shortNames, ...rest } = xrd;
  for (const kind of [options.kind, options.claim.kind]) {
    if (kind === xrd.kind) throw new Error(`cannot define ${kind} as the legacy form of itself: choose another kind`);
    const plurals = [options.plural ?? pluralOf(options.kind), options.claim.plural ?? pluralOf(options.claim.kind)];
    const taken = xrd.plural ?? pluralOf(xrd.kind);
    if (plurals.includes(taken)) throw new Error(`cannot define ${kind}: the plural ${taken} is taken by ${xrd.kind}`);
  }
  const definition: XRD = { ...(rest as XRD), ...options };
  return defineXRD(definition) as X;
}

function checkLegacy({ claim, connectionKeys, scope }: XRD): readonly Problem[] {
  if (claim && scope) return [{ path: "scope", message: `must be left out where there is a claim, not ${scope}` }];
  if (claim || !connectionKeys) return [];
  return [{ path: "connectionKeys", message: "must be left out without a claim: let the function compose a Secret" }];
}

/** Crossplane builds the schema of the CRD from these parts of the XRD's, and adds fields of its own. */
function checkHalf(xrd: XRD, half: "spec" | "status"): readonly Problem[] {
  const { openapi } = xrd[half];
  if (openapi.type !== "object" || !openapi.properties) {
    return [{ path: half, message: "must be an object with fields" }];
  }
  const own = { ...crossplaneFields({ scope: scopeOf(xrd) })[half], ...(xrd.claim && claimFields()[half]) };
  const taken = Object.keys(openapi.properties)
    .filter((name) => Object.hasOwn(own, name))
    .map((name) => ({
      path: `${half}.${name}`,
      message: "must have another name: Crossplane puts a field of its own there",
    }));
  const lost = Object.keys(openapi)
    .filter((key) => !KEPT.has(key))
    .map((key) => ({ path: half, message: `must not say ${key}, which Crossplane drops: say it of the fields` }));
  return [...taken, ...lost];
}

const KEPT = new Set(["type", "description", "properties", "required", "oneOf", "x-kubernetes-validations"]);
