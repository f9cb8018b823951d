/** Throws for bounds on a count, such as minLength and maxLength, that are not counts themselves or allow nothing. */
export function checkBounds(noun: string, low: number | undefined, high: number | undefined): void {
  const suffix = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
  for (const [name, value] of [[`min${suffix}`, low] as const, [`max${suffix}`, high] as const]) {
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 0)) {
      throw new Error(`cannot use ${value} as ${name}: it must be a whole number, and not negative`);
    }
  }
  checkOrder(`min${suffix}`, low, `max${suffix}`, high);
}

/** Throws for two bounds that allow nothing between them. */
export function checkOrder(lowName: string, low: number | undefined, highName: string, high: number | undefined): void {
  if (low !== undefined && high !== undefined && low > high) {
    throw new Error(`cannot use ${lowName} ${low} with ${highName} ${high}: nothing would be allowed`);
  }
}
