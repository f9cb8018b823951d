import { type CompositeFields, compositeFields } from "../../render/composite-fields.js";
import { type GVK, objectsAt, parseGVK, textAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Platform } from "../input.js";

/** A kind of XR that a platform offers. */
export interface CompositeKind {
  readonly xr: GVK;
  readonly fields: CompositeFields;
  /** Undefined where there are only Compositions for it. */
  readonly xrd: JsonObject | undefined;
  /** Undefined where it is offered without claims. */
  readonly claim: GVK | undefined;
}

/** By group and kind, as {@link groupKind} writes them. */
export type CompositeKinds = ReadonlyMap<string, CompositeKind>;

/**
 * The kinds of XR that XRDs define, and those that have a Composition alone.
 *
 * @throws Error where an XRD is none
 */
export function compositeKinds({ xrds, compositions }: Pick<Platform, "xrds" | "compositions">): CompositeKinds {
  const kinds = new Map<string, CompositeKind>();
  for (const xrd of xrds) {
    const kind = defined(xrd);
    kinds.set(groupKind(kind.xr), kind);
  }
  for (const composition of compositions) {
    const ref = (field: string) => textAt(composition, ["spec", "compositeTypeRef", field]);
    const xr = parseGVK(ref("apiVersion"), ref("kind"));
    if (kinds.has(groupKind(xr))) continue;
    kinds.set(groupKind(xr), { xr, fields: compositeFields(xr, undefined), xrd: undefined, claim: undefined });
  }
  return kinds;
}

export function groupKind({ group, kind }: Pick<GVK, "group" | "kind">): string {
  return `${kind}.${group}`;
}

function defined(xrd: JsonObject): CompositeKind {
  const group = textAt(xrd, ["spec", "group"]);
  const referenceable = objectsAt(xrd, ["spec", "versions"]).find((each) => each["referenceable"] === true);
  const version = textAt(referenceable ?? {}, ["name"]);
  const xr = { group, version, kind: textAt(xrd, ["spec", "names", "kind"]) };
  const claim = textAt(xrd, ["spec", "claimNames", "kind"]);
  return {
    xr,
    fields: compositeFields(xr, xrd),
    xrd,
    claim: claim === "" ? undefined : { group, version, kind: claim },
  };
}
