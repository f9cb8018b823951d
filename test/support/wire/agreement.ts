import { inspect, isDeepStrictEqual } from "node:util";
import {
  RunFunctionRequest as SdkRequest,
  RunFunctionResponse as SdkResponse,
} from "@crossplane-org/function-sdk-typescript";
import { type Codec } from "../../../src/wire/codec.js";
import { asReceived } from "../../../src/wire/lazy-message.js";
import { type Message } from "../../../src/wire/message.js";
import { runFunctionRequest, runFunctionResponse } from "../../../src/wire/run-function.js";
import { codecs } from "../../../src/wire/run-function-codec.js";
import { whole } from "./both-codecs.js";
import { decodeWithGoogle } from "./google.js";
import { mutate } from "./mutate.js";
import { normalForm } from "./normal-form.js";
import { Random } from "./random.js";
import { randomMessage } from "./random-message.js";

/** How many messages were compared, and how many of those were well-formed. */
export interface Compared {
  readonly messages: number;
  readonly wellFormed: number;
}

/**
 * Compares what both codecs make of random messages, of which every second is broken, with what the official SDK and
 * google-protobuf make of them.
 *
 * @throws Error that has the bytes of the first message of which they do not think the same
 */
export function compareMessages(count: number, seed: number): Compared {
  const random = new Random(seed);
  let wellFormed = 0;
  for (let messages = 0; messages < count; messages++) {
    const kind = random.pick(KINDS);
    const valid = randomMessage(kind.message, random);
    const bytes = random.once(2) ? mutate(valid, random) : valid;
    if (agree(kind, bytes)) wellFormed++;
  }
  return { messages: count, wellFormed };
}

interface Kind {
  readonly message: Message;
  readonly eager: Codec<unknown>;
  readonly lazy: Codec<unknown>;
  sdk(bytes: Uint8Array): unknown;
}

const KINDS: readonly Kind[] = [
  {
    message: runFunctionRequest,
    eager: codecs.eager.request,
    lazy: codecs.lazy.request,
    sdk: (bytes) => SdkRequest.decode(bytes),
  },
  {
    message: runFunctionResponse,
    eager: codecs.eager.response,
    lazy: codecs.lazy.response,
    sdk: (bytes) => SdkResponse.decode(bytes),
  },
];

/** Whether the message is well-formed. */
function agree(kind: Kind, bytes: Buffer): boolean {
  const { message, eager, lazy } = kind;
  const ours = outcomeOf(() => eager.decode(bytes));
  const lazily = outcomeOf(() => lazy.decode(bytes));
  compare(bytes, "the lazy codec", { ...lazily, value: whole(lazily.value) }, ours);
  compareVerdicts(kind, bytes, ours);
  const normal = outcomeOf(() => normalForm(message, bytes));
  if (normal.error !== undefined || ours.error !== undefined) {
    if (normal.error === undefined || ours.error === undefined)
      throw disagreement(bytes, "the reference", normal, ours);
    return false;
  }
  const reference = normal.value as Buffer;
  compare(bytes, "the official SDK", { value: structuredClone(kind.sdk(reference)) }, ours);
  compare(bytes, "google-protobuf", { value: decodeWithGoogle(message, reference) }, ours);
  const written = outcomeOf(() => eager.encode(ours.value as object));
  const passed = outcomeOf(() => lazy.encode(received(message, lazily.value as object)));
  if (written.error !== undefined || passed.error !== undefined) {
    compare(bytes, "the lazy codec, encoding,", passed, written);
    return true;
  }
  const [made, copied] = [written.value as Uint8Array, passed.value as Uint8Array];
  compare(bytes, "the official SDK, of what we write,", { value: structuredClone(kind.sdk(made)) }, ours);
  compare(bytes, "google-protobuf, of what we pass on,", { value: decodeWithGoogle(message, copied) }, ours);
  compare(bytes, "the eager codec, of what the lazy one passes on,", { value: eager.decode(copied) }, ours);
  return true;
}

/**
 * What the oracles take of the bytes as they are. The official SDK takes all that is well-formed but tags of more than five
 * bytes, and more: it looks neither at UTF-8 nor at where a message ends. google-protobuf refuses text that is no UTF-8, but
 * lets fields of groups leave their message.
 */
function compareVerdicts({ message, sdk }: Kind, bytes: Buffer, ours: Outcome): void {
  if (ours.error === undefined) {
    const theirs = outcomeOf(() => sdk(bytes));
    if (theirs.error === undefined || theirs.error.includes("illegal tag")) return;
    throw disagreement(bytes, "the official SDK", theirs, ours);
  }
  if (!ours.error.includes("is not valid UTF-8")) return;
  const theirs = outcomeOf(() => decodeWithGoogle(message, bytes));
  if (theirs.error === undefined) throw disagreement(bytes, "google-protobuf", theirs, ours);
}

/** Each field as it came. */
function received({ fields }: Message, decoded: object): object {
  return Object.fromEntries(fields.map(({ name }) => [name, asReceived(decoded, name as never)]));
}

interface Outcome {
  readonly value?: unknown;
  /** What was thrown. */
  readonly error?: string | undefined;
}

function outcomeOf(run: () => unknown): Outcome {
  try {
    return { value: run() };
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function compare(bytes: Buffer, who: string, theirs: Outcome, ours: Outcome): void {
  if (theirs.error !== ours.error || !isDeepStrictEqual(theirs.value, ours.value)) {
    throw disagreement(bytes, who, theirs, ours);
  }
}

function disagreement(bytes: Buffer, who: string, theirs: Outcome, ours: Outcome): Error {
  const said = (outcome: Outcome) => outcome.error ?? inspect(outcome.value, { depth: null });
  return new Error(`${who} has ${said(theirs)}\nand we have ${said(ours)}\nof ${bytes.toString("hex")}`);
}
