/** Where moments stand on the axis of time. Long waits take less room than they would: it is compressed. */
export interface Axis {
  /** In pixels. */
  readonly width: number;
  /** The position of a moment, in pixels; between moments that are known, in proportion. */
  at(ms: number): number;
  /** Moments that have room for a label. */
  readonly ticks: readonly number[];
}

/** An axis on which each of these moments can be told from the others. In milliseconds. */
export function axisOf(moments: Iterable<number>): Axis {
  const times = [...new Set(moments)].toSorted((a, b) => a - b);
  const places: number[] = [];
  for (const [index, time] of times.entries()) {
    const before = times[index - 1];
    places.push(before === undefined ? START : (places[index - 1] ?? 0) + room(time - before));
  }
  const stretched = stretch(places);
  return {
    width: (stretched.at(-1) ?? 0) + END,
    at: (ms) => interpolated(ms, times, stretched),
    ticks: spaced(times, stretched),
  };
}

/** A short story fills the page. */
function stretch(places: readonly number[]): readonly number[] {
  const length = (places.at(-1) ?? START) - START;
  const factor = length > 0 ? Math.min(MOST_STRETCHED, Math.max(1, WIDTH / length)) : 1;
  return places.map((place) => Math.round(START + (place - START) * factor));
}

const WIDTH = 940;
const MOST_STRETCHED = 5;
const START = 14;
const END = 46;
const LABEL = 54;

/** A second has 37 pixels at least, an hour 180. */
function room(ms: number): number {
  return Math.round(24 + 44 * Math.log10(1 + ms / 1000));
}

function interpolated(ms: number, times: readonly number[], places: readonly number[]): number {
  const after = times.findIndex((time) => time >= ms);
  if (after < 0) return places.at(-1) ?? 0;
  const [to = 0, end = 0] = [times[after], places[after]];
  const [from, begin] = [times[after - 1], places[after - 1]];
  if (from === undefined || begin === undefined || to === ms) return end;
  return Math.round(begin + ((ms - from) / (to - from)) * (end - begin));
}

function spaced(times: readonly number[], places: readonly number[]): readonly number[] {
  let last = Number.NEGATIVE_INFINITY;
  return times.filter((_, index) => {
    const place = places[index] ?? 0;
    if (place - last < LABEL) return false;
    last = place;
    return true;
  });
}
