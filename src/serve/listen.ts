import { createServer, type Server, type Socket } from "node:net";
import { type Certificates } from "../runtime/certificates.js";
import { listenAt } from "../runtime/listen-at.js";
import { type Logger } from "../runtime/log.js";
import { Connections } from "./connections.js";
import { Room } from "./room.js";
import { type TLSServerOptions, tlsServer } from "./tls-server.js";

/** Who may connect, and how. Plain text is served only where it is said, never because something lacks. */
export type Credentials =
  | { readonly kind: "tls"; readonly certificates: Certificates }
  /** Plain text for everybody who reaches the address: for development on loopback. */
  | { readonly kind: "insecure" };

export interface ListenOptions {
  readonly credentials: Credentials;
  readonly logger: Logger;
  /** How many connections there may be. What is more is broken off: the oldest over which nothing was called, else the newest. */
  readonly maxConnections: number;
  /** Is given each connection over which calls may come: with `tls`, one whose client has proved who it is. */
  onConnection(connection: Socket): void;
}

/** What listens at an address. */
export interface Listener {
  readonly port: number;
  /** Says that somebody calls over the connection from there. */
  calls(remoteAddress: string | undefined, remotePort: number | undefined): void;
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
  const { credentials, logger, maxConnections, onConnection } = options;
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
  const room = new Room(maxConnections, (connection) => {
    logger.debug({ remoteAddress: connection.remoteAddress }, "too many connections; breaking one off");
  });
  server.on("connection", (connection: Socket) => room.take(connection));
  const port = await listenAt(server, address);
  server.on("error", (error) => logger.error({ err: error }, "cannot take a connection"));
  const close = () => {
    isClosed = true;
    server.close();
    return calling.over(1000);
  };
  return {
    port,
    calls: (remoteAddress, remotePort) => room.calls(remoteAddress, remotePort),
    renew,
    close,
    destroy() {
      void close();
      room.destroy();
    },
  };
}

interface Renewable {
  readonly server: Server;
  renew(certificates: Certificates): void;
}

function serverOf(credentials: Credentials, options: TLSServerOptions): Renewable {
  if (credentials.kind === "tls") return tlsServer(credentials.certificates, options);
  return {
    server: createServer({ noDelay: true }, options.onConnection),
    renew() {
      throw new Error("cannot use certificates: plain text is served here");
    },
  };
}
