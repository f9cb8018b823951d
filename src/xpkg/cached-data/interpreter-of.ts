import { open } from "node:fs/promises";

/**
 * The dynamic loader that a program of Linux asks for, as it would be found from its root: `/lib64/ld-linux-x86-64.so.2`.
 * Undefined for what is no such program, and for one that is linked statically.
 */
export async function interpreterOf(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const read = async (position: number, length: number) =>
      (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
    const head = await read(0, HEAD);
    // ELF, of 64 bits, lowest byte first.
    if (head.readUInt32BE(0) !== 0x7f454c46 || head[4] !== 2 || head[5] !== 1) return undefined;
    const segments = Number(head.readBigUInt64LE(0x20));
    const [size, count] = [head.readUInt16LE(0x36), head.readUInt16LE(0x38)];
    for (let index = 0; index < count; index++) {
      const segment = await read(segments + index * size, size);
      if (segment.readUInt32LE(0) !== INTERPRETER) continue;
      const [at, length] = [Number(segment.readBigUInt64LE(0x08)), Number(segment.readBigUInt64LE(0x20))];
      return (await read(at, length)).toString("utf8").replace(/\0.*$/s, "");
    }
    return undefined;
  } finally {
    await file.close();
  }
}

const HEAD = 0x40;

/** The type of the segment that holds its path. */
const INTERPRETER = 3;
