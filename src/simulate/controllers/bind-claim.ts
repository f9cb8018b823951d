import { hash } from "node:crypto";
import { conditionsOf, withConditions } from "../../render/conditions.js";
import { because } from "../../render/refusal.js";
import {
  annotationsOf,
  type GVK,
  isObject,
  labelsOf,
  nameOf,
  namespaceOf,
  textAt,
  typeOf,
  uidOf,
  valueAt,
  withTexts,
  withValue,
} from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { madeName } from "../api/made-name.js";
import { referenceToClaim } from "./claim-fields.js";
import { CROSSPLANE, type PromptClient } from "./cluster-of.js";

/** The field manager of what a claim asks of its XR (crossplane, FieldOwnerXR of claim/syncer_ssa.go). */
export const CLAIM_FIELD_OWNER = "apiextensions.crossplane.io/claim";

const EXTERNAL_NAME = "crossplane.io/external-name";

export interface BindOptions {
  readonly client: PromptClient;
  /** The kind of the XR. */
  readonly xr: GVK;
  /** Whether the XRD chooses the Composition, whatever the claim says. */
  readonly isEnforced: boolean;
}

/**
 * Makes the XR of a claim, or brings it up to date, and writes into the claim what is known of the XR (crossplane,
 * ServerSideCompositeSyncer of claim/syncer_ssa.go). Returns both as they are stored then.
 *
 * @throws Error where the cluster refuses one of them
 */
export function bindClaim(
  stored: JsonObject,
  xr: JsonObject | undefined,
  options: BindOptions,
): { readonly claim: JsonObject; readonly xr: JsonObject } {
  const { client } = options;
  const wanted = wantedXR(stored, xr, options);
  // The claim says which XR it has before there is one, so that none is ever forgotten.
  const claim = doing("cannot update claim", () =>
    client.update(withXR(stored, xr, { wanted, ...options }), { manager: CROSSPLANE }),
  );
  const applied = doing("cannot apply composite resource", () => client.apply(wanted, { manager: CLAIM_FIELD_OWNER }));
  const status = valueAt(applied, ["status"]);
  if (status === undefined) return { claim, xr: applied };
  if (!isObject(status)) throw new Error("composite resource status was not an object");
  const told = withStatusOf(claim, status);
  return {
    claim: doing("cannot update claim status", () =>
      client.update(told, { manager: CROSSPLANE, subresource: "status" }),
    ),
    xr: applied,
  };
}

/** All that a claim wants of its XR. */
function wantedXR(claim: JsonObject, xr: JsonObject | undefined, options: BindOptions): JsonObject {
  const { group, version, kind } = options.xr;
  const name = textAt(claim, ["spec", "resourceRef", "name"]) || freeName(claim, options);
  const claimed = { "crossplane.io/claim-name": nameOf(claim), "crossplane.io/claim-namespace": namespaceOf(claim) };
  const externalName = annotationsOf(xr ?? {})[EXTERNAL_NAME];
  const annotations = {
    ...withoutReserved(annotationsOf(claim)),
    // What exists is never renamed.
    ...(externalName && { [EXTERNAL_NAME]: externalName }),
  };
  return {
    apiVersion: `${group}/${version}`,
    kind,
    metadata: {
      name,
      // A name that is free is one that nothing was generated from yet: Crossplane applies both.
      ...(textAt(claim, ["spec", "resourceRef", "name"]) === "" && { generateName: `${nameOf(claim)}-` }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      labels: { ...withoutReserved(labelsOf(claim)), ...claimed },
    },
    spec: { ...propagated(claim, xr, options), claimRef: { ...referenceToClaim(claim) } },
  };
}

function freeName(claim: JsonObject, { client, xr }: BindOptions): string {
  const number = Number.parseInt(hash("sha256", uidOf(claim)).slice(0, 7), 16);
  const names = Array.from({ length: 10 }, (_, tried) => madeName(`${nameOf(claim)}-`, number + tried));
  const free = names.find((name) => client.get(xr, "", name) === undefined);
  if (free === undefined) throw new Error("cannot generate a name for composite resource: cannot find a free name");
  return free;
}

/** Of a claim's spec what is not Crossplane's own: the XR has its own of those, some of which a claim may choose. */
function propagated(claim: JsonObject, xr: JsonObject | undefined, { isEnforced }: BindOptions): JsonObject {
  const spec = valueAt(claim, ["spec"]);
  if (!isObject(spec)) throw new Error("claim spec was not an object");
  const isManual = textAt(xr ?? {}, ["spec", "compositionUpdatePolicy"]) === "Manual";
  const stripped = new Set([
    ...["compositeDeletePolicy", "resourceRef", "writeConnectionSecretToRef", "resourceRefs", "claimRef"],
    ...(isManual ? [] : ["compositionRevisionRef"]),
    ...(isEnforced ? ["compositionRef"] : []),
  ]);
  return Object.fromEntries(Object.entries(spec).filter(([field]) => !stripped.has(field)));
}

/** The claim with what its XR knows: which one it is, what it is called outside, and how it is composed. */
function withXR(
  stored: JsonObject,
  xr: JsonObject | undefined,
  { wanted, isEnforced }: { readonly wanted: JsonObject; readonly isEnforced: boolean },
): JsonObject {
  const spec = (field: string) => valueAt(xr ?? {}, ["spec", field]);
  const has = (field: string) => isObject(valueAt(stored, ["spec", field]));
  let claim = withValue(stored, ["spec", "resourceRef"], { ...typeOf(wanted), name: nameOf(wanted) });
  const externalName = annotationsOf(xr ?? {})[EXTERNAL_NAME];
  if (externalName) claim = withTexts(claim, "annotations", { [EXTERNAL_NAME]: externalName });
  const take = (field: string) => {
    const value = spec(field);
    if (isObject(value)) claim = withValue(claim, ["spec", field], value);
  };
  if (isEnforced || !has("compositionRef")) take("compositionRef");
  if (!has("compositionRevisionSelector")) take("compositionRevisionSelector");
  if (spec("compositionUpdatePolicy") === "Automatic") take("compositionRevisionRef");
  return claim;
}

/** The claim with the status of its XR, but for what is each one's own. */
function withStatusOf(claim: JsonObject, status: JsonObject): JsonObject {
  const { conditions: _, connectionDetails: __, claimConditionTypes: ___, ...shared } = status;
  const conditions = conditionsOf(claim);
  const published = valueAt(claim, ["status", "connectionDetails", "lastPublishedTime"]);
  const told = withValue(claim, ["status"], shared);
  const conditioned = conditions.length > 0 ? withConditions(told, conditions) : told;
  return published === undefined
    ? conditioned
    : withValue(conditioned, ["status", "connectionDetails", "lastPublishedTime"], published);
}

/** Without what is Kubernetes' own, such as what kubectl notes. */
function withoutReserved(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const isReserved = (key: string) => /(?:kubernetes|k8s)\.io$/.test(key.split("/", 1)[0] ?? "");
  return Object.fromEntries(Object.entries(texts).filter(([key]) => !isReserved(key)));
}

function doing<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw because(what, cause);
  }
}
