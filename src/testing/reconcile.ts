import { type AnyFn, isFatal, type ObservedState, type Outcome, type Requirement } from "../function/index.js";
import { fetchResources } from "../render/fetch-resources.js";
import { MOST_CALLS } from "../render/run-step.js";
import { Store } from "../render/store.js";
import { type Resource } from "../resource/resource.js";
import { type JsonObject } from "../wire/index.js";
import { admitXR } from "./admit-xr.js";
import { settle } from "./settle.js";

/** What one reconcile is told. */
export interface Given {
  /** The XR as it is written; admitted first, as the API server would. */
  readonly xr: Resource;
  /** What the Composition's step says. Default: nothing. */
  readonly input?: unknown;
  /** What the XR composes now; each has the annotation crossplane.io/composition-resource-name. Default: nothing. */
  readonly observed?: readonly Resource[];
  /** Connection details, by composition resource name. Default: none. */
  readonly connection?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Objects that `find` can find. Default: none. */
  readonly required?: readonly Resource[];
  /** What earlier steps of the pipeline left. Default: nothing. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** What the legacy XR has published. Default: nothing. */
  readonly connectionDetails?: Readonly<Record<string, string>>;
}

/**
 * What one function makes of one reconcile, in memory: no cluster, no wire. Requirements are answered from `required`, in as many calls
 * as Crossplane would make.
 *
 * @throws Error where the XR would not be admitted, an observed object has no composition resource name, or requirements do
 * not settle
 */
export function reconcile(fn: AnyFn, given: Given): Outcome {
  const { input, context = {}, connectionDetails = {} } = given;
  const request = { xr: admitXR(fn, given.xr), input, context, connectionDetails, observed: statesOf(given) };
  const store = new Store((given.required ?? []) as unknown as readonly JsonObject[]);
  let before: Readonly<Record<string, Requirement>> = {};
  for (let call = 0; call < MOST_CALLS; call++) {
    const answers = Object.entries(before).map(([name, requirement]) => [name, find(store, requirement)] as const);
    const outcome = settle(fn, { ...request, required: Object.fromEntries(answers) });
    if (isFatal(outcome) || JSON.stringify(outcome.requirements) === JSON.stringify(before)) return outcome;
    before = outcome.requirements;
  }
  throw new Error(
    `cannot reconcile ${given.xr.kind} ${given.xr.metadata?.name}: the requirements of ${fn.name} changed with each of ${MOST_CALLS} calls`,
  );
}

function find(store: Store, requirement: Requirement): readonly Resource[] {
  const { items = [] } = fetchResources(store, requirement) ?? {};
  return items.map(({ resource }) => resource as unknown as Resource);
}

export function statesOf({ observed = [], connection = {} }: Given): Readonly<Record<string, ObservedState>> {
  return Object.fromEntries(
    observed.map((resource) => {
      const name = resource.metadata?.annotations?.["crossplane.io/composition-resource-name"];
      if (!name) {
        throw new Error(
          `cannot observe ${resource.kind} ${resource.metadata?.name}: it has no annotation crossplane.io/composition-resource-name`,
        );
      }
      return [name, { resource, ...(connection[name] && { connection: connection[name] }) }];
    }),
  );
}
