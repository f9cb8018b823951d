import crypto, { hash } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { replace } from "./replace.js";
import { elsewhere, type TimeZone } from "./time-zone.js";

/** What a pure function must not look at. */
export interface Surroundings {
  /** The time at which the clock stands at first, in milliseconds since the epoch; it goes on by one with each look. */
  readonly now: number;
  /** Chance is the same with the same seed. */
  readonly seed: number;
  readonly timeZone: TimeZone;
}

/**
 * Does something within other surroundings: `Date`, `performance.now`, `Intl.DateTimeFormat`, `Math.random`, Web Crypto and
 * the random functions of node:crypto are replaced for as long as it takes, for all of the process. What cannot be replaced
 * is `process.hrtime` and what a native module does.
 */
export function within<T>(surroundings: Surroundings, work: () => T): T {
  const undo = install(surroundings);
  let result: T;
  try {
    result = work();
  } catch (error) {
    undo();
    throw error;
  }
  if (result instanceof Promise) return result.finally(undo) as T;
  undo();
  return result;
}

function install({ now, seed, timeZone }: Surroundings): () => void {
  let time = now;
  const tick = () => time++;
  const chance = chanceOf(seed);
  const replaced = [
    ...elsewhere({ tick, timeZone }),
    replace(performance, "now", () => tick() - now),
    replace(Math, "random", () => chance.bytes(4).readUInt32LE() / 2 ** 32),
    replace(globalThis.crypto, "randomUUID", () => chance.uuid()),
    replace(globalThis.crypto, "getRandomValues", (array: NodeJS.ArrayBufferView) => chance.fill(array)),
    replace(crypto, "randomUUID", () => chance.uuid()),
    replace(crypto, "randomFillSync", (array: NodeJS.ArrayBufferView) => chance.fill(array)),
    replace(crypto, "randomBytes", (size: number) => chance.bytes(size)),
    replace(crypto, "randomInt", (first: number, second?: number) => {
      const [low, high] = second === undefined ? [0, first] : [first, second];
      return low + (chance.bytes(6).readUIntLE(0, 6) % (high - low));
    }),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const undo of replaced.toReversed()) undo();
    syncBuiltinESMExports();
  };
}

function chanceOf(seed: number) {
  let count = 0;
  const bytes = (size: number) => {
    const blocks = Array.from({ length: Math.ceil(size / 32) }, () => hash("sha256", `${seed} ${count++}`, "buffer"));
    return Buffer.concat(blocks).subarray(0, size);
  };
  const fill = (array: NodeJS.ArrayBufferView) => {
    Buffer.from(array.buffer, array.byteOffset, array.byteLength).set(bytes(array.byteLength));
    return array;
  };
  const uuid = () => {
    const hex = bytes(16).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  return { bytes, fill, uuid };
}
