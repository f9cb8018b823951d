import { Server, ServerCredentials } from "@grpc/grpc-js";
import { type Runner } from "../runner/index.js";
import { type Logger } from "../runtime/log.js";
import { type Credentials, type Listener, listen } from "./listen.js";
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
  // Whoever gets that far may call.
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const onConnection = injector.injectConnection.bind(injector);
  const listener = await listen(address, { credentials, logger, onConnection });
  const { port } = listener;
  return { address: address.replace(/\d+$/, String(port)), port, close: closer(server, listener, logger) };
}

function closer(server: Server, listener: Listener, logger: Logger): Serving["close"] {
  let drained: Promise<void> | undefined;
  let breakOff = () => {};
  const broken = new Promise<void>((resolve) => {
    breakOff = () => {
      logger.warn("breaking off the calls that are under way");
      server.forceShutdown();
      listener.destroy();
      resolve();
    };
  });
  return async (deadlineMs) => {
    listener.close();
    drained ??= new Promise((resolve) => server.tryShutdown(() => resolve()));
    const timer = setTimeout(() => breakOff(), deadlineMs);
    await Promise.race([drained, broken]);
    clearTimeout(timer);
  };
}
