import { type Condition, mark } from "../../render/conditions.js";
import { normal, warning } from "../../render/event.js";
import { withFinalizer, withoutFinalizer } from "../../render/finalizers.js";
import { refusalOf, unlessGone } from "../../render/refusal.js";
import { during, type Phase, Unreconciled } from "../../render/unreconciled.js";
import { annotationsOf, gvkOf, nameOf, parseGVK, textAt, valueAt, withValue } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Change } from "../api/change.js";
import { type Again, NEVER, SOON } from "../controller.js";
import { type Platform } from "../input.js";
import { keyOf, readKey, writeKey } from "../object-key.js";
import { bindClaim } from "./bind-claim.js";
import { claimOfXR, isBoundToOther, toldClaim } from "./claim-fields.js";
import { CROSSPLANE, clusterOf } from "./cluster-of.js";
import { type ControllerOptions, type PlatformController } from "./composite.js";
import { type CompositeKind, compositeKinds, groupKind } from "./composite-kinds.js";
import { propagateConnection } from "./propagate-connection.js";

const FINALIZER = "finalizer.apiextensions.crossplane.io";

/**
 * The controller of claims: makes an XR for each, keeps the two in step, and passes connection details on (crossplane,
 * Reconcile of claim/reconciler.go).
 */
export function claimController(options: ControllerOptions): PlatformController {
  const { client, clock } = options;
  const cluster = clusterOf(client);
  let claims = claimKinds(options.platform);

  return {
    name: "claim",
    concerns({ object, before }: Change) {
      const own = claims.get(groupKind(gvkOf(object)))?.claim;
      const keys = new Set(own ? [keyOf(object, own)] : []);
      for (const each of before ? [object, before] : [object]) {
        const ref = claimOfXR(each);
        const gvk = ref && claims.get(groupKind(parseGVK(ref.apiVersion, ref.kind)))?.claim;
        if (gvk) keys.add(writeKey({ gvk, namespace: ref.namespace, name: ref.name }));
      }
      return keys;
    },
    async reconcile(key) {
      const { gvk, namespace, name } = readKey(key);
      const claim = client.get(gvk, namespace, name);
      const kind = claims.get(groupKind(gvk));
      if (claim === undefined || kind === undefined) return NEVER;
      try {
        return await reconcile(claim, kind);
      } catch (error) {
        if (!(error instanceof Unreconciled)) throw error;
        if (!error.isConflict) tell(error);
        return SOON;
      }
    },
    upgrade(platform) {
      const known = claims;
      claims = claimKinds(platform);
      const added = [...claims].filter(([kind]) => !known.has(kind));
      return added.flatMap(([, { claim }]) => (claim ? client.list(claim, "").map((each) => keyOf(each, claim)) : []));
    },
  };

  async function reconcile(stored: JsonObject, kind: CompositeKind): Promise<Again> {
    if (annotationsOf(stored)["crossplane.io/paused"] === "true") {
      const message = "Reconciliation (including deletion) is paused via the pause annotation";
      options.event(stored, normal("ReconciliationPaused", message));
      await save(told(stored, { type: "Synced", status: "False", reason: "ReconcilePaused", message }));
      return NEVER;
    }
    const xr = client.get(kind.xr, "", textAt(stored, ["spec", "resourceRef", "name"]));
    if (xr && isBoundToOther(xr, stored)) {
      const other = claimOfXR(xr)?.name ?? "";
      const message = `refusing to operate on composite resource ${JSON.stringify(nameOf(xr))} that is not bound to this claim: bound to claim ${JSON.stringify(other)}`;
      tell({ phase: BINDING, object: stored, message });
      // Somebody has to change the claim, which is then looked at again.
      return NEVER;
    }
    if (valueAt(stored, ["metadata", "deletionTimestamp"])) return release(stored, xr);
    return sync(stored, xr, kind);
  }

  async function release(stored: JsonObject, xr: JsonObject | undefined): Promise<Again> {
    const claim = told(stored, { type: "Ready", status: "False", reason: "Deleting" });
    const isForeground = textAt(claim, ["spec", "compositeDeletePolicy"]) === "Foreground";
    if (xr && isForeground && valueAt(xr, ["metadata", "deletionTimestamp"])) {
      await save(claim);
      return SOON;
    }
    if (xr) {
      await during(DELETING, claim, () => {
        const propagation = isForeground ? ({ propagation: "Foreground" } as const) : {};
        unlessGone(() => client.delete(xr, { manager: CROSSPLANE, ...propagation }));
      });
      if (isForeground) return SOON;
    }
    options.event(claim, normal(DELETE, "Successfully deleted composite resource"));
    await during(REMOVE_FINALIZER, claim, () => {
      const released = withoutFinalizer(claim, FINALIZER);
      if (released !== claim) unlessGone(() => cluster.update(released));
    });
    return NEVER;
  }

  async function sync(stored: JsonObject, xr: JsonObject | undefined, kind: CompositeKind): Promise<Again> {
    const finalized = await during(ADD_FINALIZER, stored, () => {
      const wanted = withFinalizer(stored, FINALIZER);
      return wanted === stored ? stored : cluster.update(wanted);
    });
    const isEnforced = valueAt(kind.xrd ?? {}, ["spec", "enforcedCompositionRef"]) !== undefined;
    const synced = await during(SYNC, finalized, () => bindClaim(finalized, xr, { client, xr: kind.xr, isEnforced }));
    if (claimOfXR(xr ?? {}) === undefined && claimOfXR(synced.xr)) {
      options.event(synced.claim, normal(BIND, "Successfully bound composite resource"));
    }
    const success = { type: "Synced", status: "True", reason: "ReconcileSuccess" };
    const { claim, isReady } = toldClaim(told(synced.claim, success), synced.xr, clock.time());
    if (isReady) {
      const published = await during(PROPAGATING, claim, () => propagate(claim, synced.xr));
      await save(told(published, { type: "Ready", status: "True", reason: "Available" }));
      return NEVER;
    }
    options.event(claim, normal(BIND, "Composite resource is not yet ready"));
    const message = "Claim is waiting for composite resource to become Ready";
    await save(told(claim, { type: "Ready", status: "False", reason: "Waiting", message }));
    return NEVER;
  }

  /** The claim, which says when its connection details were published last. */
  function propagate(claim: JsonObject, xr: JsonObject): JsonObject {
    if (!propagateConnection(cluster, claim, xr)) return claim;
    const message = "Successfully propagated connection details from composite resource";
    options.event(claim, normal("PropagateConnectionSecret", message));
    return withValue(claim, ["status", "connectionDetails", "lastPublishedTime"], clock.time());
  }

  function told(claim: JsonObject, condition: Condition): JsonObject {
    return mark(claim, [condition], clock.time());
  }

  function save(claim: JsonObject): Promise<void> {
    return during(SAVE, claim, () => unlessGone(() => cluster.updateStatus(claim)));
  }

  function tell({ phase, object: claim, message }: Pick<Unreconciled, "phase" | "object" | "message">): void {
    if (phase.reason === undefined) return;
    options.event(claim, warning(phase.reason, message));
    try {
      cluster.updateStatus(told(claim, { type: "Synced", status: "False", reason: "ReconcileError", message }));
    } catch (refusal) {
      // Crossplane tries once more anyway.
      if (refusalOf(refusal) === undefined) throw refusal;
    }
  }
}

const BIND = "BindCompositeResource";
const DELETE = "DeleteCompositeResource";
const BINDING: Phase = { reason: BIND, failed: "cannot bind composite resource" };
const DELETING: Phase = { reason: DELETE, failed: "cannot delete bound composite resource" };
const ADD_FINALIZER: Phase = { reason: BIND, failed: "cannot add finalizer to claim" };
const REMOVE_FINALIZER: Phase = { reason: DELETE, failed: "cannot remove finalizer from claim" };
const SYNC: Phase = { reason: BIND, failed: "cannot bind and sync claim with composite resource" };
const PROPAGATING: Phase = {
  reason: "PropagateConnectionSecret",
  failed: "cannot propagate connection details from composite resource",
};
const SAVE: Phase = { failed: "cannot update claim status" };

function claimKinds(platform: Platform): ReadonlyMap<string, CompositeKind> {
  const offered = [...compositeKinds(platform).values()].flatMap((kind) =>
    kind.claim ? [[groupKind(kind.claim), kind] as const] : [],
  );
  return new Map(offered);
}
