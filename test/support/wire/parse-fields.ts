/** A field of a message as it stands on the wire. */
export interface Parsed {
  readonly number: number;
  readonly wireType: number;
  /** Its value, without the length that precedes it. */
  readonly bytes: Buffer;
}

/**
 * The fields of a message, but for groups, which are checked and left out.
 *
 * @throws Error where it is malformed
 */
export function parseFields(bytes: Buffer): Parsed[] {
  return new Parser(bytes).fields(undefined);
}

/** The first varint of some bytes, which are long enough: as a number, of which digits may be lost. */
function numberOf(varint: Buffer): number {
  let value = 0;
  for (let index = varint.length - 1; index >= 0; index--) value = value * 0x80 + ((varint[index] ?? 0) & 0x7f);
  return value;
}

class Parser {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @param group the number of the group that they lie in, to its end; undefined for a message */
  fields(group: number | undefined): Parsed[] {
    const fields: Parsed[] = [];
    while (this.#at < this.#bytes.length) {
      const tag = numberOf(this.#varint());
      const number = Math.floor(tag / 8);
      const wireType = tag % 8;
      if (number === 0 || number >= 2 ** 29) throw new Error("there is no such field number");
      if (wireType === 4 && number === group) return fields;
      if (wireType === 3) this.fields(number);
      else fields.push({ number, wireType, bytes: this.#value(wireType) });
    }
    if (group !== undefined) throw new Error("a group does not end");
    return fields;
  }

  #value(wireType: number): Buffer {
    switch (wireType) {
      case 0:
        return this.#varint();
      case 1:
        return this.#take(8);
      case 2:
        return this.#take(numberOf(this.#varint()));
      case 5:
        return this.#take(4);
      default:
        throw new Error("there is no such wire type");
    }
  }

  #varint(): Buffer {
    const start = this.#at;
    for (let length = 1; length <= 10; length++) {
      const byte = this.#take(1)[0] ?? 0;
      if (byte < 0x80 && (length < 10 || byte < 2)) return this.#bytes.subarray(start, this.#at);
    }
    throw new Error("a varint has more than 64 bits");
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new Error("it is cut short");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
