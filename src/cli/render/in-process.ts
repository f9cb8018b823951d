import { type AnyFn } from "../../function/index.js";
import { type FunctionCall } from "../../render/index.js";
import { answer, runner } from "../../runner/index.js";
import { decodeRequest } from "../../wire/index.js";
import { type IO } from "../io.js";

/**
 * A function of the project, called in this process with the bytes that Crossplane would send, so that it sees and says
 * what it would in a cluster.
 */
export function inProcess(fn: AnyFn, io: IO): FunctionCall {
  const run = runner(fn);
  const logger = {
    error: (said: { readonly err?: unknown }) => {
      if (said.err instanceof Error && said.err.stack) io.stderr.write(`${said.err.stack}\n`);
    },
  };
  return (request) => answer(run, decodeRequest(request), { name: fn.name, logger: logger as never });
}
