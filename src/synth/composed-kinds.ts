import { inventory } from "../function/composes.js";
import { type AnyKind } from "../resource/kind.js";
import { type XRD } from "../schema/index.js";
import { pluralOf } from "../schema/names.js";
import { type CompositionProps } from "./composition-props.js";

/** A kind as the API and RBAC name it. */
export interface ComposedKind {
  /** Empty for Kubernetes' core. */
  readonly group: string;
  /** Such as `buckets`. */
  readonly plural: string;
}

/** The kinds that functions compose, by who lets Crossplane work with them. Each list is sorted, and has none twice. */
export interface ComposedKinds {
  /** Those of providers, which are there once a policy activates them. */
  readonly managed: readonly ComposedKind[];
  /** Those that nobody grants to Crossplane unless we do. */
  readonly ungranted: readonly ComposedKind[];
}

/**
 * The kinds that the functions of pipelines say that they compose. Functions of elsewhere say nothing.
 *
 * @param xrds to whose kinds Crossplane's RBAC manager gives it access
 */
export function composedKinds(compositions: readonly CompositionProps[], xrds: readonly XRD[]): ComposedKinds {
  const kinds = compositions
    .flatMap(({ pipeline }) => pipeline)
    .flatMap(({ function: fn }) => [...inventory(fn?.composes ?? {}).values()]);
  const isOfXRD = ({ apiVersion, kind }: AnyKind) =>
    xrds.some((xrd) => xrd.group === groupOf(apiVersion) && (xrd.kind === kind || xrd.claim?.kind === kind));
  const others = kinds.filter((kind) => !isOfXRD(kind));
  const named = (chosen: readonly AnyKind[]) => distinct(chosen.map(composedKind));
  return {
    managed: named(others.filter(isManaged)),
    ungranted: named(others.filter((kind) => !isManaged(kind))).filter((kind) => !isGranted(kind)),
  };
}

function isManaged({ apiVersion, managed }: AnyKind): boolean {
  const group = groupOf(apiVersion);
  return managed ?? !(isKubernetes(group) || CROSSPLANE.includes(group));
}

/** Kubernetes keeps names without a dot, and those below k8s.io, to itself. */
function isKubernetes(group: string): boolean {
  return !group.includes(".") || group.endsWith(".k8s.io");
}

const CROSSPLANE = [
  "apiextensions.crossplane.io",
  "ops.crossplane.io",
  "pkg.crossplane.io",
  "protection.crossplane.io",
];

/** What the ClusterRole of Crossplane's Helm chart (2.4.0) lets it read, write and delete. */
const GRANTED: Readonly<Record<string, readonly string[]>> = {
  "": ["configmaps", "leases", "secrets", "serviceaccounts", "services"],
  "coordination.k8s.io": ["configmaps", "leases"],
  apps: ["deployments"],
  extensions: ["deployments"],
  "apiextensions.k8s.io": ["customresourcedefinitions"],
  "admissionregistration.k8s.io": ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
};

function isGranted({ group, plural }: ComposedKind): boolean {
  return CROSSPLANE.includes(group) || (GRANTED[group]?.includes(plural) ?? false);
}

function composedKind({ apiVersion, kind, plural }: AnyKind): ComposedKind {
  return { group: groupOf(apiVersion), plural: plural ?? pluralOf(kind) };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/", 1)[0] ?? "") : "";
}

function distinct(kinds: readonly ComposedKind[]): readonly ComposedKind[] {
  const byName = new Map(kinds.map((kind) => [`${kind.plural}.${kind.group}`, kind]));
  const order = (a: ComposedKind, b: ComposedKind) => compare(a.group, b.group) || compare(a.plural, b.plural);
  return [...byName.values()].sort(order);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
