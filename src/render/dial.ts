import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { type FunctionCall } from "./run-step.js";

/** A function that listens somewhere. */
export interface DialedFunction {
  readonly call: FunctionCall;
  close(): void;
}

/**
 * Calls a function over gRPC without transport security, as `crossplane composition render` does: it waits until the
 * function listens, and falls back to v1beta1 where it does not know v1.
 *
 * @param target in gRPC's syntax: `localhost:9443`, `dns:///example.org:7443`
 * @param deadline in milliseconds since the epoch; a call that is not answered then fails
 */
export function dial(target: string, deadline: number): DialedFunction {
  // What Crossplane receives at most is gRPC's default, which stays.
  const client = new Client(target, credentials.createInsecure());
  const call = (path: string, request: Uint8Array) => unary(client, path, request, deadline);
  return {
    async call(request) {
      try {
        return await call(V1, request);
      } catch (error) {
        if ((error as ServiceError).code === status.UNIMPLEMENTED) return call(V1BETA1, request);
        throw error;
      }
    },
    close: () => client.close(),
  };
}

const V1 = "/apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction";
const V1BETA1 = "/apiextensions.fn.proto.v1beta1.FunctionRunnerService/RunFunction";

function unary(client: Client, path: string, request: Uint8Array, deadline: number): Promise<Uint8Array> {
  const same = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      path,
      same,
      (bytes: Buffer): Uint8Array => bytes,
      request,
      new Metadata({ waitForReady: true }),
      { deadline },
      (error, response) => (response === undefined ? reject(error) : resolve(response)),
    );
  });
}
