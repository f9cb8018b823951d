import { type AnyFn, type Decision, decide, type Request, secretsOf } from "../function/index.js";
import { type Logger } from "../runtime/index.js";
import { type RunFunctionRequest, type RunFunctionResponse } from "../wire/index.js";
import { type Runner } from "./answer.js";
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
export function runner(fn: AnyFn, { logger }: RunnerOptions = {}): FunctionRunner {
  const answered = (wire: RunFunctionRequest) => {
    const request = toRequest(wire);
    const outcome = run(fn, request);
    if (logger?.isLevelEnabled("debug")) {
      const waiting = Object.fromEntries(outcome.waiting);
      const removed = [...outcome.removed];
      const said = { function: fn.name, tag: wire.meta?.tag, xr: nameOf(request), waiting, removed };
      logger.debug(said, "composed");
    }
    return toResponse(fn, wire, outcome);
  };
  return Object.assign(answered, { isLazy: true });
}

/** Runs at once, and takes requests that are decoded as they are read. */
export interface FunctionRunner extends Runner {
  (request: RunFunctionRequest): RunFunctionResponse;
}

function run(fn: AnyFn, request: Request): Decision {
  try {
    return decide(fn, request);
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
