import { type Socket } from "node:net";
import { createServer, type Server } from "node:tls";
import { type Certificates } from "../runtime/certificates.js";
import { type Logger } from "../runtime/log.js";
import { certificatesIn, mayCall } from "./may-call.js";
import { refusals } from "./refusals.js";
import { whyFailed, whyRefused } from "./why-refused.js";

export interface TLSServerOptions {
  readonly logger: Logger;
  /** Is given the connections whose clients have proved who they are. */
  onConnection(connection: Socket): void;
}

/** A server that asks its clients for certificates, breaks off those who may not call, and says why. */
export interface TLSServer {
  readonly server: Server;
  /** Takes other certificates for connections from now on. Throws, and keeps those it has, where OpenSSL refuses them. */
  renew(certificates: Certificates): void;
}

export function tlsServer(certificates: Certificates, { logger, onConnection }: TLSServerOptions): TLSServer {
  let authorities = certificatesIn(certificates.authority);
  const refuse = refusals({ logger });
  const options = {
    ...contextOf(certificates),
    requestCert: true,
    // Who may call is decided below, for nothing is read from a connection before.
    rejectUnauthorized: false,
    ALPNProtocols: ["h2"],
    handshakeTimeout: 20_000,
    noDelay: true,
  };
  const server = createServer(options, (connection) => {
    connection.on("error", (error) => logger.debug({ err: error }, "a connection failed"));
    if (mayCall(connection, authorities)) {
      onConnection(connection);
      return;
    }
    const subject = connection.getPeerX509Certificate()?.subject;
    refuse(connection.remoteAddress, whyRefused(connection, authorities), subject?.slice(0, 200));
    connection.destroy();
  });
  server.on("tlsClientError", (error, { remoteAddress }) => {
    const why = whyFailed(error);
    if (why !== undefined) refuse(remoteAddress, why);
    else logger.debug({ err: error }, "a client went away before it came to terms");
  });
  return {
    server,
    renew(next) {
      const renewed = certificatesIn(next.authority);
      server.setSecureContext(contextOf(next));
      authorities = renewed;
    },
  };
}

function contextOf({ certificate, key, authority }: Certificates) {
  // Options of the process can lower what Node takes by default.
  return { cert: certificate, key, ca: authority, minVersion: "TLSv1.2" } as const;
}
