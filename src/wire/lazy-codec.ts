import { asBuffer } from "./bytes.js";
import { type Codec, codecOf } from "./codec.js";
import { readMessage } from "./decode-message.js";
import { Deferred } from "./deferred.js";
import { type Init } from "./init.js";
import { type JsonObject } from "./json.js";
import { LazyMessage } from "./lazy-message.js";
import { LazyResource } from "./lazy-resource.js";
import { emptyMessage, type FieldType, type Message } from "./message.js";
import { readPlainStruct } from "./plain-struct.js";
import { type Defer, type Part, Reader } from "./reader.js";
import { resource } from "./run-function.js";
import { refuseOversized } from "./size-limit.js";
import { Source } from "./source.js";
import { Trail } from "./trail.js";

/**
 * The codec of a described message that checks all of it when it is decoded, as {@link codecOf} does and with the same
 * errors, but makes resources and Structs once they are read. Those that are encoded again are copied as they came.
 *
 * What is not plainly written is decoded at once. The bytes must stay as they are until `close`.
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
      const source = new Source(asBuffer(bytes));
      const value = LazyMessage.of(message, source);
      const defer = new Deferral(source);
      readMessage(new Reader(source.bytes, trail, { defer, plain: source.plain }), message, value);
      return value as M;
    },
  };
}

class Deferral implements Defer {
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  take(reader: Reader, type: FieldType): Deferred<unknown> | undefined {
    if (type === "struct") return reader.otherwise(this.#struct);
    return type === resource ? reader.otherwise(this.#resource) : undefined;
  }

  newMessage(type: Message): object {
    return hasStructs(type) ? LazyMessage.of(type, this.#source) : emptyMessage(type);
  }

  readonly #struct = (part: Part) =>
    this.#source.plain.isStruct(part.start, part.end) ? new Deferred(this.#source, part, readStruct) : undefined;

  readonly #resource = (part: Part) =>
    this.#source.plain.isResource(part.start, part.end) ? new LazyResource(this.#source, part) : undefined;
}

/** Plain, as it was found to be. */
const readStruct = ({ plain }: Source, { start, end }: Part) => readPlainStruct(plain, start, end) as JsonObject;

function hasStructs({ fields }: Message): boolean {
  return fields.some(({ type }) => type === "struct");
}
