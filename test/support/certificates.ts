// The library below wants it.
import "reflect-metadata";
import { createPrivateKey, webcrypto } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
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
  /** Whose it is, beside loopback. Default: nobody's. */
  readonly dnsNames?: readonly string[];
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
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: options.subject ?? `CN=${options.name ?? "ca"}`,
    ...validity(options.notAfter),
    keys,
    signingAlgorithm: SIGNING,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  return authorityOf(folder, { certificate, key: keys.privateKey, signing: SIGNING }, options);
}

/** An authority that there is already, by its certificate and its RSA key in PEM, as Crossplane makes one. */
export async function knownAuthority(
  folder: string,
  pem: { readonly certificate: string; readonly key: string },
  options: Pick<AuthorityOptions, "subject"> = {},
): Promise<Authority> {
  const der = createPrivateKey(pem.key).export({ type: "pkcs8", format: "der" });
  const key = await webcrypto.subtle.importKey("pkcs8", der, RSA, true, ["sign"]);
  return authorityOf(folder, { certificate: new X509Certificate(pem.certificate), key, signing: RSA }, options);
}

interface Signer {
  readonly certificate: X509Certificate;
  readonly key: KeyPair["privateKey"];
  readonly signing: typeof SIGNING | typeof RSA;
}

function authorityOf(folder: string, signer: Signer, { subject }: Pick<AuthorityOptions, "subject">): Authority {
  const write = async (name: string, certificate: X509Certificate, key: KeyPair["privateKey"]) => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "ca.crt"), signer.certificate.toString("pem"));
    writeFileSync(join(path, "tls.crt"), certificate.toString("pem"));
    writeFileSync(join(path, "tls.key"), await pem(key));
    return path;
  };
  return {
    async sign(name, { notAfter, uses, dnsNames = [] } = {}) {
      const own = await generateKeys();
      const names = dnsNames.map((value): JsonGeneralName => ({ type: "dns", value }));
      const certificate = await X509CertificateGenerator.create({
        subject: subject ?? `CN=${name}`,
        // Not as text: Go compares names byte by byte.
        issuer: signer.certificate.subjectName,
        ...validity(notAfter),
        publicKey: own.publicKey,
        signingKey: signer.key,
        signingAlgorithm: signer.signing,
        extensions: [
          new SubjectAlternativeNameExtension([...LOOPBACK, ...names]),
          ...(uses ? [new ExtendedKeyUsageExtension(uses.map((use) => ExtendedKeyUsage[`${use}Auth`]))] : []),
        ],
      });
      return write(name, certificate, own.privateKey);
    },
    itself: () => write("itself", signer.certificate, signer.key),
  };
}

const KEYS = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNING = { name: "ECDSA", hash: "SHA-256" } as const;
const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;
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
