/**
 * How much of a document may come from aliases, as go-yaml v2 has it: 99 percent of what is decoded at the beginning, and
 * less and less of a large one, so that a few lines cannot fill the memory.
 */
export class AliasLimit {
  #decoded = 0;
  #throughAliases = 0;

  /** Counts a node. False if it is one too many. */
  allows(throughAlias: boolean): boolean {
    this.#decoded++;
    if (throughAlias) this.#throughAliases++;
    if (this.#throughAliases <= 100 || this.#decoded <= 1_000) return true;
    return this.#throughAliases / this.#decoded <= allowedRatio(this.#decoded);
  }
}

const SMALL = 400_000;
const LARGE = 4_000_000;

function allowedRatio(decoded: number): number {
  if (decoded <= SMALL) return 0.99;
  if (decoded >= LARGE) return 0.1;
  return 0.99 - 0.89 * ((decoded - SMALL) / (LARGE - SMALL));
}
