import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { posix } from "node:path";
import { reason } from "../../runtime/reason.js";
import { readTar, type TarEntry } from "./tar.js";

/** The files of a tar archive, by path, read where they lie. */
export interface TarFile {
  readonly path: string;
  has(name: string): boolean;
  /** Throws where there is no such file. */
  read(name: string): Promise<Buffer>;
}

/** Looks through an archive that is not compressed. Links within it are followed, as old versions of Docker write them. */
export async function openTar(path: string): Promise<TarFile> {
  const entries = await entriesOf(path);
  const find = (name: string) => {
    const place = follow(entries, posix.normalize(name));
    if (place === undefined) throw new Error(`cannot read ${path}: there is no ${name} in it`);
    return place;
  };
  return {
    path,
    has: (name) => follow(entries, posix.normalize(name)) !== undefined,
    read: (name) => readAt(path, find(name)),
  };
}

interface Place {
  readonly offset: number;
  readonly size: number;
  readonly link?: string;
}

async function entriesOf(path: string): Promise<ReadonlyMap<string, Place>> {
  const entries = new Map<string, Place>();
  try {
    const file = await open(path);
    let end = 0;
    try {
      await readTar([createReadStream(path, { highWaterMark: 1 << 20 })], async (entry) => {
        const offset = await afterHeaders(file, end);
        end = offset + (entry.type === "directory" ? 0 : inBlocks(entry.size));
        const place = placeOf(entry, offset);
        if (place !== undefined) entries.set(posix.normalize(entry.name), place);
      });
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new Error(
      `cannot read ${path}: ${reason(error)}; it has to be a tar archive that is whole, and not compressed`,
      { cause: error },
    );
  }
  return entries;
}

/** Where the bytes of the entry begin whose first header is here. An entry may have headers before its own, with bytes of theirs. */
async function afterHeaders(file: FileHandle, start: number): Promise<number> {
  const header = Buffer.alloc(BLOCK);
  let at = start;
  for (;;) {
    await file.read(header, 0, BLOCK, at);
    at += BLOCK;
    if (!FURTHER.includes(String.fromCharCode(header[TYPE] ?? 0))) return at;
    at += inBlocks(Number.parseInt(header.toString("latin1", SIZE, SIZE + SIZE_LENGTH), 8));
  }
}

const BLOCK = 512;
const inBlocks = (size: number) => Math.ceil(size / BLOCK) * BLOCK;

/** Fields of a header, by their place, and the types of those that say more of the entry that follows (POSIX's pax, and GNU tar's). */
const [TYPE, SIZE, SIZE_LENGTH] = [156, 124, 12];
const FURTHER = "xgLK";

function placeOf({ type, name, linkname, size }: TarEntry, offset: number): Place | undefined {
  if (type === "file") return { offset, size };
  if (linkname === null) return undefined;
  if (type === "link") return { offset: 0, size: 0, link: posix.normalize(linkname) };
  if (type === "symlink") return { offset: 0, size: 0, link: posix.join(posix.dirname(name), linkname) };
  return undefined;
}

function follow(entries: ReadonlyMap<string, Place>, name: string, hops = 0): Place | undefined {
  const place = entries.get(name);
  if (place?.link === undefined) return place;
  return hops < 16 ? follow(entries, place.link, hops + 1) : undefined;
}

async function readAt(path: string, { offset, size }: Place): Promise<Buffer> {
  const file = await open(path);
  try {
    const bytes = Buffer.allocUnsafe(size);
    for (let read = 0; read < size; ) {
      const { bytesRead } = await file.read(bytes, read, size - read, offset + read);
      if (bytesRead === 0) throw new Error(`cannot read ${path}: it has become shorter while it was read`);
      read += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
