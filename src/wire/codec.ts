import { readMessage } from "./decode-message.js";
import { writeMessage } from "./encode-message.js";
import { type Init } from "./init.js";
import { emptyMessage, type Message } from "./message.js";
import { Reader } from "./reader.js";
import { refuseOversized } from "./size-limit.js";
import { Trail } from "./trail.js";
import { Writer } from "./writer.js";

/** Turns one kind of message into bytes and back. */
export interface Codec<M> {
  decode(bytes: Uint8Array, options?: CodecOptions): M;
  encode(value: Init<M>, options?: CodecOptions): Uint8Array;
}

export interface CodecOptions {
  /** The size in bytes above which a message is refused. Default: no limit. */
  readonly maxBytes?: number;
  /**
   * Encoding: whether integers beyond 2^53 pass, rounded as they are. For who speaks for Crossplane, which rounds what
   * stands in manifests. Default: they are refused.
   */
  readonly rounded?: boolean;
}

/**
 * The codec of a described message, which reads and writes it whole.
 *
 * @param advice what to say of a value that is too large
 */
export function codecOf<M>(message: Message<M>, advice: (value: Init<M>) => string = () => ""): Codec<M> {
  return {
    decode(bytes, { maxBytes = Number.POSITIVE_INFINITY } = {}) {
      const trail = new Trail(`decode ${message.name}`);
      refuseOversized(trail, bytes.byteLength, maxBytes);
      const value = emptyMessage(message);
      readMessage(new Reader(bytes, trail), message, value);
      return value as M;
    },
    encode(value, { maxBytes = Number.POSITIVE_INFINITY, rounded = false } = {}) {
      const trail = new Trail(`encode ${message.name}`);
      const writer = new Writer(trail, rounded);
      writeMessage(writer, message, value);
      refuseOversized(trail, writer.size, maxBytes, () => advice(value));
      return writer.finish();
    },
  };
}
