import { type Part } from "./reader.js";
import { type Source } from "./source.js";

/** Part of a message, which was checked when the message was decoded, and is decoded itself when it is read. */
export class Deferred<T> {
  readonly #source: Source;
  readonly #part: Part;
  readonly #read: Read<T>;
  #value: T | undefined;

  /**
   * @param part where it lies in the source
   * @param read decodes it; there is nothing left that could fail
   */
  constructor(source: Source, part: Part, read: Read<T>) {
    this.#source = source;
    this.#part = part;
    this.#read = read;
  }

  /** The same each time. */
  get value(): T {
    this.#value ??= this.#read(this.#source, this.#part);
    return this.#value;
  }

  /** Whether it has been read. */
  get isRead(): boolean {
    return this.#value !== undefined;
  }

  /** As it came, beginning with its length. */
  get bytes(): Buffer {
    return this.#source.bytes.subarray(this.#part.whole, this.#part.end);
  }

  /** Reads something of it in another way. */
  peekAt<P>(read: Read<P>): P {
    return read(this.#source, this.#part);
  }
}

type Read<T> = (source: Source, part: Part) => T;
