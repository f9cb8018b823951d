import { type ChannelOptions, Client, credentials, Metadata } from "@grpc/grpc-js";
import {
  decodeResponse,
  encodeRequest,
  type Init,
  type RunFunctionRequest,
  type RunFunctionResponse,
} from "trimtab/wire";
import { type Certificates } from "../../src/runtime/certificates.js";

export interface ClientOptions {
  /** How the client proves who it is; `none` trusts the server without proving anything. Default: plain text. */
  readonly as?: Certificates | { readonly none: Certificates };
  /** Whether the server need not prove who it is. Default: it has to. */
  readonly isTrusting?: boolean;
  /** Default: v1. */
  readonly version?: "v1" | "v1beta1";
  /** Of gRPC. Default: a connection of its own. */
  readonly channel?: ChannelOptions;
}

export interface CallOptions {
  /** Default: five seconds. */
  readonly deadlineMs?: number;
  /** Gives the call up. Default: nothing does. */
  readonly signal?: AbortSignal;
  /** What is said beside the message. Default: nothing. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Calls a function, call after call over the connection that it keeps. */
export interface FunctionClient {
  call(request: Init<RunFunctionRequest>, options?: CallOptions): Promise<RunFunctionResponse>;
  /** The same with the message as bytes. Rejects with grpc-js's error, whose `code` is the gRPC status. */
  callRaw(bytes: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
  close(): void;
}

/**
 * What the real Crossplane configures (internal/xfn, svcConfig): calls go round the addresses of a target, and wait for
 * one that answers.
 */
export const AS_CROSSPLANE: ChannelOptions = {
  "grpc.service_config": JSON.stringify({
    loadBalancingConfig: [{ round_robin: {} }],
    methodConfig: [{ name: [{}], waitForReady: true }],
  }),
};

/** @param target a host and port, or several as `ipv4:127.0.0.1:1,127.0.0.1:2` */
export function functionClient(target: string, options: ClientOptions = {}): FunctionClient {
  const { version = "v1", channel = { "grpc.use_local_subchannel_pool": 1 } } = options;
  const client = new Client(target, channelCredentials(options), channel);
  const same = (message: Buffer) => message;
  const path = `/apiextensions.fn.proto.${version}.FunctionRunnerService/RunFunction`;
  const callRaw = (bytes: Uint8Array, { deadlineMs = 5000, signal, metadata = {} }: CallOptions = {}) =>
    new Promise<Uint8Array>((resolve, reject) => {
      const deadline = Date.now() + deadlineMs;
      const said = Metadata.fromHttp2Headers(metadata);
      const call = client.makeUnaryRequest(
        path,
        same,
        same,
        Buffer.from(bytes),
        said,
        { deadline },
        (error, answer) => {
          if (error !== null) return reject(error);
          return answer === undefined ? reject(new Error("no message came back")) : resolve(answer);
        },
      );
      signal?.addEventListener("abort", () => call.cancel(), { once: true });
    });
  return {
    call: async (request, options) => decodeResponse(await callRaw(encodeRequest(request), options)),
    callRaw,
    close: () => client.close(),
  };
}

/** Calls a function that listens, as Crossplane does, over a connection of its own. */
export async function callFunction(
  address: string,
  request: Init<RunFunctionRequest>,
  options: ClientOptions = {},
): Promise<RunFunctionResponse> {
  return decodeResponse(await callFunctionRaw(address, encodeRequest(request), options));
}

/** The same with the message as bytes. */
export function callFunctionRaw(address: string, bytes: Uint8Array, options: ClientOptions = {}): Promise<Uint8Array> {
  const client = functionClient(address, options);
  return client.callRaw(bytes).finally(() => client.close());
}

function channelCredentials({ as, isTrusting = false }: ClientOptions) {
  if (as === undefined) return credentials.createInsecure();
  const verify = { rejectUnauthorized: !isTrusting };
  if ("none" in as) return credentials.createSsl(as.none.authority, null, null, verify);
  return credentials.createSsl(as.authority, as.key, as.certificate, verify);
}
