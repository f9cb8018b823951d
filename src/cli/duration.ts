import { UsageError } from "./usage-error.js";

/**
 * A duration as Go writes it (`1m`, `1h30m`, `500ms`), in milliseconds.
 *
 * @throws UsageError naming the flag
 */
export function duration(text: string, flag: string): number {
  const [, sign = "", rest = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  const refuse = () => new UsageError(`${flag} must be a duration such as 30s or 1m30s, not ${JSON.stringify(text)}`);
  if (rest === "0") return 0;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) throw refuse();
  const parts = [...rest.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
  const total = parts.reduce((sum, [, value, unit = ""]) => sum + Number(value) * (UNITS.get(unit) ?? 0), 0);
  return sign === "-" ? -total : total;
}

/** In milliseconds. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["μs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);
