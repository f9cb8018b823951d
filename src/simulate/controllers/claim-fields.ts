import { type Condition, conditionsOf, mark } from "../../render/conditions.js";
import { isObject, nameOf, namespaceOf, textAt, typeOf, valueAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

/** A reference to a claim, as its XR has it. */
export interface ClaimReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export function referenceToClaim(claim: JsonObject): ClaimReference {
  return { ...typeOf(claim), namespace: namespaceOf(claim), name: nameOf(claim) };
}

/** The claim that an XR is bound to; undefined where it is to none. */
export function claimOfXR(xr: JsonObject): ClaimReference | undefined {
  const ref = valueAt(xr, ["spec", "claimRef"]);
  if (!isObject(ref)) return undefined;
  const [apiVersion = "", kind = "", namespace = "", name = ""] = ["apiVersion", "kind", "namespace", "name"].map(
    (field) => textAt(ref, [field]),
  );
  return { apiVersion, kind, namespace, name };
}

/** Whether an XR is bound, and not to this claim. */
export function isBoundToOther(xr: JsonObject, claim: JsonObject): boolean {
  const bound = claimOfXR(xr);
  return bound !== undefined && JSON.stringify(bound) !== JSON.stringify(referenceToClaim(claim));
}

/** A claim with those conditions of its XR that functions meant for it, and whether the XR is of use. */
export function toldClaim(
  claim: JsonObject,
  xr: JsonObject,
  time: string,
): { readonly claim: JsonObject; readonly isReady: boolean } {
  const types = valueAt(xr, ["status", "claimConditionTypes"]);
  const conditions = conditionsOf(xr);
  const meant = (Array.isArray(types) ? types : []).flatMap((type): readonly Condition[] => {
    const condition = conditions.find((each) => each.type === type);
    return condition ? [condition] : [];
  });
  const isReady = conditions.some(({ type, status }) => type === "Ready" && status === "True");
  return { claim: mark(claim, meant, time), isReady };
}
