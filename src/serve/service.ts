import { type MethodDefinition, type Server } from "@grpc/grpc-js";
import { type Runner } from "../runner/index.js";
import { type Logger } from "../runtime/log.js";
import { type Call, callHandler } from "./call-handler.js";
import { maskingRunner } from "./masking.js";
import { type CallObserver } from "./observer.js";
import { Turns } from "./turns.js";

/** Crossplane calls v1, and falls back to v1beta1, whose messages are the same. */
export const SERVICES = [
  "apiextensions.fn.proto.v1.FunctionRunnerService",
  "apiextensions.fn.proto.v1beta1.FunctionRunnerService",
] as const;

export const METHOD = "RunFunction";

export interface FunctionRunnerOptions {
  /** Names the function in logs and results. */
  readonly name: string;
  readonly logger: Logger;
  /** The size above which a response is a fatal result instead. */
  readonly maxSendBytes: number;
  /** How many calls run at a time. */
  readonly maxRunning: number;
  /** Is told of each call. Default: nobody. */
  readonly observer?: CallObserver | undefined;
  /** Is told how many bytes a call is answered with. */
  onAnswer(call: object, bytes: number): void;
}

/** The calls of a server. */
export interface Calls {
  /** How many were accepted, and neither answered nor given up by the caller. */
  readonly underWay: number;
}

/** Lets a gRPC server answer with a runner. A request that cannot be decoded is INVALID_ARGUMENT, with the reason. */
export function addFunctionRunner(server: Server, runner: Runner, options: FunctionRunnerOptions): Calls {
  const underWay = new Set<Call>();
  const shared = {
    ...options,
    runner: maskingRunner(runner),
    method: METHOD,
    underWay,
    turns: new Turns(options.maxRunning),
  };
  for (const service of SERVICES) {
    const runFunction = callHandler({ ...shared, service });
    server.addService({ runFunction: bytesMethod(`/${service}/${METHOD}`) }, { runFunction });
  }
  return {
    get underWay() {
      return underWay.size;
    },
  };
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
