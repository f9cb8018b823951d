import { type Logger } from "../runtime/log.js";
import {
  type Credentials,
  type JsonObject,
  type ResourceState,
  type Resources,
  type RunFunctionRequest,
  type RunFunctionResponse,
  type State,
} from "../wire/index.js";
import { type Runner } from "./answer.js";
import { mapValues } from "./map-values.js";

/** A handler of the official SDK (@crossplane-org/function-sdk-typescript), as far as it is called here. */
export interface SDKHandler {
  RunFunction(request: RunFunctionRequest, logger?: Logger): Promise<RunFunctionResponse>;
}

/**
 * A message in the types of the official SDK: lists that may be written to, and bytes as Buffers. Where a Struct stands,
 * it is a plain object in both.
 */
export type SDKMessage<T> = T extends Uint8Array
  ? Buffer
  : T extends string | number | JsonObject | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? SDKMessage<Item>[]
      : T extends object
        ? { [Key in keyof T]: SDKMessage<T[Key]> }
        : T;

/**
 * Runs a handler that was written for the official SDK.
 *
 * The handler may write to its request, which is a copy. What it answers is checked by our codec: a Date, NaN or an integer
 * above 2^53, which the SDK would have altered on the wire, is refused with its path.
 *
 * @param logger is handed to the handler; default: none
 */
export function fromSDK(handler: SDKHandler, logger?: Logger): Runner {
  return (request) => handler.RunFunction(sdkRequest(request), logger);
}

/** A handler for the official SDK's `serve`, `FunctionRunner` and `newGrpcServer` that runs a runner. */
export function toSDK(runner: Runner): {
  RunFunction(request: RunFunctionRequest): Promise<SDKMessage<RunFunctionResponse>>;
} {
  return { RunFunction: async (request) => sdkResponse(await runner(request)) };
}

function sdkRequest(request: RunFunctionRequest): SDKMessage<RunFunctionRequest> {
  const { meta, observed, desired, input, context, requiredSchemas, ...rest } = request;
  return {
    meta: meta && { ...meta, capabilities: [...meta.capabilities] },
    observed: observed && sdkState(observed),
    desired: desired && sdkState(desired),
    input: structuredClone(input),
    context: structuredClone(context),
    extraResources: mapValues(rest.extraResources, sdkResources),
    credentials: mapValues(rest.credentials, sdkCredentials),
    requiredResources: mapValues(rest.requiredResources, sdkResources),
    requiredSchemas: structuredClone(requiredSchemas),
  };
}

function sdkResponse(response: RunFunctionResponse): SDKMessage<RunFunctionResponse> {
  const { desired, results, conditions } = response;
  return { ...response, desired: desired && sdkState(desired), results: [...results], conditions: [...conditions] };
}

function sdkState({ composite, resources }: State): SDKMessage<State> {
  return { composite: composite && sdkResource(composite), resources: mapValues(resources, sdkResource) };
}

function sdkResources({ items }: Resources): SDKMessage<Resources> {
  return { items: items.map(sdkResource) };
}

function sdkResource({ resource, connectionDetails, ready }: ResourceState): SDKMessage<ResourceState> {
  return { resource: structuredClone(resource), connectionDetails: mapValues(connectionDetails, sdkBytes), ready };
}

function sdkCredentials({ credentialData }: Credentials): SDKMessage<Credentials> {
  return { credentialData: credentialData && { data: mapValues(credentialData.data, sdkBytes) } };
}

function sdkBytes(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes);
}
