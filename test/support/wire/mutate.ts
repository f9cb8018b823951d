import { type Random } from "./random.js";

/** Breaks a message in one to three places, or joins it with itself; it may still be one. */
export function mutate(bytes: Buffer, random: Random): Buffer {
  let mutated = bytes;
  for (let count = random.below(3); count >= 0; count--) mutated = random.pick(MUTATIONS)(mutated, random);
  return mutated;
}

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  // one byte
  (bytes, random) => replaced(bytes, random, 1, Buffer.of(random.below(256))),
  // one bit
  (bytes, random) => {
    const at = random.below(bytes.length);
    const mutated = Buffer.from(bytes);
    if (bytes.length > 0) mutated[at] = (mutated[at] ?? 0) ^ (1 << random.below(8));
    return mutated;
  },
  // some bytes more
  (bytes, random) =>
    replaced(bytes, random, 0, Buffer.from(Array.from({ length: random.below(7) }, () => random.below(256)))),
  // some bytes less
  (bytes, random) => replaced(bytes, random, random.below(31), Buffer.alloc(0)),
  // a part twice
  (bytes, random) => {
    const from = random.below(bytes.length);
    return replaced(bytes, random, 0, bytes.subarray(from, from + random.below(31)));
  },
  // cut short
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  // the whole twice, which merges it with itself
  (bytes) => Buffer.concat([bytes, bytes]),
];

function replaced(bytes: Buffer, random: Random, count: number, by: Uint8Array): Buffer {
  const start = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, start), by, bytes.subarray(start + count)]);
}
