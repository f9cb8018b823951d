import { latin1 } from "./bytes.js";

/** Texts as long as this are kept: the names of fields hardly ever are longer. */
const LONGEST = 40;
const SLOTS = 4096;

/**
 * Texts that have been read before, by their bytes: the same few names of fields stand in every message, and finding one
 * takes less than making it. Each slot has the last text that fell into it, so that there are never more than slots.
 */
export class KnownTexts {
  readonly #slots: string[] = new Array(SLOTS).fill("");

  /** The text of bytes that are ASCII; undefined where they are not, or are too many. */
  get(bytes: Buffer, start: number, length: number): string | undefined {
    if (length > LONGEST) return undefined;
    const slot = slotOf(bytes, start, length);
    const known = this.#slots[slot] ?? "";
    if (known.length === length && isAt(known, bytes, start)) return known;
    for (let at = start; at < start + length; at++) if ((bytes[at] ?? 0) >= 0x80) return undefined;
    const text = latin1(bytes, start, start + length);
    this.#slots[slot] = text;
    return text;
  }
}

/** The names of fields. */
export const knownNames = new KnownTexts();

/** Looks at the length and six of the bytes, in which names differ that are used together. */
function slotOf(bytes: Buffer, start: number, length: number): number {
  const last = start + length - 1;
  const quarter = length >> 2;
  const outer = byteAt(bytes, start) | (byteAt(bytes, start + (length >> 1)) << 8) | (byteAt(bytes, last) << 16);
  const inner =
    byteAt(bytes, start + quarter) | (byteAt(bytes, last - quarter) << 8) | (byteAt(bytes, last - (length >> 3)) << 16);
  // The upper bits of a product are those that depend on all others.
  return (Math.imul(outer | (length << 24), 0x85ebca6b) ^ Math.imul(inner, 0xc2b2ae35)) >>> 20;
}

const byteAt = (bytes: Buffer, at: number) => bytes[at] ?? 0;

/** Whether a text of ASCII stands somewhere, of which the length is known to be the same. */
export function isAt(text: string, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) !== bytes[start + index]) return false;
  return true;
}
