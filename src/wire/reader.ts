import { isUtf8 } from "node:buffer";
import { asBuffer, latin1 } from "./bytes.js";
import { knownNames } from "./known-texts.js";
import { type FieldType, type Message } from "./message.js";
import { PlainBytes } from "./plain-bytes.js";
import { type Trail } from "./trail.js";
import { WireType } from "./wire-type.js";

/** Decides of parts of a message whether they are decoded later. */
export interface Defer {
  /** What stands for a part that the reader stands before, and has stepped over then; undefined if it is to be read. */
  take(reader: Reader, type: FieldType): object | undefined;
  /** A message with none of its fields, of which parts may be decoded later. */
  newMessage(type: Message): object;
}

/** Where an embedded message stands with its length, and where it begins and ends. */
export interface Part {
  readonly whole: number;
  readonly start: number;
  readonly end: number;
}

export interface ReaderOptions {
  /** Where the message begins. Default: with the bytes. */
  readonly start?: number;
  /** Where it ends. Default: with the bytes. */
  readonly end?: number;
  /** Default: nothing is decoded later. */
  readonly defer?: Defer;
  /** The same bytes, where somebody has them already. */
  readonly plain?: PlainBytes;
}

/**
 * Reads the elements of the protobuf wire format from bytes, none of which it keeps or hands out. Every read stays
 * within the message last entered, or throws a WireError.
 */
export class Reader {
  readonly trail: Trail;
  readonly defer: Defer | undefined;
  /** The same bytes. */
  readonly plain: PlainBytes;
  readonly #bytes: Buffer;
  #position: number;
  #end: number;
  /** The last varint, as two unsigned words. */
  #low = 0;
  #high = 0;

  constructor(bytes: Uint8Array, trail: Trail, { start = 0, end = bytes.byteLength, ...options }: ReaderOptions = {}) {
    this.trail = trail;
    this.defer = options.defer;
    this.plain = options.plain ?? new PlainBytes(asBuffer(bytes));
    this.#bytes = this.plain.bytes;
    this.#position = start;
    this.#end = end;
  }

  /** Whether the message last entered has no more fields. */
  get done(): boolean {
    return this.#position >= this.#end;
  }

  /** Steps into an embedded message, by its length prefix. What it returns is for `leave`. */
  enter(): number {
    const outer = this.#end;
    const length = this.#length();
    this.#end = this.#position + length;
    return outer;
  }

  leave(outer: number): void {
    this.#end = outer;
  }

  /** Steps over the rest of the message last entered. */
  finish(): void {
    this.#position = this.#end;
  }

  /**
   * Lets an embedded message, its length first, be read in another way, and steps over it then; stays before it where that
   * way makes nothing of it.
   *
   * @param read is given where the message stands with its length, and where it begins and ends
   */
  otherwise<T>(read: (part: Part) => T | undefined): T | undefined {
    const whole = this.#position;
    const outer = this.enter();
    const part = { whole, start: this.#position, end: this.#end };
    const made = read(part);
    this.#position = made === undefined ? whole : part.end;
    this.leave(outer);
    return made;
  }

  /** A tag as one number; `tagOf` makes those to compare it with. */
  tag(): number {
    const only = this.#bytes[this.#position] ?? 0;
    if (only < 0x80 && only > 7 && this.#position < this.#end) {
      this.#position += 1;
      return only;
    }
    this.#varint();
    if (this.#high !== 0 || this.#low >>> 3 === 0) throw this.#error("there is no such field number");
    return this.#low;
  }

  /** A varint cut to 32 bits, as protobuf does with int32 and enums. */
  int32(): number {
    this.#varint();
    return this.#low | 0;
  }

  int64(): number {
    this.#varint();
    const value = (this.#high | 0) * 2 ** 32 + this.#low;
    if (!Number.isSafeInteger(value)) throw this.#error("the integer is beyond 2^53");
    return value;
  }

  bool(): boolean {
    this.#varint();
    return (this.#low | this.#high) !== 0;
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#take(8));
  }

  /** A copy. */
  bytes(): Uint8Array {
    const length = this.#length();
    const start = this.#take(length);
    return new Uint8Array(this.#bytes.subarray(start, start + length));
  }

  /** A text of which there are few: the name of a field, or a key. */
  name(): string {
    const length = this.#length();
    const known = knownNames.get(this.#bytes, this.#position, length);
    if (known === undefined) return this.#text(length);
    this.#position += length;
    return known;
  }

  text(): string {
    return this.#text(this.#length());
  }

  #text(length: number): string {
    const start = this.#take(length);
    const end = start + length;
    // Most are short and of ASCII, for which asking would take longer than looking.
    if (length <= SHORT && this.#isAscii(start, end)) return latin1(this.#bytes, start, end);
    if (!isUtf8(this.#bytes.subarray(start, end))) throw this.#error("the string is not valid UTF-8");
    return this.#bytes.toString("utf8", start, end);
  }

  #isAscii(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if ((this.#bytes[at] ?? 0) >= 0x80) return false;
    return true;
  }

  /** Skips the value that follows a tag, of a field that is not known or not of the wire type that we know. */
  skip(tag: number): void {
    const open: number[] = [];
    this.#skipOne(tag, open);
    while (open.length > 0) this.#skipOne(this.tag(), open);
  }

  /** @param open the field numbers of the groups that have begun and not ended */
  #skipOne(tag: number, open: number[]): void {
    switch (tag & 7) {
      case WireType.Varint:
        this.#varint();
        return;
      case WireType.Fixed64:
        this.#take(8);
        return;
      case WireType.Length:
        this.#take(this.#length());
        return;
      case WireType.Fixed32:
        this.#take(4);
        return;
      case WireType.StartGroup:
        open.push(tag >>> 3);
        return;
      case WireType.EndGroup:
        if (open.pop() !== tag >>> 3) throw this.#error("a group ends that has not begun");
        return;
      default:
        throw this.#error(`there is no wire type ${tag & 7}`);
    }
  }

  #length(): number {
    const at = this.#position;
    const low = this.#bytes[at] ?? 0;
    if (low < 0x80 && low < this.#end - at) {
      this.#position = at + 1;
      return low;
    }
    const high = this.#bytes[at + 1] ?? 0x80;
    const two = (low & 0x7f) | (high << 7);
    if (low >= 0x80 && high < 0x80 && two <= this.#end - at - 2) {
      this.#position = at + 2;
      return two;
    }
    this.#varint();
    if (this.#high !== 0 || this.#low > this.#end - this.#position) throw this.#truncated();
    return this.#low;
  }

  /** More bytes than needed are valid, up to ten; bits beyond the 64th are not. */
  #varint(): void {
    this.#low = 0;
    this.#high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.#take(1)] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 32) this.#low = (this.#low | (bits << shift)) >>> 0;
      if (shift === 28) this.#high = bits >>> 4;
      if (shift > 28) this.#high = (this.#high | (bits << (shift - 32))) >>> 0;
      if (byte > 1 && shift === 63) break;
      if (byte < 0x80) return;
    }
    throw this.#error("a varint has more than 64 bits");
  }

  /** Moves on, and returns where that many bytes begin. */
  #take(count: number): number {
    const start = this.#position;
    if (count > this.#end - start) throw this.#truncated();
    this.#position = start + count;
    return start;
  }

  #truncated(): Error {
    return this.#error("a field is cut short: it ends beyond the message that holds it");
  }

  #error(problem: string): Error {
    return this.trail.error(`${problem} (byte ${this.#position} of ${this.#bytes.byteLength})`);
  }
}

const SHORT = 40;
