import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reason } from "./reason.js";

/** What a server needs to prove who it is and to know its clients, in PEM. */
export interface Certificates {
  /** The server's certificate, and those between it and its authority. */
  readonly certificate: Buffer;
  readonly key: Buffer;
  /** Whoever signs the certificates of clients. */
  readonly authority: Buffer;
}

/**
 * Reads `tls.crt`, `tls.key` and `ca.crt` of a folder: the keys of a Kubernetes TLS Secret as it is mounted.
 * All three are read and checked. A file that is missing, empty, unreadable or no PEM, and a key that is not the
 * certificate's, is an error that names it: a server never starts on part of them.
 */
export function readCertificates(folder: string): Certificates {
  const chain = pem(folder, "tls.crt", certificates);
  const key = pem(folder, "tls.key", (text) => createPrivateKey(text));
  const authority = pem(folder, "ca.crt", certificates);
  if (!isKeyOf(chain.value, key.value)) {
    throw new Error(`cannot use ${key.path}: it is not the key of ${chain.path}; mount the two from one Secret`);
  }
  return { certificate: chain.bytes, key: key.bytes, authority: authority.bytes };
}

interface File<T> {
  readonly path: string;
  readonly bytes: Buffer;
  readonly value: T;
}

function pem<T>(folder: string, name: string, parse: (text: string) => T): File<T> {
  const path = join(folder, name);
  const bytes = read(path);
  if (bytes.toString("utf8").trim() === "") throw new Error(`cannot use ${path}: it is empty; ${REMEDY}`);
  try {
    return { path, bytes, value: parse(bytes.toString("utf8")) };
  } catch (error) {
    throw new Error(`cannot use ${path}: it is not in PEM (${reason(error)}); ${REMEDY}`, { cause: error });
  }
}

const REMEDY = "the folder has to hold tls.crt, tls.key and ca.crt of one TLS Secret";

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`cannot read ${path}: ${reason(error)}; ${REMEDY}`, { cause: error });
  }
}

// X509Certificate reads the first certificate of a text, and so would pass over garbage in a bundle.
function certificates(text: string): readonly X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  if (blocks === null) throw new Error("no certificate in it");
  return blocks.map((block) => new X509Certificate(block));
}

function isKeyOf([leaf]: readonly X509Certificate[], key: KeyObject): boolean {
  return leaf?.checkPrivateKey(key) ?? false;
}
