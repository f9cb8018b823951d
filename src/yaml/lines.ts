/** A place in a text as editors count it: both from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds the line and column of an offset. */
export class Lines {
  readonly #text: string;
  readonly #before: number;
  #starts: readonly number[] | undefined;

  /**
   * @param text whose line breaks are "\n"
   * @param before how many lines of the file come before the text
   */
  constructor(text: string, before: number) {
    this.#text = text;
    this.#before = before;
  }

  at(offset: number): Position {
    this.#starts ??= lineStarts(this.#text);
    const index = lastAtMost(this.#starts, offset);
    return { line: this.#before + index + 1, column: offset - (this.#starts[index] ?? 0) + 1 };
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The index of the last element that is not above `limit`; the list is sorted and begins at 0. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
