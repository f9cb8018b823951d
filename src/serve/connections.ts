import { type Socket } from "node:net";

/** The connections of a server. */
export class Connections {
  readonly #open = new Set<Socket>();
  /** On whose side here something may still be said. */
  readonly #speaking = new Set<Socket>();
  readonly #waiting = new Set<() => void>();

  add(connection: Socket): void {
    this.#open.add(connection);
    this.#speaking.add(connection);
    connection.once("finish", () => this.#remove(connection, this.#speaking));
    connection.once("close", () => this.#remove(connection, this.#speaking, this.#open));
  }

  /** Resolves once all has been said on this side, and every client has hung up, for which it has so many milliseconds then. */
  async over(hangUpMs: number): Promise<void> {
    await this.#none(this.#speaking);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, hangUpMs);
    });
    await Promise.race([this.#none(this.#open), late]);
    clearTimeout(timer);
  }

  #remove(connection: Socket, ...from: readonly Set<Socket>[]): void {
    for (const set of from) set.delete(connection);
    for (const check of this.#waiting) check();
  }

  #none(of: ReadonlySet<Socket>): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (of.size > 0) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }
}
