/** Lets so many at a time have their turn, and others wait for theirs in the order in which they came. */
export class Turns {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Begins a turn at once, or as soon as there is one. What begins it calls `leave` once it is over. */
  take(begin: () => void): void {
    if (this.#taken >= this.#most) {
      this.#waiting.push(begin);
      return;
    }
    this.#taken += 1;
    begin();
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken -= 1;
    else next();
  }
}
