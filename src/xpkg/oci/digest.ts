import { createHash } from "node:crypto";
import { type Descriptor } from "./image.js";

/** `sha256:…` of these bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

export function isDigest(text: unknown): text is string {
  return typeof text === "string" && /^sha256:[0-9a-f]{64}$/.test(text);
}

/** The digits alone. */
export function hexOf(digest: string): string {
  return digest.slice("sha256:".length);
}

export function describe(bytes: Uint8Array, mediaType: string): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.byteLength };
}

/** The same bytes. Throws where they are not what the descriptor says; `from` says where they were read. */
export function verified(bytes: Buffer, { digest, size }: Descriptor, from: string): Buffer {
  if (bytes.length !== size) {
    throw new Error(`cannot use ${digest} of ${from}: it has ${bytes.length} bytes, not ${size}; ${REMEDY}`);
  }
  const actual = digestOf(bytes);
  if (actual !== digest) throw new Error(`cannot use ${digest} of ${from}: its digest is ${actual}; ${REMEDY}`);
  return bytes;
}

const REMEDY = "it is damaged or was tampered with: fetch it again";
