/** Takes bytes one after the other, and puts lengths before what has been written. */
export class ByteSink {
  #bytes = Buffer.alloc(4096);
  #length = 0;

  /** A copy of all that was written. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  bytes(bytes: Uint8Array | readonly number[]): void {
    this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  byte(byte: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#length++] = byte;
  }

  /** Writes something, and what its length is before it. */
  measured(write: () => void, length: (length: number) => readonly number[]): void {
    const start = this.#length;
    write();
    const prefix = length(this.#length - start);
    this.#makeRoom(prefix.length);
    this.#bytes.copyWithin(start + prefix.length, start, this.#length);
    this.#bytes.set(prefix, start);
    this.#length += prefix.length;
  }

  #makeRoom(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = Buffer.alloc(2 * this.#bytes.length + count);
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}
