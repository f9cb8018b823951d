import { type handleUnaryCall, type MethodDefinition, type Server, type ServerUnaryCall, status } from "@grpc/grpc-js";
import { answer, type Runner } from "../runner/index.js";
import { type Logger } from "../runtime/log.js";
import { reason } from "../runtime/reason.js";
import { decodeRequest, type RunFunctionRequest, type RunFunctionResponse } from "../wire/index.js";
import { errorsOf, maskingRunner } from "./masking.js";
import { type CallEvents, type CallObserver } from "./observer.js";
import { saidOf } from "./said-of.js";
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
  const turns = new Turns(options.maxRunning);
  const masking = maskingRunner(runner);
  for (const service of SERVICES) {
    const runFunction = handler(masking, { ...options, service, underWay, turns });
    server.addService({ runFunction: bytesMethod(`/${service}/${METHOD}`) }, { runFunction });
  }
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

interface Handling extends FunctionRunnerOptions {
  readonly service: string;
  readonly underWay: Set<Call>;
  readonly turns: Turns;
}

function handler(runner: Runner, handling: Handling): handleUnaryCall<Buffer, Buffer> {
  const { service, logger, underWay, turns, observer } = handling;
  return (call, callback) => {
    const started = performance.now();
    const receivedBytes = call.request.length;
    const events = observer?.({ service, method: METHOD, metadata: (name) => textOf(call, name) });
    const run: Run = { call, events, request: undefined, isFault: false };
    const ms = () => Math.round(performance.now() - started);
    const end = (code: status, bytes?: Uint8Array, details = "") => {
      if (!underWay.delete(call)) return;
      const sentBytes = bytes?.length ?? 0;
      handling.onAnswer(call, sentBytes);
      if (bytes !== undefined) callback(null, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      else callback({ code, details });
      events?.end?.({ code, receivedBytes, sentBytes, isFault: run.isFault });
      if (!logger.isLevelEnabled("debug")) return;
      if (bytes === undefined) logger.debug({ ...saidOfRun(run), ms: ms(), reason: details }, "a call was refused");
      else logger.debug({ ...saidOfRun(run), ms: ms(), received: receivedBytes, sent: sentBytes }, "ran");
    };
    underWay.add(call);
    // Emitted of each call once it is over.
    call.once("cancelled", () => {
      if (!underWay.delete(call)) return;
      const why = whyOver(call);
      events?.end?.({ code: why.code, receivedBytes, sentBytes: 0, isFault: run.isFault });
      logger.debug({ ...saidOfRun(run), ms: ms(), reason: why.text }, "a call was not answered");
    });
    turns.take(() => {
      const leave = () => turns.leave();
      const done = settle(runner, run, handling, end);
      if (done instanceof Promise) done.then(leave, leave);
      else leave();
    });
  };
}

interface Run {
  readonly call: Call;
  readonly events: CallEvents | undefined;
  request: RunFunctionRequest | undefined;
  /** Whether something was thrown. */
  isFault: boolean;
}

type End = (code: status, bytes?: Uint8Array, details?: string) => void;

/** Decodes, runs and encodes, at once where the runner is synchronous. */
function settle(runner: Runner, run: Run, handling: Handling, end: End): Promise<void> | undefined {
  const { call, events } = run;
  // It may have waited for its turn, or arrived while the process was busy: nobody waits for an answer any more.
  if (call.cancelled) return undefined;
  if (Number(call.getDeadline()) <= Date.now()) {
    end(status.DEADLINE_EXCEEDED, undefined, "Deadline exceeded");
    return undefined;
  }
  let request: RunFunctionRequest;
  try {
    request = decodeRequest(call.request);
  } catch (error) {
    end(status.INVALID_ARGUMENT, undefined, reason(error));
    return undefined;
  }
  run.request = request;
  const fail = (error: unknown) => {
    handling.logger.error({ err: error, ...saidOf(request) }, "cannot answer");
    end(status.INTERNAL, undefined, `cannot answer: ${reason(error)}`);
  };
  const log = errorsOf(handling.logger, request);
  const logger = { error: faultOf(run, log) };
  try {
    events?.request?.(request);
    const { name, maxSendBytes } = handling;
    const answered = answer(told(runner, events), request, { name, logger, maxBytes: maxSendBytes });
    if (!(answered instanceof Promise)) {
      end(status.OK, answered);
      return undefined;
    }
    return answered.then((bytes) => end(status.OK, bytes)).catch(fail);
  } catch (error) {
    fail(error);
    return undefined;
  }
}

/** Whatever is an error in the log is a fault of the call. */
function faultOf(run: Run, { error }: Pick<Logger, "error">): Logger["error"] {
  const said = (fields: object, message: string) => {
    run.isFault = true;
    error(fields, message);
  };
  return said as Logger["error"];
}

function told(runner: Runner, events: CallEvents | undefined): Runner {
  const tell = events?.response;
  if (tell === undefined) return runner;
  const say = (response: RunFunctionResponse) => {
    tell(response);
    return response;
  };
  return (request) => {
    const response = runner(request);
    return response instanceof Promise ? response.then(say) : say(response);
  };
}

function saidOfRun({ request }: Run) {
  return request === undefined ? {} : saidOf(request);
}

function textOf({ metadata }: Call, name: string): string | undefined {
  const [value] = metadata.get(name);
  return typeof value === "string" ? value : undefined;
}

function whyOver(call: Call): { readonly code: status; readonly text: string } {
  const left = Number(call.getDeadline()) - Date.now();
  return left < EARLY
    ? { code: status.DEADLINE_EXCEEDED, text: "its deadline has passed" }
    : { code: status.CANCELLED, text: "the caller has cancelled it, or the connection broke" };
}

/** A caller's deadline ends sooner than ours for its call, by as long as that took to arrive: in milliseconds, at most. */
const EARLY = 100;
