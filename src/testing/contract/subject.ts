import { type FunctionCall } from "../../render/run-step.js";
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  type RunFunctionRequest,
  type RunFunctionResponse,
  Severity,
} from "../../wire/index.js";
import { maskOfMessages } from "../mask-of-messages.js";
import { type Asked, type Callable, callOf, requestsOf } from "../requests-of.js";

/** A request, and what was answered. */
export interface Exchange {
  readonly request: RunFunctionRequest;
  readonly response: RunFunctionResponse;
  /** How long the answer is, in bytes. */
  readonly size: number;
}

/** The function that is checked, and what it is asked. */
export class Subject {
  readonly #call: FunctionCall;
  #requests: Promise<readonly RunFunctionRequest[]> | undefined;

  constructor(
    readonly callable: Callable,
    readonly asked: readonly Asked[],
  ) {
    this.#call = callOf(callable);
  }

  /** Every request of every reconcile. */
  requests(): Promise<readonly RunFunctionRequest[]> {
    this.#requests ??= Promise.all(this.asked.map((each) => requestsOf(this.callable, each))).then((all) =>
      all.flat().map((bytes) => decodeRequest(bytes)),
    );
    return this.#requests;
  }

  /** @throws Error where there is no answer, or none that can be read */
  async ask(
    request: RunFunctionRequest,
    rewrite: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
  ): Promise<Exchange> {
    const bytes = rewrite(encodeRequest(request, { rounded: true }));
    try {
      const answer = await this.#call(bytes);
      return { request, response: decodeResponse(answer), size: answer.byteLength };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(maskOfMessages(request)(`there is no answer to ${nameOf(request)}: ${message}`));
    }
  }

  /**
   * Asks a variant of each request, and says of each answer what breaks the rule.
   *
   * @throws Error with all of that
   */
  async check(
    problemsOf: (exchange: Exchange) => readonly string[],
    variant: (request: RunFunctionRequest) => RunFunctionRequest = (request) => request,
  ): Promise<void> {
    const problems = new Set<string>();
    for (const each of await this.requests()) {
      const exchange = await this.ask(variant(each));
      const mask = maskOfMessages(exchange.request, [exchange.response]);
      for (const problem of problemsOf(exchange)) problems.add(mask(`${nameOf(each)}: ${problem}`));
    }
    if (problems.size > 0) throw new Error([...problems].join("\n"));
  }
}

export function isFatal({ results }: RunFunctionResponse): boolean {
  return results.some(({ severity }) => severity === Severity.Fatal);
}

/** Which XR a request is about. */
export function nameOf({ observed }: RunFunctionRequest): string {
  const { kind, metadata } = (observed?.composite?.resource ?? {}) as {
    readonly kind?: unknown;
    readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown } | null;
  };
  const parts = [kind, metadata?.namespace, metadata?.name].filter((part) => typeof part === "string");
  return parts.join("/") || "an XR without a name";
}
