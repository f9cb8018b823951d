/** The middle of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** How many times a is b, round by round: the middle of it, the least and the most. */
export function ratio(a, b) {
  const each = a.map((value, round) => value / b[round]);
  return { times: median(each), least: Math.min(...each), most: Math.max(...each) };
}

/** The inverse, for what is better the less there is of it: how many times less a is than b. */
export function lessThan(a, b) {
  return ratio(b, a);
}
