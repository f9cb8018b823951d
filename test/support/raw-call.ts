import { once } from "node:events";
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type SecureClientSessionOptions } from "node:http2";

export const RUN_FUNCTION = "/apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction";

/** Connects with HTTP/2, for calls of gRPC that no client of gRPC would make. What breaks the connection is for nobody to handle. */
export async function rawSession(
  port: number,
  { secure = false, ...options }: SecureClientSessionOptions & { readonly secure?: boolean } = {},
): Promise<ClientHttp2Session> {
  const session = connect(`${secure ? "https" : "http"}://localhost:${port}`, { maxSessionMemory: 1000, ...options });
  session.on("error", () => {});
  await once(session, "connect");
  return session;
}

export interface RawCall {
  readonly stream: ClientHttp2Stream;
  /** Resolves to the status of gRPC once the call is over; to undefined where it was broken off without one. */
  readonly code: Promise<number | undefined>;
}

/** Begins a call, of which nothing is sent yet. */
export function rawCall(session: ClientHttp2Session, headers: Readonly<Record<string, string>> = {}): RawCall {
  const stream = session.request(
    { ":method": "POST", ":path": RUN_FUNCTION, "content-type": "application/grpc+proto", te: "trailers", ...headers },
    { endStream: false },
  );
  let code: number | undefined;
  const take = (fields: Readonly<Record<string, unknown>>) => {
    if (fields["grpc-status"] !== undefined) code = Number(fields["grpc-status"]);
  };
  stream
    .on("response", take)
    .on("trailers", take)
    .on("error", () => {})
    .resume();
  return { stream, code: new Promise((resolve) => stream.once("close", () => resolve(code))) };
}

/** The head of a message of so many bytes, as gRPC has it. */
export function messageHead(length: number, { compressed = false } = {}): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(compressed ? 1 : 0, 0);
  head.writeUInt32BE(length, 1);
  return head;
}
