import { type Runner } from "../runner/index.js";
import { type RunFunctionRequest } from "../wire/index.js";
import { maskOf } from "./mask-of.js";

/** The same runner, and in what it throws nothing that is secret in the request. */
export function maskingRunner(runner: Runner): Runner {
  const masking = (request: RunFunctionRequest) => {
    const masked = (error: unknown) => withoutSecrets(error, request);
    try {
      const response = runner(request);
      if (!(response instanceof Promise)) return response;
      return response.catch((error: unknown) => {
        throw masked(error);
      });
    } catch (error) {
      throw masked(error);
    }
  };
  return Object.assign(masking, { isLazy: runner.isLazy ?? false });
}

/** Message, stack and name alone: what else an error has, such as the response of a server, nobody has looked through. */
function withoutSecrets(error: unknown, request: RunFunctionRequest): Error {
  const mask = maskOf(request);
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const clean = new Error(mask(message));
  if (name !== clean.name) clean.name = name;
  if (stack !== undefined) clean.stack = mask(stack);
  return clean;
}
