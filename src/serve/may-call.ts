import { X509Certificate } from "node:crypto";
import { type TLSSocket } from "node:tls";

/** The certificates of a text in PEM. */
export function certificatesIn(pem: Buffer): readonly X509Certificate[] {
  const blocks = pem.toString("utf8").match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

/**
 * Whether the client of a connection has proved with a certificate of one of the authorities who it is.
 *
 * OpenSSL judges that, with one exception. Crossplane makes its authority and all that it signs with one subject and, as Go
 * does then, without a key identifier (crossplane, internal/initializer). Such a certificate looks as if it were
 * signed by itself, so OpenSSL looks no further; whether an authority has signed it is checked here.
 */
export function mayCall(connection: TLSSocket, authorities: readonly X509Certificate[]): boolean {
  if (connection.authorized) return true;
  if (String(connection.authorizationError) !== LOOKS_SELF_SIGNED) return false;
  const certificate = connection.getPeerX509Certificate();
  return certificate !== undefined && authorities.some((authority) => isClientOf(certificate, authority));
}

/** The code of OpenSSL's X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT. */
const LOOKS_SELF_SIGNED = "DEPTH_ZERO_SELF_SIGNED_CERT";

function isClientOf(certificate: X509Certificate, authority: X509Certificate): boolean {
  return (
    authority.ca &&
    [certificate, authority].every(isInTime) &&
    isForClients(certificate) &&
    isSignedBy(certificate, authority)
  );
}

export function isSignedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

export function isInTime({ validFrom, validTo }: X509Certificate): boolean {
  const now = Date.now();
  return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}

/** The object identifiers of RFC 5280, section 4.2.1.12: for clients of TLS, and for anything. */
const FOR_CLIENTS: readonly string[] = ["1.3.6.1.5.5.7.3.2", "2.5.29.37.0"];

/** One that does not say what it is for is for all. What Node calls `keyUsage` is the extended key usage. */
export function isForClients({ keyUsage }: X509Certificate): boolean {
  return keyUsage === undefined || keyUsage.some((use) => FOR_CLIENTS.includes(use));
}
