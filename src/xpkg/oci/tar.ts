import { type Duplex, type Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract, type Headers, pack } from "tar-stream";

export interface Packing {
  /** Names of directories end with a slash. Header fields that are left out are those of a file of root's, 0o644. */
  add(header: PackedHeader, bytes?: Uint8Array): Promise<void>;
}

export interface PackedHeader {
  readonly name: string;
  readonly mtime: Date;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Default: a file. */
  readonly type?: NonNullable<Headers["type"]>;
  readonly linkname?: string;
}

/** An archive of what `fill` adds, which is asked for as the archive is read. */
export function packTar(fill: (packing: Packing) => Promise<void>): Readable {
  const archive = pack();
  const add = (header: PackedHeader, bytes?: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      if (bytes === undefined) archive.entry({ ...header }, done);
      if (bytes !== undefined)
        archive.entry({ ...header }, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), done);
    });
  fill({ add }).then(
    () => archive.finalize(),
    (error: Error) => archive.destroy(error),
  );
  // A stream of streamx's, which is one of Node's in all but type.
  return archive as unknown as Readable;
}

export interface TarEntry {
  readonly name: string;
  /** Null where the archive has a type that tar-stream does not know. */
  readonly type: NonNullable<Headers["type"]> | null;
  readonly linkname: string | null;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: Date;
}

/** Visits each entry of an archive in turn. What a visitor leaves unread of `content` is passed over. */
export async function readTar(
  archive: readonly (Readable | Duplex)[],
  visit: (entry: TarEntry, content: Readable) => Promise<void> | void,
): Promise<void> {
  const entries = extract();
  entries.on("entry", (header, source, next) => {
    const content = source as unknown as Readable;
    // Whoever reads it hears of an error, and so does the pipeline; nobody has to listen here.
    content.on("error", () => undefined);
    Promise.resolve(visit(header as unknown as TarEntry, content)).then(
      () => {
        content.resume();
        next();
      },
      (error: Error) => next(error),
    );
  });
  await pipeline([...archive, entries as unknown as Writable]);
}
