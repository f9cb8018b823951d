import { type Socket } from "node:net";

/** Connections on whose side here something may still be said. */
export class Speaking {
  readonly #connections = new Set<Socket>();
  #whenOver: () => void = () => {};

  add(connection: Socket): void {
    this.#connections.add(connection);
    const remove = () => {
      this.#connections.delete(connection);
      if (this.#connections.size === 0) this.#whenOver();
    };
    connection.once("finish", remove);
    connection.once("close", remove);
  }

  /** Resolves once there are none. */
  over(): Promise<void> {
    if (this.#connections.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const before = this.#whenOver;
      this.#whenOver = () => {
        before();
        resolve();
      };
    });
  }
}
