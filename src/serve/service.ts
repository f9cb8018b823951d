import { type handleUnaryCall, type MethodDefinition, type Server, status } from "@grpc/grpc-js";
import { answer, type Runner } from "../runner/index.js";
import { type Logger } from "../runtime/log.js";
import { reason } from "../runtime/reason.js";
import { decodeRequest, type RunFunctionRequest } from "../wire/index.js";

/** Crossplane calls v1, and falls back to v1beta1, whose messages are the same. */
export const RUN_FUNCTION_PATHS = [
  "/apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction",
  "/apiextensions.fn.proto.v1beta1.FunctionRunnerService/RunFunction",
] as const;

/** Lets a gRPC server answer with a runner. A request that cannot be decoded is INVALID_ARGUMENT, with the reason. */
export function addFunctionRunner(
  server: Server,
  runner: Runner,
  options: { readonly name: string; readonly logger: Logger },
): void {
  for (const path of RUN_FUNCTION_PATHS)
    server.addService({ runFunction: bytesMethod(path) }, { runFunction: handler(runner, options) });
}

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

function handler(
  runner: Runner,
  options: { readonly name: string; readonly logger: Logger },
): handleUnaryCall<Buffer, Buffer> {
  return async (call, callback) => {
    const started = performance.now();
    let request: RunFunctionRequest;
    try {
      request = decodeRequest(call.request);
    } catch (error) {
      callback({ code: status.INVALID_ARGUMENT, details: reason(error) });
      return;
    }
    let bytes: Uint8Array;
    try {
      const answered = answer(runner, request, options);
      bytes = answered instanceof Promise ? await answered : answered;
    } catch (error) {
      options.logger.error({ err: error, tag: request.meta?.tag }, "cannot answer");
      callback({ code: status.INTERNAL, details: `cannot answer: ${reason(error)}` });
      return;
    }
    callback(null, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const ms = Math.round(performance.now() - started);
    options.logger.debug({ tag: request.meta?.tag, ms, received: call.request.length, sent: bytes.length }, "ran");
  };
}
