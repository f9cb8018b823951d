import { isUtf8 } from "node:buffer";
import { MAX_DEPTH } from "./max-depth.js";
import { tagOf, WireType } from "./wire-type.js";

/**
 * Checks, without making anything of it, whether part of a message is well-formed and plainly written: as every encoder
 * does that is in use, with each field once, in the form that its type has, and no others. What is plain decodes without an
 * error, and encodes again to what means the same. What is not plain may be well-formed all the same.
 */
export class Skim {
  readonly #bytes: Buffer;
  /** The same bytes four at a time, from the last such place that is not after them. */
  readonly #words: Int32Array;
  readonly #shift: number;
  #at = 0;

  constructor(bytes: Buffer) {
    const { buffer, byteOffset, byteLength } = bytes;
    this.#bytes = bytes;
    this.#shift = byteOffset & 3;
    this.#words = new Int32Array(buffer, byteOffset - this.#shift, (byteLength + this.#shift) >> 2);
  }

  /** Whether a `Resource` is plain. */
  isResource(start: number, end: number): boolean {
    this.#at = start;
    let last = 0;
    while (this.#at < end) {
      const tag = this.#byte();
      // In order, of which only the entries of the map repeat.
      if (tag < last || (tag === last && tag !== DETAIL)) return false;
      last = tag;
      if (tag === OBJECT ? !this.#struct(this.#end(end), 1) : tag === DETAIL ? !this.#detail(end) : !this.#ready(tag)) {
        return false;
      }
    }
    return this.#at === end;
  }

  /** Whether a `google.protobuf.Struct` is plain. */
  isStruct(start: number, end: number): boolean {
    this.#at = start;
    return this.#struct(end, 1);
  }

  #detail(within: number): boolean {
    const end = this.#end(within);
    if (!this.#key(end) || this.#byte() !== DETAIL_VALUE) return false;
    this.#at = this.#end(end);
    return this.#at === end;
  }

  #ready(tag: number): boolean {
    return tag === READY && this.#byte() < 0x80;
  }

  #struct(end: number, depth: number): boolean {
    if (depth > MAX_DEPTH || end < 0) return false;
    while (this.#at < end) {
      if (this.#byte() !== ELEMENT) return false;
      const entry = this.#end(end);
      if (!this.#key(entry) || this.#byte() !== VALUE) return false;
      if (this.#end(entry) !== entry || !this.#value(entry, depth)) return false;
    }
    return true;
  }

  #list(end: number, depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    while (this.#at < end) {
      if (this.#byte() !== ELEMENT || !this.#value(this.#end(end), depth)) return false;
    }
    return true;
  }

  /** A Value fills its place, and holds one kind. */
  #value(end: number, depth: number): boolean {
    if (end < 0) return false;
    switch (this.#byte()) {
      case STRING:
        return this.#end(end) === end && this.#text(end);
      case STRUCT:
        return this.#end(end) === end && this.#struct(end, depth + 1);
      case LIST:
        return this.#end(end) === end && this.#list(end, depth + 1);
      case NUMBER:
        return this.#number(end);
      case BOOL:
        return this.#byte() < 2 && this.#at === end;
      case NULL:
        return this.#byte() === 0 && this.#at === end;
      default:
        return false;
    }
  }

  #key(within: number): boolean {
    if (this.#byte() !== KEY) return false;
    const end = this.#end(within);
    return end >= 0 && this.#text(end);
  }

  /** Below 2^53, in either direction: beyond, digits may be lost already, and those that are infinite are no numbers. */
  #number(end: number): boolean {
    const at = this.#at;
    this.#at = at + 8;
    const exponent = (((this.#bytes[at + 7] ?? 0) & 0x7f) << 4) | ((this.#bytes[at + 6] ?? 0) >> 4);
    return this.#at === end && exponent < 1023 + 53;
  }

  #text(end: number): boolean {
    const start = this.#at;
    this.#at = end;
    return this.#isAscii(start, end) || isUtf8(this.#bytes.subarray(start, end));
  }

  #isAscii(start: number, end: number): boolean {
    const bytes = this.#bytes;
    let bits = 0;
    if (end - start < WORTHWHILE) {
      for (let at = start; at < end; at++) bits |= bytes[at] ?? 0;
      return bits < 0x80;
    }
    const [words, shift] = [this.#words, this.#shift];
    const first = (start + shift + 3) >> 2;
    const last = (end + shift) >> 2;
    for (let at = start; at < (first << 2) - shift; at++) bits |= bytes[at] ?? 0;
    for (let at = (last << 2) - shift; at < end; at++) bits |= bytes[at] ?? 0;
    let all = 0;
    for (let word = first; word < last; word++) all |= words[word] ?? 0;
    return bits < 0x80 && (all & 0x80808080) === 0;
  }

  #byte(): number {
    return this.#bytes[this.#at++] ?? -1;
  }

  /** Where that ends whose length stands here; -1 where that is not within, or the length is not plainly written. */
  #end(within: number): number {
    const first = this.#byte();
    const length = first < 0x80 ? first : this.#longer(first & 0x7f);
    const end = this.#at + length;
    return length < 0 || end > within ? -1 : end;
  }

  /** A length of two to four bytes, of which the first has been read. */
  #longer(first: number): number {
    let length = first;
    for (let shift = 7; shift <= 21; shift += 7) {
      const byte = this.#byte();
      length |= (byte & 0x7f) << shift;
      // Zero would add nothing.
      if (byte < 0x80) return byte > 0 ? length : -1;
    }
    return -1;
  }
}

/** From so many bytes on they are looked at four at a time. */
const WORTHWHILE = 12;

const OBJECT = tagOf(1, WireType.Length);
const DETAIL = tagOf(2, WireType.Length);
const DETAIL_VALUE = tagOf(2, WireType.Length);
const READY = tagOf(3, WireType.Varint);

const ELEMENT = tagOf(1, WireType.Length);
const KEY = tagOf(1, WireType.Length);
const VALUE = tagOf(2, WireType.Length);

const NULL = tagOf(1, WireType.Varint);
const NUMBER = tagOf(2, WireType.Fixed64);
const STRING = tagOf(3, WireType.Length);
const BOOL = tagOf(4, WireType.Varint);
const STRUCT = tagOf(5, WireType.Length);
const LIST = tagOf(6, WireType.Length);
