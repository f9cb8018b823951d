import { isDNSSubdomain } from "./dns-name.js";
import { type Problem, show } from "./problem.js";

/** What `checkNames` reads of an XRD. */
interface Names {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural?: string;
  readonly categories?: readonly string[];
  readonly shortNames?: readonly string[];
  readonly claim?: { readonly kind: string; readonly plural?: string };
}

/** What is wrong with the names of an XRD, by the rules of Kubernetes for CRDs. */
export function checkNames({ categories, claim, group, kind, plural, shortNames, version }: Names): readonly Problem[] {
  return [
    ...wrong("group", group, isGroup, "must be a DNS name with a dot, in lower case"),
    ...wrong("version", version, isLabel, "must be a DNS label, such as v1alpha1"),
    ...kindAndPlural("", kind, plural),
    ...(claim ? kindAndPlural("claim.", claim.kind, claim.plural) : []),
    ...(claim ? distinct(kind, plural, claim) : []),
    ...(categories ?? []).flatMap((name) => wrong("categories", name, isLabel, "must be DNS labels")),
    ...(shortNames ?? []).flatMap((name) => wrong("shortNames", name, isLabel, "must be DNS labels")),
  ];
}

/** The name of a kind's collection, as English forms it. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/(?:s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

function kindAndPlural(prefix: string, kind: string, plural = pluralOf(kind)): readonly Problem[] {
  return [
    // Kubernetes names the kind of lists with four letters more.
    ...wrong(`${prefix}kind`, kind, isKind, "must be letters and digits in PascalCase, at most 59"),
    ...wrong(`${prefix}plural`, plural, isLabel, "must be a DNS label"),
  ];
}

function distinct(
  kind: string,
  plural: string | undefined,
  claim: { readonly kind: string; readonly plural?: string },
): readonly Problem[] {
  if (claim.kind === kind) return [{ path: "claim.kind", message: `must differ from the kind of the XR, ${kind}` }];
  const own = plural ?? pluralOf(kind);
  if ((claim.plural ?? pluralOf(claim.kind)) !== own) return [];
  return [{ path: "claim.plural", message: `must differ from the plural of the XR, ${own}` }];
}

function wrong(path: string, name: string, is: (name: string) => boolean, rule: string): readonly Problem[] {
  return is(name) ? [] : [{ path, message: `${rule}, not ${show(name)}` }];
}

function isGroup(name: string): boolean {
  return name.includes(".") && isDNSSubdomain(name) && name.split(".").every((part) => part.length <= 63);
}

/** A DNS label that begins with a letter (RFC 1035). */
function isLabel(name: string): boolean {
  return /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}

function isKind(name: string): boolean {
  return /^[A-Z][A-Za-z0-9]{0,58}$/.test(name);
}
