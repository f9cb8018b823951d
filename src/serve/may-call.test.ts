import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { certificateAuthority, type SignOptions } from "../../test/support/certificates.js";
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import { certificatesIn, mayCall } from "./may-call.js";

// OpenSSL mostly says itself what else is wrong with a certificate that it takes for self-signed. Nothing rests on that.

const LOOKS_SELF_SIGNED = "DEPTH_ZERO_SELF_SIGNED_CERT";

interface Case {
  readonly signed?: SignOptions;
  readonly error?: string;
  readonly may: boolean;
  readonly reason: string;
}

const cases: Readonly<Record<string, Case>> = {
  "for clients": { signed: { uses: ["client"] }, may: true, reason: "that is what it is for" },
  "for both": { signed: { uses: ["server", "client"] }, may: true, reason: "clients are among them" },
  "for whatever": { signed: {}, may: true, reason: "it does not say" },
  "for servers": { signed: { uses: ["server"] }, may: false, reason: "each function has one" },
  expired: { signed: { notAfter: new Date(Date.now() - 1000) }, may: false, reason: "nobody vouches for it" },
  "wrong in another way": { error: "CERT_REVOKED", may: false, reason: "OpenSSL knows why" },
};

test.each(Object.entries(cases))("a certificate that is %s", async (_, { signed, error = LOOKS_SELF_SIGNED, may }) => {
  const authority = await certificateAuthority(temporaryFolder(), { subject: "CN=Crossplane" });
  const folder = await authority.sign("client", signed);
  const connection = {
    authorized: false,
    authorizationError: error,
    getPeerX509Certificate: () => new X509Certificate(readFileSync(join(folder, "tls.crt"))),
  };
  const authorities = certificatesIn(readFileSync(join(folder, "ca.crt")));
  expect(mayCall(connection as unknown as TLSSocket, authorities)).toBe(may);
});

test("no certificate", () => {
  const connection = {
    authorized: false,
    authorizationError: LOOKS_SELF_SIGNED,
    getPeerX509Certificate: () => undefined,
  };
  expect(mayCall(connection as unknown as TLSSocket, [])).toBe(false);
});
