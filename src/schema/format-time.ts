/** Such as `2024-02-29`. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Such as `2024-02-29T12:00:00Z`, with any character before a fraction, and no leap second. */
export function isDateTime(text: string): boolean {
  const [date = "", time] = text.toLowerCase().split("t");
  const match = /^(\d{2}):(\d{2}):(\d{2})(?:[^\n]\d+)?(?:z|[+-]\d{2}:\d{2})$/u.exec(time ?? "");
  if (!match || !isDate(date)) return false;
  return Number(match[1]) <= 23 && Number(match[2]) <= 59 && Number(match[3]) <= 59;
}

/**
 * The nanoseconds of a duration such as `1h30m`, or such as `2 days` anywhere in the text; undefined if there is none.
 */
export function parseDuration(text: string): bigint | undefined {
  return goDuration(text) ?? wordedDuration(text);
}

const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const LONGEST = 2n ** 63n - 1n;

function goDuration(text: string): bigint | undefined {
  const match = /^([+-]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (!match) return undefined;
  let total = 0n;
  for (const [, whole, fraction, unit] of (match[2] ?? "").matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g)) {
    const scale = NANOSECONDS[unit ?? ""] ?? 0n;
    const digits = (fraction ?? "").slice(0, 18);
    total += BigInt(whole || 0) * scale + (BigInt(digits || 0) * scale) / 10n ** BigInt(digits.length);
  }
  const negative = match[1] === "-";
  if (total > LONGEST + (negative ? 1n : 0n)) return undefined;
  return negative ? -total : total;
}

/** The names of units; the last of each may go on, as in `seconds`. */
const UNITS: readonly { readonly names: readonly string[]; readonly nanoseconds: bigint }[] = [
  { names: ["ns", "nano"], nanoseconds: 1n },
  { names: ["us", "µs", "micro"], nanoseconds: 1_000n },
  { names: ["ms", "milli"], nanoseconds: 1_000_000n },
  { names: ["s", "sec"], nanoseconds: 1_000_000_000n },
  { names: ["m", "min"], nanoseconds: 60_000_000_000n },
  { names: ["h", "hr", "hour"], nanoseconds: 3_600_000_000_000n },
  { names: ["d", "day"], nanoseconds: 86_400_000_000_000n },
  { names: ["w", "wk", "week"], nanoseconds: 604_800_000_000_000n },
];

function wordedDuration(text: string): bigint | undefined {
  let total: bigint | undefined;
  for (const [, digits, word] of text.matchAll(/(\d+)[\t\n\f\r ]*([A-Za-zµ]+)/g)) {
    const factor = BigInt(digits ?? 0);
    if (factor > LONGEST) return undefined;
    const unit = (word ?? "").toLowerCase();
    for (const { names, nanoseconds } of UNITS) {
      if (names.includes(unit) || unit.startsWith(names.at(-1) ?? "")) total = (total ?? 0n) + factor * nanoseconds;
    }
  }
  return total;
}
