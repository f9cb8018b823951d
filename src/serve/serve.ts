import { Server, ServerCredentials } from "@grpc/grpc-js";
import { type Runner } from "../runner/index.js";
import { type Certificates } from "../runtime/certificates.js";
import { type Logger } from "../runtime/log.js";
import { closer } from "./closer.js";
import { addHealth, HEALTH } from "./health.js";
import { type Intake, intake } from "./intake.js";
import { type Limits, limitsOf } from "./limits.js";
import { type Credentials, listen } from "./listen.js";
import { type CallObserver, together } from "./observer.js";
import { refusals } from "./refusals.js";
import { addFunctionRunner, SERVICES } from "./service.js";

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
  /**
   * Instead of a response over so many bytes a fatal result is sent, which names what is largest in it. Default: 4 MiB, which
   * is what Crossplane receives at most.
   */
  readonly maxSendBytes?: number;
  /** What is held at a time. Default: as each says. */
  readonly limits?: Partial<Limits>;
  /** Whether the server describes its services, as gRPC's reflection has it. Default: no. */
  readonly reflection?: boolean;
  /** Are told of each call of the function. Default: nobody. */
  readonly observers?: readonly CallObserver[];
}

/** A server that listens. */
export interface Serving {
  /** Host and port. */
  readonly address: string;
  readonly port: number;
  /**
   * Takes other certificates for connections from now on; those that there are go on.
   *
   * @throws Error where they cannot be used, or where plain text is served; nothing has changed then
   */
  renew(certificates: Certificates): void;
  /**
   * Takes no new calls, answers those under way, and resolves; after so many milliseconds those that are left are broken
   * off. May be called again with a nearer deadline; 0 breaks off at once. Resolves to how many calls were broken off.
   */
  close(deadlineMs: number): Promise<number>;
}

/**
 * Serves a function over gRPC, as Crossplane calls it, and `grpc.health.v1.Health` beside it. Rejects if it cannot listen at
 * the address.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { runner, name = "the function", address = "0.0.0.0:9443", credentials, logger, observers = [] } = options;
  const { maxReceiveBytes = 64 * MEBIBYTE, maxSendBytes = 4 * MEBIBYTE } = options;
  const limits = limitsOf(options.limits ?? {}, maxReceiveBytes);
  const refuse = refusals({ logger });
  const observer = observers.length === 0 ? undefined : together(observers);
  const taken = intake({
    limits,
    onCall: ({ remoteAddress, remotePort }) => listener.calls(remoteAddress, remotePort),
    onRefused({ path, code, why, remoteAddress }) {
      refuse(remoteAddress, `a call cannot be taken: ${why}`);
      observer?.({ ...methodOf(path), metadata: () => undefined }).end?.({
        code,
        receivedBytes: 0,
        sentBytes: 0,
        isFault: false,
      });
    },
  });
  const server = new Server({
    "grpc.max_receive_message_length": maxReceiveBytes,
    // It measures itself what it will not send.
    "grpc.max_send_message_length": -1,
    "grpc.max_concurrent_streams": limits.calls,
    "grpc.keepalive_time_ms": KEEPALIVE,
    interceptors: [taken.interceptor],
  });
  const calls = addFunctionRunner(server, runner, {
    name,
    logger,
    maxSendBytes,
    maxRunning: limits.running,
    observer,
    onAnswer: taken.answers,
  });
  const health = addHealth(server, SERVICES);
  const reflection = options.reflection === true ? await reflected(server) : undefined;
  // Whoever gets that far may call.
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const onConnection = injector.injectConnection.bind(injector);
  const listener = await listen(address, { credentials, logger, maxConnections: limits.connections, onConnection });
  const { port, renew } = listener;
  const close = closer({ server, calls, told: [health, reflection], listener, logger });
  const sweeping = everySecond(taken);
  return {
    address: address.replace(/\d+$/, String(port)),
    port,
    renew,
    close: (deadlineMs) => close(deadlineMs).finally(sweeping.end),
  };
}

const MEBIBYTE = 1024 * 1024;

/** How long a client that says nothing is believed to be there, in milliseconds. */
const KEEPALIVE = 120_000;

/** Who does not ask for it loads nothing for it. */
async function reflected(server: Server) {
  const { addReflection } = await import("./reflection/reflection.js");
  return addReflection(server, [...SERVICES, HEALTH]);
}

function everySecond({ sweep }: Intake): { end(): void } {
  const timer = setInterval(sweep, 1000).unref();
  return { end: () => clearInterval(timer) };
}

function methodOf(path: string): { readonly service: string; readonly method: string } {
  const [, service = "", method = ""] = path.split("/");
  return { service, method };
}
