import { hash } from "node:crypto";
import { RESERVED_PREFIXES } from "./bucket-name.js";

export interface UniqueName {
  /** How long the name may be; at least 12 characters. */
  readonly limit: number;
  /** What people should read in the name, most important first: it is cut at the end. */
  readonly readable: readonly string[];
  /** What else tells the named thing from others of its kind, such as the ARN of a cluster. */
  readonly identity: readonly string[];
}

/**
 * A name for something in the cloud: what can be read, a dash, and 12 characters of a hash over all of `readable` and
 * `identity`, as they were before anything was cut or replaced. The same parts always give the same name.
 *
 * Of lower-case letters, digits and single dashes, with a letter or digit at both ends; so it is valid for buckets, for
 * IAM, where names that differ in case alone collide, and within Kubernetes names.
 */
export function uniqueName({ limit, readable, identity }: UniqueName): string {
  if (!Number.isInteger(limit) || limit < HASH_LENGTH) {
    throw new Error(`cannot make a unique name: limit ${limit} leaves no room, give at least ${HASH_LENGTH}`);
  }
  const hash = hashOf([readable, identity]);
  const words = unreserved(legible(readable), limit - HASH_LENGTH - 1);
  return words === "" ? hash : `${words}-${hash}`;
}

const HASH_LENGTH = 12;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** 60 bits of SHA-256. JSON keeps the parts apart: `["ab", "c"]` and `["a", "bc"]` differ. */
function hashOf(parts: readonly (readonly string[])[]): string {
  const digest = hash("sha256", JSON.stringify(parts), "buffer");
  return [...digest.subarray(0, HASH_LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
}

function legible(parts: readonly string[]): string {
  return parts
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "");
}

/** The cut itself may bring a reserved beginning about, so it is looked for afterwards. */
function unreserved(words: string, length: number): string {
  const cut = cutTo(words, length);
  return RESERVED_PREFIXES.some((prefix) => `${cut}-`.startsWith(prefix)) ? cutTo(`x-${words}`, length) : cut;
}

function cutTo(words: string, length: number): string {
  return words.slice(0, Math.max(0, length)).replace(/-$/, "");
}
