import { Server, type ServerCredentials } from "@grpc/grpc-js";
import { type Runner } from "../runner/index.js";
import { type Logger } from "../runtime/log.js";
import { type Credentials, serverCredentials } from "./credentials.js";
import { addFunctionRunner } from "./service.js";

export interface ServeOptions {
  readonly runner: Runner;
  /** Names the function in logs and results. Default: the function. */
  readonly name?: string;
  /**
   * Host and port, such as `127.0.0.1:9443`. Port 0 takes one that is free; without a host (`:9443`) it is every address
   * of the machine. Default: `0.0.0.0:9443`, where Crossplane calls a function.
   */
  readonly address?: string;
  readonly credentials: Credentials;
  readonly logger: Logger;
  /** Requests over so many bytes are refused with RESOURCE_EXHAUSTED. Default: 64 MiB, since observed state is large. */
  readonly maxReceiveBytes?: number;
}

/** A server that listens. */
export interface Serving {
  /** Host and port. */
  readonly address: string;
  readonly port: number;
  /**
   * Takes no new calls, answers those under way, and resolves; after so many milliseconds those that are left are broken
   * off. May be called again with a nearer deadline; 0 breaks off at once.
   */
  close(deadlineMs: number): Promise<void>;
}

/** Serves a function over gRPC, as Crossplane calls it. Rejects if it cannot listen at the address. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { runner, name = "the function", address = "0.0.0.0:9443", credentials, logger } = options;
  const { maxReceiveBytes = 64 * 1024 * 1024 } = options;
  const server = new Server({ "grpc.max_receive_message_length": maxReceiveBytes });
  addFunctionRunner(server, runner, { name, logger });
  const port = await listen(server, address, serverCredentials(credentials));
  return { address: address.replace(/\d+$/, String(port)), port, close: closer(server, logger) };
}

async function listen(server: Server, address: string, credentials: ServerCredentials): Promise<number> {
  const at = address.startsWith(":") ? `[::]${address}` : address;
  try {
    return await new Promise((resolve, reject) => {
      server.bindAsync(at, credentials, (error, port) => (error ? reject(error) : resolve(port)));
    });
  } catch (error) {
    server.forceShutdown();
    throw new Error(`cannot listen on ${address}: ${why(error)}; say an address such as 0.0.0.0:9443`, {
      cause: error,
    });
  }
}

// grpc-js lists in brackets what each address that it tried has said.
function why(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /errors: \[(.+)\]$/.exec(message)?.[1] ?? message;
}

function closer(server: Server, logger: Logger): Serving["close"] {
  let drained: Promise<void> | undefined;
  let breakOff = () => {};
  const broken = new Promise<void>((resolve) => {
    breakOff = () => {
      logger.warn("breaking off the calls that are under way");
      server.forceShutdown();
      resolve();
    };
  });
  return async (deadlineMs) => {
    drained ??= new Promise((resolve) => server.tryShutdown(() => resolve()));
    const timer = setTimeout(() => breakOff(), deadlineMs);
    await Promise.race([drained, broken]);
    clearTimeout(timer);
  };
}
