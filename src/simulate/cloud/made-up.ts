import { createHash } from "node:crypto";

/** Text of so many characters of an alphabet, at most 52: always the same of the same seed, and hardly of another one. */
export function madeUp(seed: readonly string[], length: number, alphabet: string = CAPITALS): string {
  const bytes = [1, 2].flatMap((part) => [
    ...createHash("sha256")
      .update(JSON.stringify([part, ...seed]))
      .digest(),
  ]);
  return bytes
    .slice(0, length)
    .map((byte) => alphabet[byte % alphabet.length] ?? "")
    .join("");
}

/**
 * A credential that was never one: it begins with `SimulatedSecret`, so that whoever looks for leaks finds each of them.
 *
 * @param length how many characters it has. Default: 40
 */
export function madeUpSecret(seed: readonly string[], length = 40): string {
  return `${SIMULATED_SECRET}${madeUp(["secret", ...seed], length - SIMULATED_SECRET.length, LETTERS)}`;
}

/** What every credential of the simulated cloud begins with. */
export const SIMULATED_SECRET = "SimulatedSecret";

/** The digits and letters of hexadecimal numbers, as ids of AWS often have them. */
export const HEXADECIMAL = "0123456789abcdef";

const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
