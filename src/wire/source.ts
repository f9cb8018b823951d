import { Reader } from "./reader.js";
import { Trail } from "./trail.js";

/** The bytes of a message of which parts are decoded later, until it is closed. */
export class Source {
  #bytes: Buffer | undefined;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @throws Error once it is closed */
  get bytes(): Buffer {
    if (this.#bytes === undefined) {
      throw new Error("cannot read more of a request that has been answered: read what is needed of it before");
    }
    return this.#bytes;
  }

  reader(start: number, end: number): Reader {
    return new Reader(this.bytes, new Trail("decode what was deferred"), { start, end });
  }

  /** Lets go of the bytes: what is deferred, and kept by anybody, keeps nothing else alive. */
  close(): void {
    this.#bytes = undefined;
  }
}
