import { Agenda } from "./agenda.js";

/** The second at which every simulation begins. */
export const BEGINNING = Date.UTC(2024, 0, 1);

/**
 * Time that passes only when there is nothing left to do at the present moment. What is due is done one thing at a time, so
 * that the same simulation takes the same course each time.
 */
export class Clock {
  readonly #agenda = new Agenda();
  #now = 0;
  /** The second that was last written, and how. */
  #second = Number.NaN;
  #time = "";
  #busy = 0;
  #onIdle: (() => void) | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** Milliseconds since the beginning. */
  now(): number {
    return this.#now;
  }

  /** The time as Kubernetes writes it: RFC 3339, in UTC and whole seconds. */
  time(): string {
    const second = Math.floor(this.#now / 1000);
    if (second !== this.#second) this.#time = `${new Date(BEGINNING + second * 1000).toISOString().slice(0, 19)}Z`;
    this.#second = second;
    return this.#time;
  }

  /** Whether there is something to do for which a simulation goes on. */
  get hasWork(): boolean {
    return this.#agenda.work > 0;
  }

  /** When there is something to do next; undefined where there never is. */
  get next(): number | undefined {
    return this.#agenda.next();
  }

  /**
   * Does something after so many milliseconds.
   *
   * @param isWork whether a simulation goes on for it. Default: yes
   * @returns what calls it off
   */
  after(ms: number, run: () => void | Promise<void>, isWork = true): () => void {
    return this.#agenda.add({ at: this.#now + Math.max(0, ms), isWork, run });
  }

  /** Resolves after so many milliseconds. Others go on meanwhile. Only for what runs inside of {@link after}. */
  sleep(ms: number): Promise<void> {
    const slept = new Promise<void>((wake) => {
      this.after(ms, () => {
        this.#busy++;
        wake();
      });
    });
    this.#pause();
    return slept;
  }

  /** Goes to what is due next, and does it. Resolves when it is done, or sleeps. False where there is nothing. */
  async advance(): Promise<boolean> {
    const entry = this.#agenda.take();
    if (!entry) return false;
    this.#now = Math.max(this.#now, entry.at);
    const done = entry.run();
    if (done === undefined && this.#busy === 0) return true;
    await this.#idle(done);
    return true;
  }

  /** Lets time pass, where nothing is due until then. */
  pass(until: number): void {
    this.#now = Math.max(this.#now, until);
  }

  async #idle(done: void | Promise<void>): Promise<void> {
    if (done !== undefined) {
      this.#busy++;
      done.then(
        () => this.#pause(),
        (error: unknown) => {
          this.#failure ??= { error };
          this.#pause();
        },
      );
    }
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      if (this.#busy === 0) resolve();
    });
    if (this.#failure) throw this.#failure.error;
  }

  #pause(): void {
    this.#busy--;
    if (this.#busy === 0) this.#onIdle?.();
  }
}
