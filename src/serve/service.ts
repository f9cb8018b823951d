import { type handleUnaryCall, type MethodDefinition, type Server, type ServerUnaryCall, status } from "@grpc/grpc-js";
import { answer, type Runner } from "../runner/index.js";
import { type Logger } from "../runtime/log.js";
import { reason } from "../runtime/reason.js";
import { decodeRequest, type RunFunctionRequest } from "../wire/index.js";

/** Crossplane calls v1, and falls back to v1beta1, whose messages are the same. */
export const SERVICES = [
  "apiextensions.fn.proto.v1.FunctionRunnerService",
  "apiextensions.fn.proto.v1beta1.FunctionRunnerService",
] as const;

export interface FunctionRunnerOptions {
  /** Names the function in logs and results. */
  readonly name: string;
  readonly logger: Logger;
  /** The size above which a response is a fatal result instead. */
  readonly maxSendBytes: number;
}

/** The calls of a server. */
export interface Calls {
  /** How many were accepted, and neither answered nor given up by the caller. */
  readonly underWay: number;
}

/** Lets a gRPC server answer with a runner. A request that cannot be decoded is INVALID_ARGUMENT, with the reason. */
export function addFunctionRunner(server: Server, runner: Runner, options: FunctionRunnerOptions): Calls {
  const underWay = new Set<Call>();
  const runFunction = handler(runner, options, underWay);
  for (const service of SERVICES)
    server.addService({ runFunction: bytesMethod(`/${service}/RunFunction`) }, { runFunction });
  return {
    get underWay() {
      return underWay.size;
    },
  };
}

type Call = ServerUnaryCall<Buffer, Buffer>;

// The bytes go through gRPC as they are, so that decoding, running and encoding are one block: nothing of another call
// comes between them, and what they allocate is garbage together.
function bytesMethod(path: string): MethodDefinition<Buffer, Buffer> {
  const same = (bytes: Buffer) => bytes;
  const serialisers = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
  return { path, requestStream: false, responseStream: false, ...serialisers };
}

function handler(runner: Runner, options: FunctionRunnerOptions, underWay: Set<Call>): handleUnaryCall<Buffer, Buffer> {
  const { name, logger, maxSendBytes } = options;
  return async (call, callback) => {
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    let request: RunFunctionRequest;
    try {
      request = decodeRequest(call.request);
    } catch (error) {
      callback({ code: status.INVALID_ARGUMENT, details: reason(error) });
      return;
    }
    const tag = request.meta?.tag;
    underWay.add(call);
    // Emitted of each call once it is over.
    call.once("cancelled", () => {
      if (underWay.delete(call)) logger.debug({ tag, ms: ms(), reason: whyOver(call) }, "a call was not answered");
    });
    let bytes: Uint8Array;
    try {
      const answered = answer(runner, request, { name, logger, maxBytes: maxSendBytes });
      bytes = answered instanceof Promise ? await answered : answered;
    } catch (error) {
      logger.error({ err: error, tag }, "cannot answer");
      underWay.delete(call);
      callback({ code: status.INTERNAL, details: `cannot answer: ${reason(error)}` });
      return;
    }
    if (!underWay.delete(call)) return;
    callback(null, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    logger.debug({ tag, ms: ms(), received: call.request.length, sent: bytes.length }, "ran");
  };
}

function whyOver(call: Call): string {
  const left = Number(call.getDeadline()) - Date.now();
  return left < EARLY ? "its deadline has passed" : "the caller has cancelled it, or the connection broke";
}

/** A caller's deadline ends sooner than ours for its call, by as long as that took to arrive: in milliseconds, at most. */
const EARLY = 100;
