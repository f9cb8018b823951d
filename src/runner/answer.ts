import { type Logger } from "../runtime/log.js";
import { reason } from "../runtime/reason.js";
import {
  close,
  decodeRequest,
  encodeResponse,
  type RunFunctionRequest,
  type RunFunctionResponse,
  receiveRequest,
  Severity,
  WireError,
} from "../wire/index.js";

/**
 * What answers requests. It may throw for bugs alone: what an author, a developer or a platform got wrong is a result in
 * the response.
 */
export interface Runner {
  (request: RunFunctionRequest): RunFunctionResponse | Promise<RunFunctionResponse>;
  /**
   * Whether its requests may be decoded as they are read: then what a resource has are no properties of its own, and what was
   * not read before the answer cannot be read after it. Default: false.
   */
  readonly isLazy?: boolean;
}

/**
 * Decodes a request for a runner, in the way that it takes.
 *
 * @throws WireError where it cannot be decoded
 */
export function receive({ isLazy = false }: Runner, bytes: Uint8Array): RunFunctionRequest {
  return isLazy ? receiveRequest(bytes) : decodeRequest(bytes);
}

export interface AnswerOptions {
  /** Names the function in logs and results. */
  readonly name: string;
  /** Is told of what should not have happened, with the stack. */
  readonly logger: Pick<Logger, "error">;
  /**
   * The size above which a response is not sent. Default: 4 MiB, which is what Crossplane receives at most: it leaves gRPC's
   * own limit as it is, whatever a function allows itself.
   */
  readonly maxBytes?: number;
}

/**
 * The encoded response to a request; at once where the runner is synchronous. It never fails: where the runner throws, or
 * what it made cannot be sent or not be received, the response is one fatal result that says why, and the log has the stack.
 */
export function answer(
  runner: Runner,
  request: RunFunctionRequest,
  { name, logger, maxBytes = 4 * MEBIBYTE }: AnswerOptions,
): Uint8Array | Promise<Uint8Array> {
  const encode = (response: RunFunctionResponse) => answered(encodeResponse(response, { maxBytes }));
  const fail = (error: unknown) => {
    const tag = request.meta?.tag;
    logger.error({ err: error, tag }, `cannot run ${name}`);
    const message = `cannot run ${name}: ${reason(error)}${isTooLarge(error) ? smaller(maxBytes) : ""}`;
    return answered(
      encodeResponse({ meta: { tag }, results: [{ severity: Severity.Fatal, message: sayable(message) }] }),
    );
  };
  const answered = (bytes: Uint8Array) => {
    close(request);
    return bytes;
  };
  try {
    const response = runner(request);
    return response instanceof Promise ? response.then(encode).catch(fail) : encode(response);
  } catch (error) {
    return fail(error);
  }
}

const MEBIBYTE = 1024 * 1024;

/** What to do about a response that is too large. */
function smaller(maxBytes: number): string {
  return `; Crossplane receives ${maxBytes / MEBIBYTE} MiB at most: compose what is smaller, or spread it over several XRs`;
}

/** Whatever was thrown: UTF-8 can carry it, and an event has room for it. */
function sayable(message: string): string {
  return (message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message).toWellFormed();
}

const MAX_MESSAGE = 8 * 1024;

// Only the size is a fault of the response as a whole.
function isTooLarge(error: unknown): boolean {
  return error instanceof WireError && error.path === "";
}
