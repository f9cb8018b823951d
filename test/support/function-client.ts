import { Client, credentials } from "@grpc/grpc-js";
import {
  decodeResponse,
  encodeRequest,
  type Init,
  type RunFunctionRequest,
  type RunFunctionResponse,
} from "trimtab/wire";
import { type Certificates } from "../../src/runtime/certificates.js";

export interface CallOptions {
  /** How the client proves who it is; `none` trusts the server without proving anything. Default: plain text. */
  readonly as?: Certificates | { readonly none: Certificates };
  /** Whether the server need not prove who it is. Default: it has to. */
  readonly isTrusting?: boolean;
  /** Default: v1. */
  readonly version?: "v1" | "v1beta1";
}

/** Calls a function that listens, as Crossplane does, over a connection of its own. */
export async function callFunction(
  address: string,
  request: Init<RunFunctionRequest>,
  options: CallOptions = {},
): Promise<RunFunctionResponse> {
  return decodeResponse(await callFunctionRaw(address, encodeRequest(request), options));
}

/** The same with the message as bytes. Rejects with grpc-js's error, whose `code` is the gRPC status. */
export function callFunctionRaw(address: string, bytes: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
  const { version = "v1" } = options;
  const client = new Client(address, channelCredentials(options));
  const same = (message: Buffer) => message;
  const path = `/apiextensions.fn.proto.${version}.FunctionRunnerService/RunFunction`;
  return new Promise<Uint8Array>((resolve, reject) => {
    client.makeUnaryRequest(path, same, same, Buffer.from(bytes), { deadline: Date.now() + 5000 }, (error, answer) => {
      if (error !== null) return reject(error);
      return answer === undefined ? reject(new Error("no message came back")) : resolve(answer);
    });
  }).finally(() => client.close());
}

function channelCredentials({ as, isTrusting = false }: CallOptions) {
  if (as === undefined) return credentials.createInsecure();
  const verify = { rejectUnauthorized: !isTrusting };
  if ("none" in as) return credentials.createSsl(as.none.authority, null, null, verify);
  return credentials.createSsl(as.authority, as.key, as.certificate, verify);
}
