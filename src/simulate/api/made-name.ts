const LETTERS = "bcdfghjklmnpqrstvwxz2456789";

/** How much of a prefix the API server keeps. */
const LONGEST_PREFIX = 58;

/** A name from a prefix and five letters, as the API server makes one of generateName; the same for the same number. */
export function madeName(prefix: string, number: number): string {
  let rest = (number * 7_368_787 + 5_486_230) % LETTERS.length ** 5;
  let suffix = "";
  for (let digit = 0; digit < 5; digit++) {
    suffix += LETTERS[rest % LETTERS.length];
    rest = Math.floor(rest / LETTERS.length);
  }
  return `${prefix.slice(0, LONGEST_PREFIX)}${suffix}`;
}
