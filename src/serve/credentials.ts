import { ServerCredentials } from "@grpc/grpc-js";
import { type Certificates } from "../runtime/certificates.js";

/** Who may connect, and how. Plain text is served only where it is said, never because something lacks. */
export type Credentials =
  | { readonly kind: "tls"; readonly certificates: Certificates }
  /** Plain text for everybody who reaches the address: for development on loopback. */
  | { readonly kind: "insecure" };

/** Credentials as grpc-js takes them. With `tls`, a client needs a certificate that the authority has signed. */
export function serverCredentials(credentials: Credentials): ServerCredentials {
  if (credentials.kind === "insecure") return ServerCredentials.createInsecure();
  return new MutualTLS(credentials.certificates);
}

// ServerCredentials.createSsl leaves the lowest version of TLS and the refusal of strangers to Node's defaults, which
// options of the process can lower.
class MutualTLS extends ServerCredentials {
  constructor({ certificate, key, authority }: Certificates) {
    super(
      { requestCert: true, rejectUnauthorized: true },
      { cert: certificate, key, ca: authority, minVersion: "TLSv1.2" },
    );
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}
