import { type X509Certificate } from "node:crypto";
import { type TLSSocket } from "node:tls";
import { isForClients, isInTime, isSignedBy } from "./may-call.js";

/** Why a client that is connected may not call, in words that go behind a colon. Who may is for `mayCall` to say. */
export function whyRefused(connection: TLSSocket, authorities: readonly X509Certificate[]): string {
  const certificate = connection.getPeerX509Certificate();
  if (certificate === undefined) return `it showed no certificate; ${CROSSPLANE}`;
  const signer = authorities.find((authority) => isSignedBy(certificate, authority));
  if (!isInTime(certificate)) return "its certificate has expired, or is not valid yet";
  if (signer && !isInTime(signer)) return "the authority that signed its certificate has expired, or is not valid yet";
  if (!isForClients(certificate)) return `its certificate is not for clients; ${CROSSPLANE}`;
  const code = String(connection.authorizationError);
  if (!signer && UNKNOWN_SIGNER.has(code)) return "its certificate is not signed by an authority of ca.crt";
  return `its certificate is not trusted (${code})`;
}

/** Why a client and this server did not come to terms; undefined if the client just went away, as probes do. */
export function whyFailed(error: Error & { readonly code?: string }): string | undefined {
  const { code = "" } = error;
  if (GONE.has(code)) return undefined;
  if (PLAIN_TEXT.has(code)) return "it spoke plain text; Crossplane connects with TLS";
  if (DISTRUST.test(code)) return `it does not trust this server's certificate (${code})`;
  return REASONS.get(code) ?? `it did not come to terms over TLS (${code || error.message})`;
}

const CROSSPLANE = "Crossplane has one that its authority signed for clients";

/** Codes of OpenSSL's X509_V_ERR_*, as Node names them. */
const UNKNOWN_SIGNER: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_SIGNATURE_FAILURE",
]);

const GONE: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"]);

/** What OpenSSL makes of bytes that are no TLS. */
const PLAIN_TEXT: ReadonlySet<string> = new Set([
  "ERR_SSL_HTTP_REQUEST",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
]);

const DISTRUST = /ALERT_(UNKNOWN_CA|(BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_(UNKNOWN|EXPIRED|REVOKED))$/;

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", "it speaks no TLS from 1.2 on"],
  ["ERR_SSL_NO_APPLICATION_PROTOCOL", "it does not speak HTTP/2; Crossplane calls with gRPC"],
  ["ERR_SSL_NO_SHARED_CIPHER", "it has no cipher in common with this server"],
  ["ERR_TLS_HANDSHAKE_TIMEOUT", "it connected, and then said nothing"],
]);
