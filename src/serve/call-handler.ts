import { type handleUnaryCall, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { answer, type Runner, receive } from "../runner/index.js";
import { type Logger } from "../runtime/log.js";
import { reason } from "../runtime/reason.js";
import { type RunFunctionRequest, type RunFunctionResponse } from "../wire/index.js";
import { type CallEvents, type CallObserver } from "./observer.js";
import { saidOf } from "./said-of.js";
import { type Turns } from "./turns.js";

export interface CallHandlerOptions {
  readonly runner: Runner;
  readonly service: string;
  readonly method: string;
  /** Names the function in logs and results. */
  readonly name: string;
  readonly logger: Logger;
  /** The size above which a response is a fatal result instead. */
  readonly maxSendBytes: number;
  readonly observer?: CallObserver | undefined;
  /** Holds the calls that are neither answered nor given up. */
  readonly underWay: Set<Call>;
  readonly turns: Turns;
  onAnswer(call: object, bytes: number): void;
}

export type Call = ServerUnaryCall<Buffer, Buffer>;

/** Decodes, runs and encodes: at once and in one block where the runner is synchronous, and there is a turn. */
export function callHandler(options: CallHandlerOptions): handleUnaryCall<Buffer, Buffer> {
  const { underWay, turns } = options;
  return (call, callback) => {
    const handled = new Handled(call, callback, options);
    underWay.add(call);
    // Emitted of each call once it is over.
    call.once("cancelled", () => handled.giveUp());
    turns.take(() => {
      const done = run(handled, options);
      if (done === undefined) turns.leave();
      else void done.finally(() => turns.leave());
    });
  };
}

/** Settles a call; never fails. */
function run(
  handled: Handled,
  { runner, name, maxSendBytes: maxBytes }: CallHandlerOptions,
): Promise<void> | undefined {
  // It may have waited for its turn, or arrived while the process was busy: nobody waits for an answer any more.
  if (handled.isOver()) return undefined;
  try {
    const request = handled.read();
    if (request === undefined) return undefined;
    const answered = answer(handled.told(runner), request, { name, logger: handled, maxBytes });
    if (answered instanceof Promise) {
      return answered.then((bytes) => handled.answer(bytes)).catch((error: unknown) => handled.fail(error));
    }
    handled.answer(answered);
  } catch (error) {
    handled.fail(error);
  }
  return undefined;
}

/** A call, and who is told what becomes of it. */
class Handled {
  readonly #call: Call;
  readonly #callback: sendUnaryData<Buffer>;
  readonly #options: CallHandlerOptions;
  readonly #events: CallEvents | undefined;
  readonly #began = performance.now();
  #request: RunFunctionRequest | undefined;
  #isFault = false;

  constructor(call: Call, callback: sendUnaryData<Buffer>, options: CallHandlerOptions) {
    const { observer, service, method } = options;
    this.#call = call;
    this.#callback = callback;
    this.#options = options;
    this.#events = observer?.({ service, method, metadata: (name) => textOf(call, name) });
  }

  /** Whether it is given up, or its deadline has passed. */
  isOver(): boolean {
    if (this.#call.cancelled) return true;
    if (Number(this.#call.getDeadline()) > Date.now()) return false;
    this.#refuse(status.DEADLINE_EXCEEDED, "Deadline exceeded");
    return true;
  }

  /** The request; undefined, and the call is refused, where it is none. */
  read(): RunFunctionRequest | undefined {
    try {
      this.#request = receive(this.#options.runner, this.#call.request);
    } catch (error) {
      this.#refuse(status.INVALID_ARGUMENT, reason(error));
      return undefined;
    }
    this.#events?.request?.(this.#request);
    return this.#request;
  }

  /** The same runner, whose responses are told. */
  told(runner: Runner): Runner {
    const tell = this.#events?.response;
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

  /** Logs what was thrown, or cannot be sent, and so is a fault in the place of what was made. */
  readonly error = ((fields: object, message: string) => {
    this.#isFault = true;
    this.#options.logger.error({ ...fields, ...this.#said() }, message);
  }) as Logger["error"];

  answer(bytes: Uint8Array): void {
    const { logger } = this.#options;
    if (!this.#end(status.OK, bytes.length)) return;
    this.#callback(null, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (!logger.isLevelEnabled("debug")) return;
    logger.debug({ ...this.#said(), ms: this.#ms(), received: this.#call.request.length, sent: bytes.length }, "ran");
  }

  fail(error: unknown): void {
    this.error({ err: error }, "cannot answer");
    this.#refuse(status.INTERNAL, `cannot answer: ${reason(error)}`);
  }

  giveUp(): void {
    const { code, why } = whyOver(this.#call);
    if (!this.#end(code, 0)) return;
    this.#options.logger.debug({ ...this.#said(), ms: this.#ms(), reason: why }, "a call was not answered");
  }

  #refuse(code: status, details: string): void {
    if (!this.#end(code, 0)) return;
    this.#callback({ code, details });
    this.#options.logger.debug({ ...this.#said(), ms: this.#ms(), reason: details }, "a call was refused");
  }

  /** Whether it was not over yet. */
  #end(code: status, sentBytes: number): boolean {
    if (!this.#options.underWay.delete(this.#call)) return false;
    this.#options.onAnswer(this.#call, sentBytes);
    this.#events?.end?.({ code, receivedBytes: this.#call.request.length, sentBytes, isFault: this.#isFault });
    return true;
  }

  #said() {
    return this.#request === undefined ? {} : saidOf(this.#request);
  }

  #ms(): number {
    return Math.round(performance.now() - this.#began);
  }
}

function textOf({ metadata }: Call, name: string): string | undefined {
  const [value] = metadata.get(name);
  return typeof value === "string" ? value : undefined;
}

function whyOver(call: Call): { readonly code: status; readonly why: string } {
  const left = Number(call.getDeadline()) - Date.now();
  return left < EARLY
    ? { code: status.DEADLINE_EXCEEDED, why: "its deadline has passed" }
    : { code: status.CANCELLED, why: "the caller has cancelled it, or the connection broke" };
}

/** A caller's deadline ends sooner than ours for its call, by as long as that took to arrive: in milliseconds, at most. */
const EARLY = 100;
