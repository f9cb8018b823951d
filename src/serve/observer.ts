import { type status } from "@grpc/grpc-js";
import { type RunFunctionRequest, type RunFunctionResponse } from "../wire/index.js";

/** Is told of each call that is made to a function, by whoever measures or traces it. What it throws fails the call. */
export type CallObserver = (call: BegunCall) => CallEvents;

export interface BegunCall {
  /** Such as `apiextensions.fn.proto.v1.FunctionRunnerService`. */
  readonly service: string;
  /** Such as `RunFunction`. */
  readonly method: string;
  /** What the caller says beside the request; undefined where it does not say it. */
  metadata(name: string): string | undefined;
}

/** What becomes of a call. */
export interface CallEvents {
  /** Its request is read. Not told of one that cannot be. */
  readonly request?: (request: RunFunctionRequest) => void;
  /** It was run. Not told of one whose runner throws. */
  readonly response?: (response: RunFunctionResponse) => void;
  /** It is over. */
  readonly end?: (over: EndedCall) => void;
}

export interface EndedCall {
  readonly code: status;
  readonly receivedBytes: number;
  /** 0 where there is no answer. */
  readonly sentBytes: number;
  /** Whether the answer is a fatal result since something was thrown, or could not be sent. */
  readonly isFault: boolean;
}

/** Tells several as one. */
export function together(observers: readonly CallObserver[]): CallObserver {
  return (call) => {
    const each = observers.map((observe) => observe(call));
    return {
      request: (request) => each.forEach((events) => void events.request?.(request)),
      response: (response) => each.forEach((events) => void events.response?.(response)),
      end: (over) => each.forEach((events) => void events.end?.(over)),
    };
  };
}
