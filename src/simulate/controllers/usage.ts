import { isDeepStrictEqual } from "node:util";
import { mark } from "../../render/conditions.js";
import { normal, warning } from "../../render/event.js";
import { withFinalizer, withoutFinalizer } from "../../render/finalizers.js";
import { ownerReference, ownersOf } from "../../render/owners.js";
import { refusalOf, unlessGone } from "../../render/refusal.js";
import { during, type Phase, Unreconciled } from "../../render/unreconciled.js";
import {
  annotationsOf,
  gvkOf,
  isObject,
  labelsOf,
  nameOf,
  namespaceOf,
  parseGVK,
  textAt,
  uidOf,
  valueAt,
  withTexts,
  withValue,
} from "../../render/unstructured.js";
import { pluralOf } from "../../schema/names.js";
import { type JsonObject } from "../../wire/index.js";
import { type Propagation } from "../api/client.js";
import { type Again, type Controller, NEVER, SOON } from "../controller.js";
import { keyOf, readKey } from "../object-key.js";
import { CROSSPLANE, clusterOf } from "./cluster-of.js";
import { type ControllerOptions } from "./composite.js";
import { groupKind } from "./composite-kinds.js";
import { CLUSTER_USAGE, findUsages, LEGACY_USAGE, USAGE, usedNamespace } from "./find-usages.js";
import { resolveUsage } from "./resolve-usage.js";
import { DELETION_ATTEMPT, IN_USE } from "./usage-guard.js";

export { usageGuard } from "./usage-guard.js";

export interface UsageOptions extends Omit<ControllerOptions, "platform"> {
  /** How often Crossplane looks whether what is used is still there, in milliseconds. Default: a minute. */
  readonly pollInterval?: number;
}

const FINALIZER = "usage.apiextensions.crossplane.io";
const DETAILS = "crossplane.io/usage-details";
const POLL_MS = 60_000;
const WAIT_MS = 30_000;
const REPLAY_MS = 2000;

/**
 * The controller of Usage and ClusterUsage, and of the Usage of Crossplane v1: marks what is used, and lets it go again
 * (crossplane, controller/protection/usage/reconciler.go).
 */
export function usageController(options: UsageOptions): Controller {
  const { client, clock, event, pollInterval = POLL_MS } = options;
  const cluster = clusterOf(client);

  return {
    name: "usage",
    concerns: ({ object }) => (KINDS.has(groupKind(gvkOf(object))) ? [keyOf(object)] : []),
    async reconcile(key) {
      const { gvk, namespace, name } = readKey(key);
      const usage = client.get(gvk, namespace, name);
      if (usage === undefined) return NEVER;
      try {
        return await reconcile(usage);
      } catch (error) {
        if (!(error instanceof Unreconciled)) throw error;
        const { reason } = error.phase;
        if (reason && !error.isConflict) event(usage, warning(reason, error.message));
        return SOON;
      }
    },
  };

  async function reconcile(stored: JsonObject): Promise<Again> {
    const resolved = await during(RESOLVE, stored, () => updated(stored, resolveUsage(stored, cluster.store)));
    if (valueAt(resolved, ["metadata", "deletionTimestamp"])) return release(resolved);
    const finalized = await during(ADD_FINALIZER, resolved, () =>
      updated(resolved, withFinalizer(resolved, FINALIZER)),
    );
    const usage = await during(ADD_DETAILS, finalized, () => updated(finalized, withDetails(finalized)));
    const used = await during(GET_USED, usage, () => existing(usage, "of"));
    await during(ADD_LABEL, usage, () => {
      return labelsOf(used)[IN_USE] === "true" ? used : cluster.update(withTexts(used, "labels", { [IN_USE]: "true" }));
    });
    const owned = await own(usage);
    const available = mark(owned, [{ type: "Ready", status: "True", reason: "Available" }], clock.time());
    if (!isDeepStrictEqual(available, stored)) {
      event(available, normal("UsageConfigured", "Usage configured successfully."));
      await during(SAVE, available, () => cluster.updateStatus(available));
    }
    return { again: "poll", ms: pollInterval };
  }

  /** A usage goes with what uses. */
  async function own(usage: JsonObject): Promise<JsonObject> {
    if (!isObject(valueAt(usage, ["spec", "by"]))) return usage;
    const using = await during(GET_USING, usage, () => existing(usage, "by"));
    const owners = ownersOf(usage);
    if (owners.some(({ uid }) => uid === uidOf(using))) return usage;
    const owned = withValue(usage, ["metadata", "ownerReferences"], [...owners, ownerReference(using)]);
    return during(ADD_OWNER, usage, () => cluster.update(owned));
  }

  async function release(usage: JsonObject): Promise<Again> {
    const isComposed = Boolean(labelsOf(usage)["crossplane.io/composite"]);
    const using = isComposed && isObject(valueAt(usage, ["spec", "by"])) ? find(usage, "by") : undefined;
    if (using) {
      const what = `a ${JSON.stringify(textAt(using, ["kind"]))} named ${JSON.stringify(nameOf(using))}`;
      const message = `Waiting for the using resource (which is ${what}) to be deleted.`;
      event(usage, normal("WaitingUsingDeleted", message));
      // Nothing is to be expected while nobody deletes it.
      return { again: valueAt(using, ["metadata", "deletionTimestamp"]) ? "after" : "poll", ms: WAIT_MS };
    }
    const used = find(usage, "of");
    if (used) {
      const isLast = findUsages(cluster.store, used).length < 2;
      await during(REMOVE_LABEL, usage, () => updated(used, isLast ? withoutLabel(used) : used));
      replay(usage, used);
    }
    await during(REMOVE_FINALIZER, usage, () => {
      unlessGone(() => updated(usage, withoutFinalizer(usage, FINALIZER)));
    });
    return NEVER;
  }

  /** Deletes what somebody wanted to delete while it was in use, once the usage is gone. */
  function replay(usage: JsonObject, used: JsonObject): void {
    const policy = annotationsOf(used)[DELETION_ATTEMPT];
    if (valueAt(usage, ["spec", "replayDeletion"]) !== true || policy === undefined) return;
    clock.after(REPLAY_MS, () => {
      try {
        client.delete(used, { propagation: propagationOf(policy), manager: CROSSPLANE });
      } catch (error) {
        // Crossplane only logs it.
        if (refusalOf(error) === undefined) throw error;
      }
    });
  }

  function find(usage: JsonObject, side: "of" | "by"): JsonObject | undefined {
    const at = (path: readonly string[]) => textAt(usage, ["spec", side, ...path]);
    const namespace = side === "of" ? usedNamespace(usage) : namespaceOf(usage);
    const gvk = parseGVK(at(["apiVersion"]), at(["kind"]));
    // Whatever is of no namespace is found in each.
    return client.get(gvk, namespace, at(["resourceRef", "name"])) ?? client.get(gvk, "", at(["resourceRef", "name"]));
  }

  function existing(usage: JsonObject, side: "of" | "by"): JsonObject {
    const found = find(usage, side);
    if (found) return found;
    const at = (path: readonly string[]) => textAt(usage, ["spec", side, ...path]);
    const { group, kind } = parseGVK(at(["apiVersion"]), at(["kind"]));
    const resource = [pluralOf(kind), group].filter((part) => part !== "").join(".");
    throw new Error(`${resource} ${JSON.stringify(at(["resourceRef", "name"]))} not found`);
  }

  function updated(before: JsonObject, after: JsonObject): JsonObject {
    return before === after ? before : cluster.update(after);
  }
}

const RESOLVE: Phase = { reason: "ResolveSelectors", failed: "cannot resolve selectors" };
const ADD_FINALIZER: Phase = { reason: "AddFinalizer", failed: "cannot add finalizer" };
const ADD_DETAILS: Phase = {
  reason: "AddDetailsToUsage",
  failed: "cannot update usage resource with details annotation",
};
const GET_USED: Phase = { reason: "GetUsedResource", failed: "cannot get used" };
const ADD_LABEL: Phase = { reason: "AddInUseLabel", failed: "cannot add in use label to the used resource" };
const GET_USING: Phase = { reason: "GetUsingResource", failed: "cannot get using" };
const ADD_OWNER: Phase = { reason: "AddOwnerRefToUsage", failed: "cannot update usage resource with owner ref" };
const SAVE: Phase = { failed: "cannot update status of usage" };
const REMOVE_LABEL: Phase = {
  reason: "RemoveInUseLabel",
  failed: "cannot remove in use label from the used resource",
};
const REMOVE_FINALIZER: Phase = { reason: "RemoveFinalizer", failed: "cannot remove finalizer" };

const KINDS = new Set([USAGE, CLUSTER_USAGE, LEGACY_USAGE].map(groupKind));

function withDetails(usage: JsonObject): JsonObject {
  const details = detailsOf(usage);
  return annotationsOf(usage)[DETAILS] === details ? usage : withTexts(usage, "annotations", { [DETAILS]: details });
}

function detailsOf(usage: JsonObject): string {
  const reason = textAt(usage, ["spec", "reason"]);
  const by = valueAt(usage, ["spec", "by"]);
  if (reason !== "" || !isObject(by)) return reason || "undefined";
  const side = (name: "of" | "by") =>
    `${textAt(usage, ["spec", name, "kind"])}/${textAt(usage, ["spec", name, "resourceRef", "name"])}`;
  const namespace = textAt(usage, ["spec", "of", "resourceRef", "namespace"]);
  return `${side("by")} uses ${side("of")}${namespace === "" ? "" : ` in namespace ${namespace}`}`;
}

function withoutLabel(object: JsonObject): JsonObject {
  if (labelsOf(object)[IN_USE] === undefined) return object;
  const { [IN_USE]: _, ...labels } = labelsOf(object);
  return withValue(object, ["metadata", "labels"], Object.keys(labels).length > 0 ? labels : undefined);
}

function propagationOf(policy: string): Propagation {
  return policy === "Foreground" || policy === "Orphan" ? policy : "Background";
}
