/** What is to be done at a time of the simulated clock. */
export interface Entry {
  readonly at: number;
  /** Whether a simulation goes on for it: not for what only looks whether something has changed. */
  readonly isWork: boolean;
  run(): void | Promise<void>;
}

/** What is still to be done, by time; of what is due at the same time, what was noted first. */
export class Agenda {
  // A binary heap: no entry is due before its parent at (index - 1) / 2.
  readonly #heap: Noted[] = [];
  #count = 0;
  #work = 0;

  /** How many entries a simulation goes on for. */
  get work(): number {
    return this.#work;
  }

  /** Returns what takes the entry away again, if it is still there. */
  add(entry: Entry): () => void {
    const noted: Noted = { ...entry, number: this.#count++, isCancelled: false };
    if (entry.isWork) this.#work++;
    this.#heap.push(noted);
    this.#rise(this.#heap.length - 1);
    return () => this.#cancel(noted);
  }

  /** When the next entry is due; undefined where there is none. */
  next(): number | undefined {
    while (this.#heap[0]?.isCancelled) this.#pop();
    return this.#heap[0]?.at;
  }

  /** Takes the next entry; undefined where there is none. */
  take(): Entry | undefined {
    if (this.next() === undefined) return undefined;
    const noted = this.#pop();
    if (noted) this.#cancel(noted);
    return noted;
  }

  #cancel(noted: Noted): void {
    if (noted.isCancelled) return;
    noted.isCancelled = true;
    if (noted.isWork) this.#work--;
  }

  #pop(): Noted | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (last && first !== last) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(index: number): void {
    const parent = (index - 1) >> 1;
    if (index === 0 || !this.#swapIfEarlier(index, parent)) return;
    this.#rise(parent);
  }

  #sink(index: number): void {
    const left = 2 * index + 1;
    const child = this.#compare(left + 1, left) < 0 ? left + 1 : left;
    if (this.#swapIfEarlier(child, index)) this.#sink(child);
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    const lower = this.#heap[child];
    const upper = this.#heap[parent];
    if (!lower || !upper || this.#compare(child, parent) >= 0) return false;
    this.#heap[child] = upper;
    this.#heap[parent] = lower;
    return true;
  }

  #compare(a: number, b: number): number {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (!first || !second) return first ? -1 : 1;
    return first.at - second.at || first.number - second.number;
  }
}

interface Noted extends Entry {
  readonly number: number;
  isCancelled: boolean;
}
