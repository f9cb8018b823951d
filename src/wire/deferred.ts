import { type Reader } from "./reader.js";
import { type Source } from "./source.js";

/** Part of a message, which was checked when the message was decoded, and is decoded itself when it is read. */
export class Deferred<T> {
  readonly #source: Source;
  readonly #start: number;
  readonly #end: number;
  readonly #read: (reader: Reader) => T;
  #value: T | undefined;

  /**
   * @param part where it lies in the source, beginning with its length
   * @param read decodes it; there is nothing left that could fail
   */
  constructor(source: Source, part: Part, read: (reader: Reader) => T) {
    this.#source = source;
    this.#start = part.start;
    this.#end = part.end;
    this.#read = read;
  }

  /** The same each time. */
  get value(): T {
    this.#value ??= this.#read(this.reader());
    return this.#value;
  }

  /** Whether it has been read. */
  get isRead(): boolean {
    return this.#value !== undefined;
  }

  /** As it came, beginning with its length. */
  get bytes(): Buffer {
    return this.#source.bytes.subarray(this.#start, this.#end);
  }

  /** Stands before its length. */
  reader(): Reader {
    return this.#source.reader(this.#start, this.#end);
  }
}

/** Where part of a message lies. */
export interface Part {
  readonly start: number;
  readonly end: number;
}
