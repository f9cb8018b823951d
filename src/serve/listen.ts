import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTLSServer } from "node:tls";
import { type Certificates } from "../runtime/certificates.js";
import { type Logger } from "../runtime/log.js";
import { certificatesIn, mayCall } from "./may-call.js";

/** Who may connect, and how. Plain text is served only where it is said, never because something lacks. */
export type Credentials =
  | { readonly kind: "tls"; readonly certificates: Certificates }
  /** Plain text for everybody who reaches the address: for development on loopback. */
  | { readonly kind: "insecure" };

export interface ListenOptions {
  readonly credentials: Credentials;
  readonly logger: Logger;
  /** Is given each connection over which calls may come: with `tls`, one whose client has proved who it is. */
  onConnection(connection: Socket): void;
}

/** What listens at an address. */
export interface Listener {
  readonly port: number;
  /** Takes no new connections. */
  close(): void;
  /** The same, and breaks off those that there are. */
  destroy(): void;
}

/**
 * Listens at a host and port.
 *
 * @throws Error that names the address and says why
 */
export async function listen(address: string, options: ListenOptions): Promise<Listener> {
  const server = serverOf(options);
  const connections = new Set<Socket>();
  server.on("connection", (connection: Socket) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
  });
  const close = () => void server.close();
  const port = await bind(server, address);
  return {
    port,
    close,
    destroy() {
      close();
      for (const connection of connections) connection.destroy();
    },
  };
}

function serverOf({ credentials, logger, onConnection }: ListenOptions): Server {
  if (credentials.kind === "insecure") return createServer({ noDelay: true }, onConnection);
  const { certificate, key, authority } = credentials.certificates;
  const authorities = certificatesIn(authority);
  const options = {
    cert: certificate,
    key,
    ca: authority,
    requestCert: true,
    // Who may call is decided below, for nothing is read from a connection before.
    rejectUnauthorized: false,
    // Options of the process can lower what Node takes by default.
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"],
    noDelay: true,
  } as const;
  const server = createTLSServer(options, (connection) => {
    connection.on("error", (error) => logger.debug({ err: error }, "a connection failed"));
    if (mayCall(connection, authorities)) {
      onConnection(connection);
      return;
    }
    const { authorizationError, remoteAddress } = connection;
    logger.warn({ remoteAddress, reason: String(authorizationError) }, "refused a client");
    connection.destroy();
  });
  server.on("tlsClientError", (error) => logger.debug({ err: error }, "a client did not come to terms"));
  return server;
}

async function bind(server: Server, address: string): Promise<number> {
  try {
    const { host, port } = parse(address);
    await new Promise<void>((resolve, reject) => {
      server.on("error", reject);
      server.listen({ port, ...(host !== "" && { host }) }, resolve);
    });
    return (server.address() as AddressInfo).port;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot listen on ${address}: ${why}; say an address such as 0.0.0.0:9443`, { cause: error });
  }
}

/** Without a host it is every address of the machine. */
function parse(address: string): { readonly host: string; readonly port: number } {
  const found = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(address);
  if (!found) throw new Error("it is no host and port");
  return { host: found[1] ?? found[2] ?? "", port: Number(found[3]) };
}
