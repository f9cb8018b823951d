import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { Readable } from "node:stream";
import { type Fetch } from "./transport.js";

/**
 * `fetch` for what registries are asked: it follows no redirect and undoes no encoding. Unlike Node's own, it lets an
 * upload take as long as something moves, where that one gives up after five minutes, and it sends a body without a copy.
 */
export const nodeFetch: Fetch = (url, { method = "GET", headers, body }) =>
  new Promise((resolve, reject) => {
    const request = url.startsWith("https:") ? requestSecure : requestPlain;
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request(url, { method, headers: { ...headers, ...length } }, (message) => {
      resolve(responseOf(message, url, method));
    });
    sent.setTimeout(SILENCE, () => sent.destroy(new Error(`nothing has moved for ${SILENCE / 1000} s`)));
    sent.on("error", reject);
    sent.end(body);
  });

/** In milliseconds. Some registries take long to put away what they were sent. */
const SILENCE = 120_000;

function responseOf(message: IncomingMessage, url: string, method: string): Response {
  const { statusCode: status = 0, statusMessage: statusText = "" } = message;
  const isEmpty = method === "HEAD" || NEVER_A_BODY.has(status);
  if (isEmpty) message.resume();
  const body = isEmpty ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
  const response = new Response(body, { status, statusText, headers: headersOf(message) });
  return Object.defineProperty(response, "url", { value: url });
}

const NEVER_A_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  return headers;
}
