import { type Socket } from "node:net";

/** Room for so many connections, whatever may become of them. */
export class Room {
  readonly #most: number;
  readonly #onTooMany: (broken: Socket) => void;
  readonly #open = new Set<Socket>();
  /** Those over which nothing was ever called, the oldest first, by where they come from. */
  readonly #idle = new Map<string, Socket>();

  /** @param onTooMany is told of each connection that is broken off */
  constructor(most: number, onTooMany: (broken: Socket) => void) {
    this.#most = most;
    this.#onTooMany = onTooMany;
  }

  /** Takes a connection. Where there is no room, the oldest goes over which nothing was called, or else this one. */
  take(connection: Socket): void {
    const from = placeOf(connection.remoteAddress, connection.remotePort);
    if (this.#open.size >= this.#most) {
      const [[place, oldest] = [from, connection]] = this.#idle;
      this.#remove(oldest, place);
      this.#onTooMany(oldest);
      // An end in peace would wait for the other side.
      oldest.resetAndDestroy();
      if (oldest === connection) return;
    }
    this.#open.add(connection);
    this.#idle.set(from, connection);
    connection.once("close", () => this.#remove(connection, from));
  }

  /** Says that something is called over the connection from there. */
  calls(remoteAddress: string | undefined, remotePort: number | undefined): void {
    if (this.#idle.size > 0) this.#idle.delete(placeOf(remoteAddress, remotePort));
  }

  destroy(): void {
    for (const connection of this.#open) connection.destroy();
  }

  #remove(connection: Socket, from: string): void {
    this.#open.delete(connection);
    if (this.#idle.get(from) === connection) this.#idle.delete(from);
  }
}

function placeOf(remoteAddress: string | undefined, remotePort: number | undefined): string {
  return `${remoteAddress} ${remotePort}`;
}
