import { isDeepStrictEqual } from "node:util";
import { type JsonObject } from "../wire/index.js";
import { type CompositeFields } from "./composite-fields.js";
import { normal, type Said } from "./event.js";
import { type Composition } from "./read-composition.js";
import { valueAt, withValue } from "./unstructured.js";

/** How an XR comes to its Composition. What it writes into the XR is stored, or will be with what is written next. */
export interface Selection {
  /** The XR, with a reference to a Composition. */
  select(xr: JsonObject): JsonObject;
  /** The XR, with what selects a revision of it. */
  selectRevision(xr: JsonObject): JsonObject;
  /** What the XR refers to, and the XR, which may refer to a newer revision of it. */
  fetch(xr: JsonObject): { readonly xr: JsonObject; readonly composition: Composition };
}

/** Chooses a Composition that is given, as `crossplane render` does. */
export function given(composition: Composition, { compositionRef }: CompositeFields): Selection {
  return {
    select: (xr) => withValue(xr, compositionRef, { name: composition.name }),
    selectRevision: (xr) => xr,
    fetch: (xr) => ({ xr, composition }),
  };
}

/** What is said where a reference of an XR is another one than it was (crossplane, Reconcile of composite/reconciler.go). */
export function selected(
  before: JsonObject,
  after: JsonObject,
  { path, what }: { readonly path: readonly string[]; readonly what: string },
): readonly Said[] {
  const ref = valueAt(after, path);
  if (ref === undefined || isDeepStrictEqual(valueAt(before, path), ref)) return [];
  const name = valueAt(after, [...path, "name"]);
  return [{ event: normal("SelectComposition", `${what}: ${String(name)}`) }];
}
