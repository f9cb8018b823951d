import { type AnyFn, type Outcome, type Request, secretsOf, settle } from "../function/index.js";
import { type Logger } from "../runtime/index.js";
import { type RunFunctionRequest, type RunFunctionResponse } from "../wire/index.js";
import { toRequest } from "./to-request.js";
import { toResponse } from "./to-response.js";

export interface RunnerOptions {
  /** Default: nothing is logged. */
  readonly logger?: Logger;
}

/**
 * Runs a function for requests of the wire. Never throws for what is wrong with an XR, which is answered with a Fatal result;
 * throws for a bug, with what is secret masked in the message and the stack.
 */
export function runner(
  fn: AnyFn,
  { logger }: RunnerOptions = {},
): (request: RunFunctionRequest) => RunFunctionResponse {
  return (wire) => {
    const request = toRequest(wire);
    const outcome = run(fn, request);
    logger?.debug(
      {
        function: fn.name,
        tag: wire.meta?.tag,
        xr: nameOf(request),
        waiting: outcome.waiting,
        removed: outcome.removed,
      },
      "composed",
    );
    return toResponse(fn, wire, outcome);
  };
}

function run(fn: AnyFn, request: Request): Outcome {
  try {
    return settle(fn, request);
  } catch (error) {
    throw masked(error, request);
  }
}

function masked(error: unknown, request: Request): Error {
  const mask = secretsOf(request);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const clean = new Error(mask(message));
  if (stack) clean.stack = mask(stack);
  return clean;
}

function nameOf({ xr: { kind, metadata = {} } }: Request): string {
  return [kind, metadata.namespace, metadata.name].filter(Boolean).join("/");
}
