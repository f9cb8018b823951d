import { isUtf8 } from "node:buffer";
import { latin1 } from "./bytes.js";
import { KEY, VALUE } from "./struct-tags.js";

/**
 * Bytes of a message, looked at as if it were plainly written: as every encoder does that is in use, with each field once,
 * in the form that its type has, and no others. Where that is not so, what looks says so, and the message may be well-formed
 * all the same.
 *
 * Places are handed about rather than kept, which is what makes it fast.
 */
export class PlainBytes {
  readonly bytes: Buffer;
  /** The same bytes four at a time, from the last such place that is not after them. */
  readonly #words: Int32Array;
  readonly #shift: number;

  constructor(bytes: Buffer) {
    const { buffer, byteOffset, byteLength } = bytes;
    this.bytes = bytes;
    this.#shift = byteOffset & 3;
    this.#words = new Int32Array(buffer, byteOffset - this.#shift, (byteLength + this.#shift) >> 2);
  }

  /** The length that stands somewhere; -1 where it has more than four bytes, or more than it needs. */
  length(at: number): number {
    const first = this.bytes[at] ?? 0x80;
    if (first < 0x80) return first;
    const second = this.bytes[at + 1] ?? 0;
    if (second < 0x80) return second === 0 ? -1 : (first & 0x7f) | (second << 7);
    const two = (first & 0x7f) | ((second & 0x7f) << 7);
    const third = this.bytes[at + 2] ?? 0;
    if (third < 0x80) return third === 0 ? -1 : two | (third << 14);
    const fourth = this.bytes[at + 3] ?? 0;
    return fourth === 0 || fourth >= 0x80 ? -1 : two | ((third & 0x7f) << 14) | (fourth << 21);
  }

  /** Where that begins whose length stands somewhere and which ends at `end`; -1 where it does not end there. */
  body(at: number, end: number): number {
    const rest = end - at - 1;
    if (rest < 0x80) return this.bytes[at] === rest ? at + 1 : -1;
    const length = this.length(at);
    const start = at + sizeOf(length);
    return start + length === end ? start : -1;
  }

  /** Where in the entry of a map its value begins; -1 where it is no key and a value. The key has a length of one byte. */
  entryValue(at: number, end: number): number {
    const key = this.bytes[at + 1] ?? 0x80;
    const value = at + 2 + key;
    if (this.bytes[at] !== KEY || key >= 0x80 || value >= end || this.bytes[value] !== VALUE) return -1;
    return this.body(value + 1, end);
  }

  isText(start: number, end: number): boolean {
    return this.#isAscii(start, end) || isUtf8(this.bytes.subarray(start, end));
  }

  /** A text; undefined where it is not valid UTF-8. */
  text(start: number, end: number): string | undefined {
    if (this.#isAscii(start, end)) return latin1(this.bytes, start, end);
    return isUtf8(this.bytes.subarray(start, end)) ? this.bytes.toString("utf8", start, end) : undefined;
  }

  /** Whether a double is of less than 2^53: beyond, digits may be lost already, and what is infinite is no number. */
  isExact(at: number): boolean {
    const exponent = (((this.bytes[at + 7] ?? 0) & 0x7f) << 4) | ((this.bytes[at + 6] ?? 0) >> 4);
    return exponent < 1023 + 53;
  }

  /** How many bytes are 0x80 or more. */
  countHigh(start: number, end: number): number {
    const { bytes } = this;
    const words = this.#words;
    const shift = this.#shift;
    const first = Math.min((start + shift + 3) >> 2, (end + shift) >> 2);
    const last = (end + shift) >> 2;
    let count = 0;
    for (let at = start; at < Math.min(end, (first << 2) - shift); at++) count += (bytes[at] ?? 0) >> 7;
    for (let at = Math.max(start, (last << 2) - shift); at < end; at++) count += (bytes[at] ?? 0) >> 7;
    for (let word = first; word < last; ) {
      // Four counts at a time, of which each is below 256.
      let lanes = 0;
      for (const stop = Math.min(last, word + 0xff); word < stop; word++)
        lanes += ((words[word] ?? 0) >>> 7) & 0x01010101;
      count += (lanes & 0xff) + ((lanes >>> 8) & 0xff) + ((lanes >>> 16) & 0xff) + (lanes >>> 24);
    }
    return count;
  }

  #isAscii(start: number, end: number): boolean {
    const { bytes } = this;
    let bits = 0;
    if (end - start < WORTHWHILE) {
      for (let at = start; at < end; at++) bits |= bytes[at] ?? 0;
      return bits < 0x80;
    }
    const words = this.#words;
    const shift = this.#shift;
    const first = (start + shift + 3) >> 2;
    const last = (end + shift) >> 2;
    for (let at = start; at < (first << 2) - shift; at++) bits |= bytes[at] ?? 0;
    for (let at = (last << 2) - shift; at < end; at++) bits |= bytes[at] ?? 0;
    let all = 0;
    for (let word = first; word < last; word++) all |= words[word] ?? 0;
    return bits < 0x80 && (all & 0x80808080) === 0;
  }
}

/** From so many bytes on they are looked at four at a time. */
const WORTHWHILE = 12;

/** How many bytes a length has that is plainly written. */
export function sizeOf(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x4000) return 2;
  return length < 0x200000 ? 3 : 4;
}
