import { type AnyKind } from "../resource/kind.js";
import { type Resource } from "../resource/resource.js";
import { type Request, type Requirement } from "./request.js";
import { Waiting } from "./waiting.js";

/** What `find` and `findAll` have asked for, and what Crossplane has answered. */
export class Lookups {
  readonly #requirements = new Map<string, Requirement>();

  constructor(readonly request: Pick<Request, "required">) {}

  /** @throws Waiting until Crossplane has looked */
  find(kind: AnyKind, selector: Asked): readonly Resource[] {
    const requirement = requirementOf(kind, selector);
    const name = nameOf(requirement);
    this.#requirements.set(name, requirement);
    const found = this.request.required?.[name];
    if (!found) throw new Waiting(`${requirement.kind} ${selector.name ?? matchOf(selector)}`);
    return [...found].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  }

  get requirements(): ReadonlyMap<string, Requirement> {
    return this.#requirements;
  }
}

/** What is asked for of a kind. */
export type Asked = Omit<Requirement, "apiVersion" | "kind">;

/** As Crossplane orders them, so that the order of an answer changes nothing. */
const placeOf = ({ metadata = {} }: Resource) => `${metadata.namespace ?? ""}/${metadata.name ?? ""}`;

function requirementOf({ apiVersion, kind, scope }: AnyKind, selector: Asked): Requirement {
  const { name, labels, namespace } = selector;
  if (name === "") throw new Error(`cannot find ${kind}: the name in the selector is empty`);
  if (scope === "Namespaced" && name !== undefined && !namespace) {
    throw new Error(`cannot find ${kind} ${name}: the kind is namespaced, so the selector must say the namespace`);
  }
  return {
    apiVersion,
    kind,
    ...(name !== undefined && { name }),
    ...(name === undefined && { labels: labels ?? {} }),
    ...(namespace && scope === "Namespaced" && { namespace }),
  };
}

/** Says all that the requirement says, so that equal ones are one, and others never share an answer. */
function nameOf({ apiVersion, kind, namespace = "", name, labels }: Requirement): string {
  return `${apiVersion}/${kind}/${namespace}/${name ?? matchOf({ labels })}`;
}

function matchOf({ labels = {} }: { readonly labels?: Readonly<Record<string, string>> | undefined }): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length > 0 ? pairs.sort().join(",") : "*";
}
