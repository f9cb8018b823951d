import { hash } from "node:crypto";
import { type AnyFn } from "../../function/index.js";
import { type FunctionCall } from "../../render/run-step.js";
import { runner } from "../../runner/index.js";
import { decodeRequest, encodeResponse } from "../../wire/index.js";
import { deepFreeze } from "./deep-freeze.js";
import { type Part } from "./parts.js";
import { rewriteRequest } from "./rewrite-request.js";
import { type Surroundings, within } from "./surroundings.js";

/** Another way to ask the same, which a deterministic function answers likewise. */
export interface Variation {
  /** Such as `another clock`. */
  readonly name: string;
  /** What an author should do whose function differs. */
  readonly remedy: string;
  answer(call: FunctionCall, request: Uint8Array): ReturnType<FunctionCall>;
}

/** Those of the request: they apply to any function, wherever it runs. */
export const ofRequest: readonly Variation[] = [
  {
    name: "the same request again",
    remedy: "keep nothing between calls",
    answer: (call, request) => call(request),
  },
  rewritten("the entries of maps in reverse order", (parts) => parts.toReversed()),
  rewritten("the entries of maps shuffled", shuffled),
  {
    name: "the fields of messages in another order",
    remedy: "decode by the number of a field, not by its place",
    answer: (call, request) =>
      call(rewriteRequest(request, { fields: (parts) => parts.toSorted((a, b) => b.number - a.number) })),
  },
];

const HERE: Surroundings = { now: Date.UTC(2024, 0, 31, 22, 30), seed: 1, timeZone: { name: "UTC", offset: 0 } };

/** Calls a function in surroundings that are always the same. */
export function pinned(call: FunctionCall, request: Uint8Array): ReturnType<FunctionCall> {
  return within(HERE, () => call(request));
}

/** Those of its surroundings, for a function that runs in this process. The first numbers of the seed 48 are low where those of 1 are high. */
export const ofSurroundings: readonly Variation[] = [
  surrounded("another clock", { ...HERE, now: Date.UTC(2031, 6, 19, 3, 45) }, "take times from what is observed"),
  surrounded(
    "another time zone",
    { ...HERE, timeZone: { name: "Asia/Kathmandu", offset: 345 } },
    "use the UTC methods of Date, and say the timeZone where text is made",
  ),
  surrounded("other random numbers", { ...HERE, seed: 48 }, "make names of what is in the XR, such as with uniqueName"),
];

/** What a function is given cannot be written to. */
export function frozen(fn: AnyFn): Variation {
  const run = runner(fn);
  return {
    name: "a request that cannot be written to",
    remedy: "make new objects, and leave those that are given as they are",
    answer: (_, request) => within(HERE, () => encodeResponse(run(deepFreeze(decodeRequest(request))))),
  };
}

function rewritten(name: string, entries: (parts: readonly Part[]) => readonly Part[]): Variation {
  return {
    name,
    remedy: "sort what becomes a list or a text",
    answer: (call, request) => call(rewriteRequest(request, { entries })),
  };
}

function surrounded(name: string, surroundings: Surroundings, remedy: string): Variation {
  return { name, remedy, answer: (call, request) => within(surroundings, () => call(request)) };
}

/** In an order that has nothing to do with the keys. */
function shuffled(parts: readonly Part[]): readonly Part[] {
  const place = ({ body }: Part) => hash("sha256", body);
  return parts.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}
