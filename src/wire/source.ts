import { Skim } from "./skim.js";

/** The bytes of a message of which parts are decoded later, until it is closed. */
export class Source {
  #plain: Skim | undefined;

  constructor(bytes: Buffer) {
    this.#plain = new Skim(bytes);
  }

  /** @throws Error once it is closed */
  get plain(): Skim {
    if (this.#plain === undefined) {
      throw new Error("cannot read more of a request that has been answered: read what is needed of it before");
    }
    return this.#plain;
  }

  /** @throws Error likewise */
  get bytes(): Buffer {
    return this.plain.bytes;
  }

  /** Lets go of the bytes: what is deferred, and kept by anybody, keeps nothing else alive. */
  close(): void {
    this.#plain = undefined;
  }
}
