import { type FunctionCall } from "../../render/run-step.js";
import { decodeRequest, decodeResponse, type RunFunctionResponse } from "../../wire/index.js";
import { maskOfMessages } from "../mask-of-messages.js";
import { shown } from "../matchers/wanted.js";
import { type Asked, type Callable, callOf, requestsOf } from "../requests-of.js";
import { firstDifference } from "./first-difference.js";
import { frozen, ofRequest, ofSurroundings, pinned, type Variation } from "./variations.js";

export interface DeterminismOptions {
  /**
   * Whether clock, time zone and randomness are varied, which are then replaced in all of this process until the function
   * has answered. Default: for a function of ours, which answers at once; not for others, which may run elsewhere.
   */
  readonly surroundings?: boolean;
}

/**
 * Checks that a function answers each request of a reconcile likewise, however it is asked: again, with the entries of maps
 * and the fields of messages in another order (Go sends maps in a random one), at another time, in another time zone, with
 * other random numbers; and that it writes to nothing that it is given. An answer is the same if it decodes to the same.
 *
 * @returns the names of the variations
 * @throws Error that names the variation, the first path that differs, and the remedy; secret values are masked
 */
export async function checkDeterminism(
  callable: Callable,
  asked: Asked,
  options: DeterminismOptions = {},
): Promise<readonly string[]> {
  const { surroundings = typeof callable !== "function" } = options;
  const call: FunctionCall = surroundings ? (request) => pinned(callOf(callable), request) : callOf(callable);
  const variations: readonly Variation[] = [
    ...ofRequest,
    ...(surroundings ? ofSurroundings : []),
    ...(typeof callable === "function" ? [] : [frozen(callable)]),
  ];
  for (const request of await requestsOf(callable, asked)) {
    const expected = await call(request);
    for (const variation of variations) {
      // The surroundings that a variation sets are not to be pinned again.
      const given = ofSurroundings.includes(variation) ? callOf(callable) : call;
      await compare(request, expected, variation, given);
    }
  }
  return variations.map(({ name }) => name);
}

async function compare(request: Uint8Array, expected: Uint8Array, variation: Variation, call: FunctionCall) {
  const { name, remedy } = variation;
  const before = decodeResponse(expected);
  const decoded = decodeRequest(request);
  const mask = maskOfMessages(decoded, [before]);
  let answer: Uint8Array;
  try {
    answer = await variation.answer(call, request);
  } catch (error) {
    throw new Error(mask(`not deterministic: with ${name} it fails: ${messageOf(error)}; ${remedy}`));
  }
  if (Buffer.compare(answer, expected) === 0) return;
  const after = decodeResponse(answer);
  const found = firstDifference(before, after);
  if (!found) return;
  const all = maskOfMessages(decoded, [before, after]);
  const values = `it was ${shownAt(found.path, found.before, before)} and is ${shownAt(found.path, found.after, after)}`;
  throw new Error(all(`not deterministic: with ${name}, ${found.path} differs: ${values}; ${remedy}`));
}

/** What a Secret holds is not said, however it is encoded; nor are connection details. */
function shownAt(path: string, value: unknown, { desired }: RunFunctionResponse): string {
  if (value instanceof Uint8Array || path.includes(".connectionDetails")) return "***";
  const [, key = ""] = /^desired\.resources\["(.*?)"\]\.resource\b/.exec(path) ?? [];
  return desired?.resources[key]?.resource?.["kind"] === "Secret" ? "***" : shown(value);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
