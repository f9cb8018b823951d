import { createServer, type Server, type Socket } from "node:net";
import { type Certificates } from "../runtime/certificates.js";
import { listenAt } from "../runtime/listen-at.js";
import { type Logger } from "../runtime/log.js";
import { Connections } from "./connections.js";
import { tlsServer } from "./tls-server.js";

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
  /** Takes other certificates for connections from now on. Throws where plain text is served. */
  renew(certificates: Certificates): void;
  /**
   * Takes no new connections, nor those that have yet to come to terms. Resolves once all has been said on this side of
   * those that there are, and their clients have hung up, for which they have a second then.
   */
  close(): Promise<void>;
  /** The same, and breaks off those that there are. */
  destroy(): void;
}

/**
 * Listens at a host and port.
 *
 * @throws Error that names the address and says why
 */
export async function listen(address: string, options: ListenOptions): Promise<Listener> {
  const { credentials, logger, onConnection } = options;
  let isClosed = false;
  const calling = new Connections();
  const onOpen = (connection: Socket) => {
    if (isClosed) {
      connection.destroy();
      return;
    }
    calling.add(connection);
    onConnection(connection);
  };
  const { server, renew } = serverOf(credentials, { logger, onConnection: onOpen });
  const connections = new Set<Socket>();
  server.on("connection", (connection: Socket) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
  });
  const port = await listenAt(server, address);
  server.on("error", (error) => logger.error({ err: error }, "cannot take a connection"));
  const close = () => {
    isClosed = true;
    server.close();
    return calling.over(1000);
  };
  return {
    port,
    renew,
    close,
    destroy() {
      void close();
      for (const connection of connections) connection.destroy();
    },
  };
}

interface Renewable {
  readonly server: Server;
  renew(certificates: Certificates): void;
}

function serverOf(credentials: Credentials, options: Omit<ListenOptions, "credentials">): Renewable {
  if (credentials.kind === "tls") return tlsServer(credentials.certificates, options);
  return {
    server: createServer({ noDelay: true }, options.onConnection),
    renew() {
      throw new Error("cannot use certificates: plain text is served here");
    },
  };
}
