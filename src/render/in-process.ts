import { type AnyFn } from "../function/index.js";
import { answer, receive, runner } from "../runner/index.js";
import { type FunctionCall } from "./run-step.js";

/**
 * A function that is called in this process with the bytes that Crossplane would send, so that it sees and says what it
 * would in a cluster.
 *
 * @param onError is told of bugs in the function, whose message is in the response as well. Default: nobody
 */
export function inProcess(fn: AnyFn, onError: (error: Error) => void = () => {}): FunctionCall {
  const run = runner(fn);
  const logger = { error: ({ err }: { readonly err?: unknown }) => void (err instanceof Error && onError(err)) };
  return (request) => answer(run, receive(run, request), { name: fn.name, logger: logger as never });
}
