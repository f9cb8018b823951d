/**
 * The number that Kubernetes has in the end, after it has written what YAML holds as JSON and read that: an int64, or
 * else a float64.
 *
 * @param resolved a `bigint` is an integer of YAML, a `number` a float
 * @returns undefined if JSON cannot hold it
 */
export function jsonNumber(resolved: bigint | number): number | bigint | undefined {
  if (typeof resolved === "bigint") return integer(resolved);
  if (!Number.isFinite(resolved)) return undefined;
  const json = String(resolved);
  // Adding 0 takes the sign from -0, which JSON has as an integer.
  return /^-?[0-9]+$/.test(json) ? integer(BigInt(json)) : resolved + 0;
}

function integer(value: bigint): number | bigint {
  const fits = value >= -(2n ** 63n) && value < 2n ** 63n;
  return fits && !Number.isSafeInteger(Number(value)) ? value : Number(value);
}
