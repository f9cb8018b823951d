import { type Composed } from "../../render/compose.js";
import { type Event } from "../../render/event.js";
import { reconcileOrTell } from "../../render/reconcile-or-tell.js";
import { type Reconcile } from "../../render/reconcile-xr.js";
import { type GVK, gvkOf, parseGVK, textAt, valueAt } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Change } from "../api/change.js";
import { type Clock } from "../clock.js";
import { type Again, type Controller, NEVER, SOON } from "../controller.js";
import { type PresentFault } from "../function-faults.js";
import { type Platform } from "../input.js";
import { keyOf, readKey } from "../object-key.js";
import { Circuits } from "./circuit.js";
import { claimOfXR } from "./claim-fields.js";
import { clusterOf, type PromptClient } from "./cluster-of.js";
import { type CompositeKind, type CompositeKinds, compositeKinds, groupKind } from "./composite-kinds.js";
import { Compositions } from "./compositions.js";
import { Dependencies } from "./dependencies.js";
import { pollIntervalOf } from "./poll-interval.js";
import { compositionNameOf, isManual, selectComposition } from "./select-composition.js";
import { struckFunctions } from "./struck-functions.js";

/** What a controller of Crossplane's has to do with. */
export interface ControllerOptions {
  readonly client: PromptClient;
  readonly platform: Platform;
  readonly clock: Pick<Clock, "now" | "time" | "sleep" | "after">;
  /** Is told what is said of an object, each time that it is said. */
  event(object: JsonObject, event: Event): void;
}

export interface CompositeOptions extends ControllerOptions {
  /** What goes wrong with a function at the moment. Default: nothing. */
  faultOf?(name: string): PresentFault | undefined;
  /** OpenAPI v3 documents that functions may require schemas of. Default: none. */
  readonly openapi?: readonly JsonObject[];
  /** Is told of an XR that is not told of a change, since there have been so many. Default: nobody is. */
  passedOver?(key: string): void;
  /** Whether a kind is of a namespace; undefined where that is not known. Default: nothing is known. */
  isNamespaced?(gvk: GVK): boolean | undefined;
}

/** A controller of what a platform offers. */
export interface PlatformController extends Controller {
  /**
   * Has a platform in the place of the one before. Returns the keys of what is reconciled since Compositions or kinds have
   * changed; new code of functions alone is noticed by nobody.
   */
  upgrade(platform: Platform): readonly string[];
}

/**
 * The controller of XRs: of all those of the platform's XRDs and Compositions. What a reconcile does is in
 * {@link import("../../render/reconcile-xr.js").reconcileXR}; here is when it is done (crossplane, definition/handlers.go and
 * composite/dependency), with realtime compositions.
 */
export function compositeController(options: CompositeOptions): PlatformController {
  const { client, clock, openapi = [] } = options;
  const cluster = clusterOf(client);
  const compositions = new Compositions();
  const dependencies = new Dependencies();
  const circuits = new Circuits(() => clock.now());
  let functions: Platform["functions"] = {};
  let kinds: CompositeKinds = new Map();
  install(options.platform);

  return {
    name: "composite",
    // Of reconciler.go in crossplane's definition.
    longestRetry: 30_000,
    concerns: ({ object, before, type }: Change) => {
      const kind = kinds.get(groupKind(gvkOf(object)));
      const own = kind && keyOf(object, kind.xr);
      if (own !== undefined && isGoing(object)) circuits.forget(own);
      const keys = new Set<string>();
      for (const each of before && type === "Modified" ? [before, object] : [object]) {
        for (const key of [own, ...dependencies.dependants(each)]) {
          if (key === undefined) continue;
          if (circuits.passes(key, each)) keys.add(key);
          else options.passedOver?.(key);
        }
      }
      return keys;
    },
    async reconcile(key) {
      const { gvk, namespace, name } = readKey(key);
      const xr = client.get(gvk, namespace, name);
      const kind = kinds.get(groupKind(gvk));
      if (xr === undefined || kind === undefined) {
        dependencies.forget(key);
        return NEVER;
      }
      const reconciled = await reconcileOrTell(aroundOf(key, xr, kind), xr);
      if (!reconciled.isDone) return SOON;
      return repeat(key, xr, reconciled.composed);
    },
    upgrade(platform) {
      const known = kinds;
      const revised = new Set(install(platform));
      return [...kinds.values()].flatMap((kind) => {
        const isNew = known.get(groupKind(kind.xr))?.xr.version !== kind.xr.version;
        const isConcerned = (xr: JsonObject) =>
          isNew || (follows(xr, kind) && revised.has(compositionNameOf(xr, kind.fields)) && isToldOfRevision(xr, kind));
        const concerned = client.list(kind.xr, "").filter(isConcerned);
        return concerned.map((xr) => keyOf(xr, kind.xr));
      });
    },
  };

  /** Whether an XR is told of the newest revision of its Composition, which its circuit may hold back. */
  function isToldOfRevision(xr: JsonObject, kind: CompositeKind): boolean {
    const key = keyOf(xr, kind.xr);
    const revision = { name: compositions.latest(compositionNameOf(xr, kind.fields), {})?.name ?? "" };
    const isTold = circuits.passes(key, { ...COMPOSITION_REVISION, metadata: revision });
    if (!isTold) options.passedOver?.(key);
    return isTold;
  }

  function install(platform: Platform): readonly string[] {
    functions = struckFunctions(platform.functions, { clock, faultOf: (name) => options.faultOf?.(name) });
    kinds = compositeKinds(platform);
    return compositions.install(platform.compositions);
  }

  function aroundOf(key: string, xr: JsonObject, kind: CompositeKind): Reconcile {
    const { fields, xrd = {} } = kind;
    const keys = valueAt(xrd, ["spec", "connectionSecretKeys"]);
    return {
      selection: selectComposition({ kind, compositions, cluster, say: (event) => options.event(xr, event) }),
      pipeline: {
        functions,
        surroundings: { store: cluster.store, openapi },
        remembered: (step) => dependencies.required(key, step),
      },
      fields,
      cluster,
      time: () => clock.time(),
      say: ({ event, forClaim }) => {
        options.event(xr, event);
        const claim = forClaim && claimOf(xr, client);
        if (claim) options.event(claim, forClaim);
      },
      onComposed: ({ resources, requirements }) => {
        const objects = Object.values(resources).map(({ object }) => object);
        dependencies.track(key, objects, requirements);
      },
      circuitOpenedBy: circuits.openedBy(key),
      hasFinalizer: true,
      connectionSecretKeys: Array.isArray(keys) ? keys.filter((each): each is string => typeof each === "string") : [],
      isNamespaced: (gvk) => options.isNamespaced?.(gvk),
    };
  }

  function repeat(key: string, xr: JsonObject, composed: Composed | undefined): Again {
    if (composed === undefined && valueAt(xr, ["metadata", "deletionTimestamp"])) dependencies.forget(key);
    const ms = composed ? composed.ttl || pollIntervalOf(xr) : 0;
    return ms > 0 ? { again: "poll", ms } : NEVER;
  }
}

const COMPOSITION_REVISION = { apiVersion: "apiextensions.crossplane.io/v1", kind: "CompositionRevision" };

const isGoing = (object: JsonObject) => textAt(object, ["metadata", "deletionTimestamp"]) !== "";

/** Whether an XR follows its Composition as that changes (CompositionRevisionMapFunc of definition/handlers.go). */
function follows(xr: JsonObject, { fields }: CompositeKind): boolean {
  return !isManual(xr, fields);
}

function claimOf(xr: JsonObject, client: PromptClient): JsonObject | undefined {
  const ref = claimOfXR(xr);
  return ref && client.get(parseGVK(ref.apiVersion, ref.kind), ref.namespace, ref.name);
}
