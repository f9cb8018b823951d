import { type ServerHttp2Stream } from "node:http2";

/**
 * The stream of HTTP/2 that a call of grpc-js's server runs over, be it a call that an interceptor or one that a handler is
 * given; undefined where it cannot be found. grpc-js keeps it to itself, and tells of a request only once it is whole: what
 * arrives until then can be counted and held up nowhere else.
 */
export function streamOf(call: object): ServerHttp2Stream | undefined {
  const { stream, call: inner } = call as { readonly stream?: ServerHttp2Stream; readonly call?: object };
  if (typeof stream?.pause === "function") return stream;
  return typeof inner === "object" ? streamOf(inner) : undefined;
}
