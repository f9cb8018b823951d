import { type AnyFn, type Outcome, type Request, settle as settleRequest } from "../function/index.js";
import { remember } from "./provenance.js";

/**
 * Runs a function for one request, without admission and without answers to what it requires.
 *
 * @throws Error for a bug of the function, or an XR that it does not compose
 */
export function settle(fn: AnyFn, request: Request): Outcome {
  return remember(settleRequest(fn, request), request);
}
