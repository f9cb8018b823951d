import { type IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { ApiError, type Status } from "./api-error.js";

/** Where an API server is, and how to be let in. Plain data, so that it passes from one process to another. */
export interface ApiAddress {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
}

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** What is undefined is left out. Default: none. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. Default: none. */
  readonly body?: object;
  /** Default: application/json. */
  readonly contentType?: string;
}

/** Sends one request and returns the JSON of the answer, each as it is; throws {@link ApiError} for a refusal. */
export type Transport = (request: ApiRequest) => Promise<unknown>;

/** A transport over connections that are kept. */
export function transport(address: ApiAddress): Transport {
  const agent = new Agent({ ca: address.ca, keepAlive: true });
  return async (asked) => {
    const { code, body } = await exchange(address, agent, asked);
    const answer: unknown = body.startsWith("{") ? JSON.parse(body) : { message: body.trim() };
    if (code >= 400) throw new ApiError(`${asked.method} ${asked.path}`, code, answer as Status);
    return answer;
  };
}

/**
 * The lines of an answer that goes on, as a watch does, until the API server ends it or `signal` does.
 *
 * @throws ApiError for a refusal; what else breaks it off
 */
export async function* lines(address: ApiAddress, asked: ApiRequest, signal: AbortSignal): AsyncIterable<string> {
  const response = await begin(address, new Agent({ ca: address.ca }), asked, signal);
  if ((response.statusCode ?? 0) >= 400) {
    const body = await text(response);
    const answer = body.startsWith("{") ? (JSON.parse(body) as Status) : { message: body.trim() };
    throw new ApiError(`${asked.method} ${asked.path}`, response.statusCode ?? 0, answer);
  }
  yield* createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY });
}

/** Whether an API server takes requests there. */
export async function isServing(address: ApiAddress): Promise<boolean> {
  const ready = exchange(address, new Agent({ ca: address.ca }), { method: "GET", path: "/readyz" });
  const { code } = await ready.catch(() => ({ code: 0 }));
  return code === 200;
}

async function exchange(address: ApiAddress, agent: Agent, asked: ApiRequest): Promise<{ code: number; body: string }> {
  const response = await begin(address, agent, asked);
  return { code: response.statusCode ?? 0, body: await text(response) };
}

function begin(
  { url, token }: ApiAddress,
  agent: Agent,
  asked: ApiRequest,
  signal?: AbortSignal,
): Promise<IncomingMessage> {
  const { method, path, query = {}, body, contentType = "application/json" } = asked;
  const target = new URL(path, url);
  for (const [key, value] of Object.entries(query)) if (value !== undefined) target.searchParams.set(key, value);
  const text = body && encode(body);
  const headers = {
    authorization: `Bearer ${token}`,
    accept: "application/json",
    "content-type": contentType,
    // Of a DELETE, Node does not say by itself how long the body is.
    ...(text !== undefined && { "content-length": Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(target, { method, headers, agent, ...(signal && { signal }) }, resolve);
    sent.on("error", reject);
    sent.end(text);
  });
}

/**
 * JSON that is YAML too, as which the API server reads what is applied: Go's encoder escapes the same two characters.
 */
function encode(body: object): string {
  return JSON.stringify(body).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
