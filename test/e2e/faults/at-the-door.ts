import { once } from "node:events";
import { connect } from "node:tls";
import { Client, credentials } from "@grpc/grpc-js";
import { type Certificates } from "../../../src/runtime/certificates.js";

/** The fingerprint of the certificate with which a server at an address proves who it is. */
export async function servedFingerprint(host: string, { certificate, key, authority }: Certificates): Promise<string> {
  const options = { cert: certificate, key, ca: authority, ALPNProtocols: ["h2"], rejectUnauthorized: false };
  const socket = connect({ host, port: 9443, ...options });
  try {
    await once(socket, "secureConnect");
    return socket.getPeerX509Certificate()?.fingerprint256 ?? "";
  } finally {
    socket.destroy();
  }
}

/** What `grpc.health.v1.Health` answers there to Check, as bytes. */
export function healthOf(host: string, { certificate, key, authority }: Certificates): Promise<readonly number[]> {
  const own = credentials.createSsl(authority, key, certificate, { rejectUnauthorized: false });
  const client = new Client(`${host}:9443`, own, { "grpc.use_local_subchannel_pool": 1 });
  const same = (message: Buffer) => message;
  const asked = new Promise<readonly number[]>((resolve, reject) => {
    const deadline = Date.now() + 10_000;
    client.makeUnaryRequest(CHECK, same, same, Buffer.alloc(0), { deadline }, (error, answer) => {
      if (error) reject(error);
      else resolve([...(answer ?? [])]);
    });
  });
  return asked.finally(() => client.close());
}

const CHECK = "/grpc.health.v1.Health/Check";

/** What health.proto has it as: the field status (1), a varint. */
export const SERVING: readonly number[] = [0x08, 1];
