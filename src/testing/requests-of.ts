import { type AnyFn, type ObservedState } from "../function/index.js";
import { inProcess } from "../render/in-process.js";
import { type FunctionCall, runStep, type StepRequest } from "../render/run-step.js";
import { Store } from "../render/store.js";
import { type Resource } from "../resource/resource.js";
import { mapValues } from "../runner/map-values.js";
import {
  encodeRequest,
  type Init,
  type JsonObject,
  Ready,
  type ResourceState,
  type RunFunctionRequest,
} from "../wire/index.js";
import { admitXR } from "./admit-xr.js";
import { type Given, statesOf } from "./reconcile.js";

/** A function of ours, or whatever answers an encoded request: one that is built with an SDK, or that listens somewhere. */
export type Callable = AnyFn | FunctionCall;

/** What a function is asked: what one reconcile is told, a request, or one as it stands on the wire. */
export type Asked = Given | Init<RunFunctionRequest> | Uint8Array;

export function callOf(callable: Callable): FunctionCall {
  return typeof callable === "function" ? callable : inProcess(callable);
}

/**
 * The encoded requests of one reconcile as Crossplane sends them: the first, and one more for each time that the function
 * has to be called again with what it requires. A request alone is the only one.
 *
 * @throws Error where the XR would not be admitted, an observed object has no composition resource name, or requirements do
 * not settle
 */
export async function requestsOf(callable: Callable, asked: Asked): Promise<readonly Uint8Array[]> {
  if (asked instanceof Uint8Array) return [asked];
  if (!isGiven(asked)) return [encodeRequest(asked)];
  const requests: Uint8Array[] = [];
  const call = callOf(callable);
  const recorded: FunctionCall = (request) => {
    requests.push(request);
    return call(request);
  };
  const store = new Store(asJson(asked.required ?? []));
  await runStep(recorded, stepRequest(callable, asked), { resources: {}, schemas: {} }, { store, openapi: [] });
  return requests;
}

function isGiven(asked: Given | Init<RunFunctionRequest>): asked is Given {
  return "xr" in asked;
}

function stepRequest(callable: Callable, given: Given): StepRequest {
  const { input, context, connectionDetails = {} } = given;
  // What of a function is in another process, or another language, is not known here: nor are its XRDs.
  const xr = typeof callable === "function" ? given.xr : admitXR(callable, given.xr);
  return {
    observed: {
      composite: stateOf({ resource: xr, connection: connectionDetails }),
      resources: mapValues(statesOf(given), stateOf),
    },
    desired: { composite: undefined, resources: {} },
    credentials: {},
    context: (context ?? {}) as JsonObject,
    ...(input !== undefined && { input: input as JsonObject }),
  };
}

function stateOf({ resource, connection = {} }: ObservedState): ResourceState {
  const [json] = asJson([resource]);
  return {
    resource: json,
    connectionDetails: mapValues(connection, (text) => Buffer.from(text)),
    ready: Ready.Unspecified,
  };
}

const asJson = (resources: readonly Resource[]) => resources as unknown as readonly JsonObject[];
