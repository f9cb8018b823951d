import { hash } from "node:crypto";
import { byteOrder } from "../../render/byte-order.js";
import { type Composition, readComposition } from "../../render/read-composition.js";
import { nameOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

/** A Composition as it was at some time (crossplane, composition/revision.go). */
export interface Revision {
  readonly name: string;
  readonly number: number;
  readonly composition: Composition;
}

/** The Compositions that are installed, and what they have been. */
export class Compositions {
  readonly #revisions = new Map<string, Revision[]>();

  /**
   * Has these Compositions in the place of what was installed.
   *
   * @returns the names of those that are new, or others than before
   * @throws Error where one cannot be read
   */
  install(manifests: readonly JsonObject[]): readonly string[] {
    const read = manifests.map((manifest) => ({ composition: compositionOf(manifest), suffix: digestOf(manifest) }));
    const names = new Set(read.map(({ composition }) => composition.name));
    for (const gone of [...this.#revisions.keys()].filter((name) => !names.has(name))) this.#revisions.delete(gone);
    return read
      .filter(({ composition, suffix }) => this.#install(composition, suffix))
      .map(({ composition: { name } }) => name);
  }

  has(name: string): boolean {
    return this.#revisions.has(name);
  }

  /** The names of those for a kind of XR that have labels. */
  fitting(xr: Composition["compositeTypeRef"], labels: Readonly<Record<string, string>>): readonly string[] {
    const latest = [...this.#revisions.values()].flatMap((revisions) => revisions.at(-1) ?? []);
    return latest
      .filter(({ composition: { compositeTypeRef } }) => isSameType(compositeTypeRef, xr))
      .filter(({ composition }) => isLabelled(composition, labels))
      .map(({ composition }) => composition.name)
      .sort(byteOrder);
  }

  /** The newest revision of a Composition that has labels. */
  latest(name: string, labels: Readonly<Record<string, string>>): Revision | undefined {
    return this.#revisions.get(name)?.findLast(({ composition }) => isLabelled(composition, labels));
  }

  revision(name: string): Revision | undefined {
    return [...this.#revisions.values()].flat().find((revision) => revision.name === name);
  }

  #install(composition: Composition, suffix: string): boolean {
    const before = this.#revisions.get(composition.name) ?? [];
    const name = `${composition.name}-${suffix}`;
    if (before.at(-1)?.name === name) return false;
    // What a Composition was before and is again keeps its name, and is the newest.
    const others = before.filter((revision) => revision.name !== name);
    const number = (before.at(-1)?.number ?? 0) + 1;
    this.#revisions.set(composition.name, [...others, { name, number, composition }]);
    return true;
  }
}

function compositionOf(manifest: JsonObject): Composition {
  try {
    return readComposition(manifest);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot read Composition ${nameOf(manifest)}: ${message}`, { cause: error });
  }
}

/** Of seven digits, as in the names that Crossplane gives to revisions. */
function digestOf({ metadata, spec = {} }: JsonObject): string {
  const { labels = {}, annotations = {} } = (metadata ?? {}) as JsonObject;
  return hash("sha256", JSON.stringify([labels, annotations, spec])).slice(0, 7);
}

function isSameType(a: Composition["compositeTypeRef"], b: Composition["compositeTypeRef"]): boolean {
  return a.apiVersion === b.apiVersion && a.kind === b.kind;
}

function isLabelled({ labels }: Composition, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([label, value]) => labels[label] === value);
}
