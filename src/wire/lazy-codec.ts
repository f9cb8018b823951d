import { asBuffer } from "./bytes.js";
import { type Codec, codecOf } from "./codec.js";
import { readMessage } from "./decode-message.js";
import { readStruct } from "./decode-struct.js";
import { Deferred } from "./deferred.js";
import { type Init } from "./init.js";
import { LazyResource } from "./lazy-resource.js";
import { emptyMessage, type FieldType, type Message } from "./message.js";
import { type Defer, Reader } from "./reader.js";
import { resource } from "./run-function.js";
import { refuseOversized } from "./size-limit.js";
import { Skim } from "./skim.js";
import { Source } from "./source.js";
import { Trail } from "./trail.js";

/**
 * The codec of a described message that checks all of it when it is decoded, as {@link codecOf} does and with the same
 * errors, but makes resources and Structs once they are read. Those that are encoded again are copied as they came.
 *
 * What is not plainly written ({@link Skim}) is decoded at once. The bytes must stay as they are until {@link close}.
 *
 * @param advice what to say of a value that is too large
 */
export function lazyCodecOf<M>(message: Message<M>, advice?: (value: Init<M>) => string): Codec<M> {
  const { encode } = codecOf(message, advice);
  return {
    encode,
    decode(bytes, { maxBytes = Number.POSITIVE_INFINITY } = {}) {
      const trail = new Trail(`decode ${message.name}`);
      refuseOversized(trail, bytes.byteLength, maxBytes);
      const value = emptyMessage(message);
      const source = new Source(asBuffer(bytes));
      readMessage(new Reader(bytes, trail, { defer: new Deferral(source) }), message, value);
      sources.set(value, source);
      return value as M;
    },
  };
}

/**
 * Ends the use of a message that was decoded lazily: what has not been read of it cannot be read any more, and its bytes are
 * let go, whoever keeps what. Of other messages it is no matter.
 */
export function close(message: object): void {
  sources.get(message)?.close();
}

const sources = new WeakMap<object, Source>();

class Deferral implements Defer {
  readonly #source: Source;
  readonly #skim: Skim;

  constructor(source: Source) {
    this.#source = source;
    this.#skim = new Skim(source.bytes);
  }

  take(reader: Reader, type: FieldType): Deferred<unknown> | undefined {
    if (type === "struct") {
      const part = reader.stepOver(this.#isStruct);
      return part && new Deferred(this.#source, part, readStruct);
    }
    const part = type === resource ? reader.stepOver(this.#isResource) : undefined;
    return part && new LazyResource(this.#source, part);
  }

  readonly #isStruct = (start: number, end: number) => this.#skim.isStruct(start, end);
  readonly #isResource = (start: number, end: number) => this.#skim.isResource(start, end);
}
