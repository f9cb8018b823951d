import { seed } from "./seed.js";

/** What a suite against the real thing gives to fc.assert: its number of runs, and the seed, which it prints. */
export function propertyOptions({ runs }: { readonly runs: number }): {
  readonly seed: number;
  readonly numRuns: number;
} {
  console.info(`generated with FC_SEED=${seed}`);
  return { seed, numRuns: runs };
}
