// The library below wants it.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

type KeyPair = Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]["keys"];

export interface Authority {
  /** Makes a folder of tls.crt, tls.key and ca.crt, for a server on loopback as well as for a client. Its path. */
  sign(name: string, options?: SignOptions): Promise<string>;
  /** Makes such a folder with the authority's own certificate. */
  itself(): Promise<string>;
}

export interface SignOptions {
  /** Default: tomorrow. */
  readonly notAfter?: Date;
  /** What the certificate may be used for. Default: it does not say. */
  readonly uses?: readonly ("client" | "server")[];
}

export interface AuthorityOptions {
  /** Default: `ca`. */
  readonly name?: string;
  /**
   * The subject of the authority and of all that it signs, as Crossplane has it. No certificate has a key identifier, as Go makes
   * none then. Default: each has one of its own.
   */
  readonly subject?: string;
  /** Until when the authority itself is good. Default: tomorrow. */
  readonly notAfter?: Date;
}

/** Makes a certificate authority, and what it signs in folders below `folder`. */
export async function certificateAuthority(folder: string, options: AuthorityOptions = {}): Promise<Authority> {
  const keys = await generateKeys();
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: options.subject ?? `CN=${options.name ?? "ca"}`,
    ...validity(options.notAfter),
    keys,
    signingAlgorithm: SIGNING,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  const write = async (name: string, certificate: X509Certificate, key: KeyPair["privateKey"]) => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "ca.crt"), authority.toString("pem"));
    writeFileSync(join(path, "tls.crt"), certificate.toString("pem"));
    writeFileSync(join(path, "tls.key"), await pem(key));
    return path;
  };
  return {
    async sign(name, { notAfter, uses } = {}) {
      const own = await generateKeys();
      const certificate = await X509CertificateGenerator.create({
        subject: options.subject ?? `CN=${name}`,
        issuer: authority.subject,
        ...validity(notAfter),
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: SIGNING,
        extensions: [
          new SubjectAlternativeNameExtension(LOOPBACK),
          ...(uses ? [new ExtendedKeyUsageExtension(uses.map((use) => ExtendedKeyUsage[`${use}Auth`]))] : []),
        ],
      });
      return write(name, certificate, own.privateKey);
    },
    itself: () => write("itself", authority, keys.privateKey),
  };
}

const KEYS = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNING = { name: "ECDSA", hash: "SHA-256" } as const;
const DAY = 24 * 60 * 60 * 1000;
const LOOPBACK: JsonGeneralName[] = [
  { type: "dns", value: "localhost" },
  { type: "ip", value: "127.0.0.1" },
];

function validity(notAfter = new Date(Date.now() + DAY)): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(Math.min(Date.now(), notAfter.getTime()) - DAY), notAfter };
}

function generateKeys(): Promise<KeyPair> {
  return webcrypto.subtle.generateKey(KEYS, true, ["sign", "verify"]) as Promise<KeyPair>;
}

async function pem(key: KeyPair["privateKey"]): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key as webcrypto.CryptoKey), "PRIVATE KEY")}\n`;
}
