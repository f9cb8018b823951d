import { MAX_DEPTH } from "./max-depth.js";
import { PlainBytes, sizeOf } from "./plain-bytes.js";
import { BOOL, ELEMENT, KEY, LIST, NULL, NUMBER, STRING, STRUCT, VALUE } from "./struct-tags.js";
import { tagOf, WireType } from "./wire-type.js";

/**
 * Checks, without making anything of it, whether part of a message is well-formed and plain. What is decodes without an
 * error, and encodes again to what means the same.
 */
export class Skim extends PlainBytes {
  /** Whether texts are looked at one by one. */
  #isThorough = false;
  /** How many of the bytes that were walked over belong to lengths and numbers, and are 0x80 or more. */
  #high = 0;

  /** Whether a `Resource` is plain. */
  isResource(start: number, end: number): boolean {
    let last = 0;
    for (let at = start; at < end; ) {
      const tag = this.bytes[at] ?? 0;
      // In order, of which only the entries of the map repeat.
      if (tag < last || (tag === last && tag !== DETAIL)) return false;
      last = tag;
      if (tag === READY) return at + 2 === end && (this.bytes[at + 1] ?? 0x80) < 0x80;
      const length = this.length(at + 1);
      const body = at + 1 + sizeOf(length);
      const next = body + length;
      if (length < 0 || next > end) return false;
      if (tag === OBJECT ? !this.isStruct(body, next) : tag !== DETAIL || !this.#isDetail(body, next)) return false;
      at = next;
    }
    return true;
  }

  #isDetail(at: number, end: number): boolean {
    return this.entryValue(at, end) >= 0 && this.isText(at + 2, at + 2 + (this.bytes[at + 1] ?? 0));
  }

  /** Whether a `google.protobuf.Struct` is plain. */
  isStruct(start: number, end: number): boolean {
    this.#high = 0;
    if (!this.#walk(start, end)) return false;
    // Where no other byte is beyond ASCII, every text is valid UTF-8. Else somebody has to look at each of them.
    if (this.#high === this.countHigh(start, end)) return true;
    this.#isThorough = true;
    const isValid = this.#walk(start, end);
    this.#isThorough = false;
    return isValid;
  }

  /** Goes through objects and lists without calling itself, which would take longer than all else. */
  #walk(start: number, last: number): boolean {
    const { bytes } = this;
    let at = start;
    let end = last;
    let depth = 0;
    let isList = false;
    for (;;) {
      while (at === end) {
        if (depth === 0) return true;
        depth--;
        const outer = within[depth] ?? 0;
        isList = outer < 0;
        end = Math.abs(outer);
      }
      if (bytes[at] !== ELEMENT) return false;
      let length = bytes[at + 1] ?? 0x80;
      at += 2;
      if (length >= 0x80) {
        length = this.length(at - 1);
        at += this.#more(length);
      }
      const next = at + length;
      if (length < 0 || next > end) return false;
      if (!isList) {
        const key = bytes[at + 1] ?? 0x80;
        const value = at + 2 + key;
        if (bytes[at] !== KEY || key >= 0x80 || value >= next || bytes[value] !== VALUE) return false;
        if (this.#isThorough && !this.isText(at + 2, value)) return false;
        at = this.#body(value + 1, next);
      }
      const kind = bytes[at];
      if (kind === STRUCT || kind === LIST) {
        at = this.#body(at + 1, next);
        if (at < 0 || depth + 1 >= MAX_DEPTH) return false;
        within[depth++] = isList ? -end : end;
        isList = kind === LIST;
        end = next;
        continue;
      }
      if (!this.#isScalar(at, next)) return false;
      at = next;
    }
  }

  /** Whether a Value of one of the scalar kinds ends where it should. */
  #isScalar(at: number, end: number): boolean {
    const { bytes } = this;
    switch (bytes[at]) {
      case STRING: {
        const start = this.#body(at + 1, end);
        return start >= 0 && (!this.#isThorough || this.isText(start, end));
      }
      case NUMBER:
        this.#high += this.countHigh(at + 1, at + 9);
        return at + 9 === end && this.isExact(at + 1);
      case BOOL:
        return at + 2 === end && (bytes[at + 1] ?? 2) < 2;
      case NULL:
        return at + 2 === end && bytes[at + 1] === 0;
      default:
        return false;
    }
  }

  #body(at: number, end: number): number {
    const start = this.body(at, end);
    if (start > at + 1) this.#high += start - at - 1;
    return start;
  }

  /** Of a length of several bytes all but the last are 0x80 or more. */
  #more(length: number): number {
    const more = sizeOf(length) - 1;
    this.#high += more;
    return more;
  }
}

/** Of the objects and lists that the one at hand lies within, where they end; negative for lists. */
const within = new Int32Array(MAX_DEPTH);

const OBJECT = tagOf(1, WireType.Length);
const DETAIL = tagOf(2, WireType.Length);
const READY = tagOf(3, WireType.Varint);
