/**
 * Texts that have been read before, by their bytes: the same few names of fields stand in every message, and finding one
 * takes less than making it. Each slot has the last text that fell into it, so that no more than a thousand are kept.
 */
export class KnownTexts {
  readonly #slots: (string | undefined)[] = new Array(SLOTS).fill(undefined);

  /** The text of bytes that are ASCII; undefined where they are not, or are too many. */
  get(bytes: Buffer, start: number, length: number): string | undefined {
    if (length > LONGEST) return undefined;
    let hash = length;
    for (let at = start; at < start + length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80) return undefined;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    const slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
    const known = this.#slots[slot];
    if (known !== undefined && known.length === length && isAt(known, bytes, start)) return known;
    const text = bytes.toString("latin1", start, start + length);
    this.#slots[slot] = text;
    return text;
  }
}

/** Texts as long as this are kept: the names of fields hardly ever are longer. */
const LONGEST = 40;
const SLOTS = 1024;

function isAt(text: string, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) !== bytes[start + index]) return false;
  return true;
}
