import { type Trail } from "./trail.js";
import { tagOf } from "./wire-type.js";

/**
 * Writes the elements of the protobuf wire format from the last to the first, so that the length of an embedded message
 * is known by the time its prefix is written: no second pass, and nothing is moved. A field is its value, then its
 * length where it has one, then its tag.
 */
export class Writer {
  readonly trail: Trail;
  /** Whether integers beyond 2^53 pass. */
  readonly rounded: boolean;
  #bytes = spare.pop() ?? Buffer.allocUnsafeSlow(FIRST);
  /** Where what has been written begins; it ends where the buffer does. */
  #start = this.#bytes.length;

  constructor(trail: Trail, rounded = false) {
    this.trail = trail;
    this.rounded = rounded;
  }

  /** How many bytes have been written. */
  get size(): number {
    return this.#bytes.length - this.#start;
  }

  /** A copy of what has been written. Nothing more can be written then. */
  finish(): Uint8Array {
    const copy = new Uint8Array(this.#bytes.subarray(this.#start));
    // Another writer may go on with the room that there is.
    if (this.#bytes.length <= LARGEST_SPARE && spare.length === 0) spare.push(this.#bytes);
    this.#bytes = NOTHING;
    this.#start = 0;
    return copy;
  }

  tag(number: number, wireType: number): void {
    this.varint(tagOf(number, wireType));
  }

  /** The length of all that was written since `size` was `mark`. */
  length(mark: number): void {
    this.varint(this.size - mark);
  }

  /** @param value a whole number from 0 to 2^53 */
  varint(value: number): void {
    if (value < 0x80) {
      this.byte(value);
      return;
    }
    if (value < 0x4000) {
      const both = this.#reserve(2);
      this.#bytes[both] = (value & 0x7f) | 0x80;
      this.#bytes[both + 1] = value >>> 7;
      return;
    }
    this.#longer(value);
  }

  /** A tag of one byte, which {@link tagOf} makes. */
  byte(value: number): void {
    if (this.#start === 0) this.#grow(1);
    this.#bytes[--this.#start] = value;
  }

  #longer(value: number): void {
    let groups = 1;
    for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) groups++;
    let at = this.#reserve(groups);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[at++] = (rest % 0x80) | 0x80;
    this.#bytes[at] = rest;
  }

  /** A varint of ten bytes where the value is negative, for int32 and enums as well as int64. */
  signed(value: number): void {
    if (value >= 0) this.varint(value);
    else this.#negative(value);
  }

  double(value: number): void {
    const at = this.#reserve(8);
    this.#bytes.writeDoubleLE(value, at);
  }

  /** With its length. */
  bytes(value: Uint8Array): void {
    this.copy(value);
    this.varint(value.length);
  }

  /** As they are. */
  copy(value: Uint8Array): void {
    const at = this.#reserve(value.length);
    this.#bytes.set(value, at);
  }

  /** With its length. A string that UTF-8 cannot carry is refused. */
  text(value: string): void {
    if (value.length <= SHORT && this.#ascii(value)) return;
    const length = Buffer.byteLength(value, "utf8");
    if (length !== value.length && !value.isWellFormed()) {
      throw this.trail.error(
        "the string holds half of a surrogate pair, which UTF-8 cannot carry: send whole characters",
      );
    }
    const at = this.#reserve(length);
    this.#bytes.write(value, at, length, length === value.length ? "latin1" : "utf8");
    this.varint(length);
  }

  /** Writes a text, unless there is more than ASCII in it. */
  #ascii(value: string): boolean {
    const { length } = value;
    const at = this.#reserve(length);
    const bytes = this.#bytes;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code >= 0x80) {
        this.#start += length;
        return false;
      }
      bytes[at + index] = code;
    }
    this.varint(length);
    return true;
  }

  #negative(value: number): void {
    let at = this.#reserve(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest >= 0x80n; rest >>= 7n) this.#bytes[at++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[at] = Number(rest);
  }

  /** Makes room before what has been written, and returns where it begins. */
  #reserve(count: number): number {
    if (count > this.#start) this.#grow(count);
    this.#start -= count;
    return this.#start;
  }

  #grow(count: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.size + count));
    const start = grown.length - this.size;
    this.#bytes.copy(grown, start, this.#start);
    this.#bytes = grown;
    this.#start = start;
  }
}

/** What the last writer wrote to, for the next one: most messages of a function are of a size. */
const spare: Buffer[] = [];
const FIRST = 16 * 1024;
const LARGEST_SPARE = 1024 * 1024;
const NOTHING = Buffer.alloc(0);

/** Texts that are no longer are written faster than they are handed over. */
const SHORT = 64;
