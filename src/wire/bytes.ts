/** The same bytes as a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A text of its own, of bytes that are ASCII. What `toString` does, which first takes as long again to find out how. */
export function latin1(bytes: Buffer, start: number, end: number): string {
  return (bytes as unknown as Sliceable).latin1Slice(start, end);
}

/** Node's own methods, which its types leave out. */
interface Sliceable {
  latin1Slice(start: number, end: number): string;
}
