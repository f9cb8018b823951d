import { type RequiredResource } from "../../render/fetch-resources.js";
import { type Requirement } from "../../render/run-pipeline.js";
import { gvkOf, labelsOf, nameOf, namespaceOf, parseGVK } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { groupKind } from "./composite-kinds.js";

/**
 * What XRs depend on: what they compose, and what their functions require. Knows at once whom a changed object concerns,
 * however many XRs there are (crossplane, InMemoryTracker of composite/dependency/tracker.go).
 */
export class Dependencies {
  readonly #references = new Map<string, readonly RequiredResource[]>();
  readonly #required = new Map<string, readonly Requirement[]>();
  readonly #byName = new Map<string, Set<string>>();
  readonly #byLabels = new Map<string, Map<string, Labels[]>>();

  /** Notes what an XR depends on, in the place of what it did. */
  track(xr: string, composed: readonly JsonObject[], required: readonly Requirement[]): void {
    this.forget(xr);
    const references = [...composed.map(referenceTo), ...required.map(({ resource }) => resource)];
    this.#references.set(xr, references);
    this.#required.set(xr, required);
    for (const reference of references) this.#add(xr, reference);
  }

  forget(xr: string): void {
    for (const reference of this.#references.get(xr) ?? []) this.#remove(xr, reference);
    this.#references.delete(xr);
    this.#required.delete(xr);
  }

  /** What a step of an XR's pipeline required the last time, by the name of the requirement. */
  required(xr: string, step: string): Readonly<Record<string, RequiredResource>> {
    const found = (this.#required.get(xr) ?? []).filter((requirement) => requirement.step === step);
    return Object.fromEntries(found.map(({ name, resource }) => [name, resource]));
  }

  /** The XRs that depend on an object. */
  dependants(object: JsonObject): ReadonlySet<string> {
    const kind = groupKind(gvkOf(object));
    const namespace = namespaceOf(object);
    const labels = labelsOf(object);
    const found = new Set(this.#byName.get(placeOf(kind, namespace, nameOf(object))));
    for (const scope of new Set([namespace, ""])) {
      for (const [xr, selectors] of this.#byLabels.get(placeOf(kind, scope)) ?? []) {
        if (selectors.some((selector) => isSelected(labels, selector))) found.add(xr);
      }
    }
    return found;
  }

  #add(xr: string, reference: RequiredResource): void {
    const place = placeOfReference(reference);
    if (reference.name) {
      const xrs = this.#byName.get(place) ?? new Set<string>();
      this.#byName.set(place, xrs.add(xr));
      return;
    }
    const xrs = this.#byLabels.get(place) ?? new Map<string, Labels[]>();
    this.#byLabels.set(place, xrs.set(xr, [...(xrs.get(xr) ?? []), reference.labels ?? {}]));
  }

  #remove(xr: string, reference: RequiredResource): void {
    const place = placeOfReference(reference);
    const index = reference.name ? this.#byName : this.#byLabels;
    const xrs = index.get(place);
    xrs?.delete(xr);
    if (xrs?.size === 0) index.delete(place);
  }
}

type Labels = Readonly<Record<string, string>>;

function referenceTo(object: JsonObject): RequiredResource {
  const { group, kind } = gvkOf(object);
  return { apiVersion: `${group}/`, kind, namespace: namespaceOf(object), name: nameOf(object) };
}

/** Whatever its version, an object is the same one. */
function placeOfReference({ apiVersion, kind, namespace = "", name }: RequiredResource): string {
  return placeOf(groupKind(parseGVK(apiVersion, kind)), namespace, name || undefined);
}

function placeOf(kind: string, namespace: string, name?: string): string {
  return name === undefined ? `${kind}/${namespace}` : `${kind}/${namespace}/${name}`;
}

function isSelected(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([label, value]) => labels[label] === value);
}
