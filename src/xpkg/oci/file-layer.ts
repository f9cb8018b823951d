import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { digestOf } from "./digest.js";
import { type Annotations, type Layer } from "./image.js";
import { OCI_LAYER_GZIP } from "./media-types.js";
import { type Packing, packTar } from "./tar.js";

/** What a layer puts at `path`, which is relative to the root: `app/main.js`. Everything belongs to uid and gid 0 unless it says. */
export type FileEntry = FileOf | DirectoryOf | SymlinkOf;

export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

export interface FileOf extends Owner {
  readonly type: "file";
  readonly path: string;
  readonly bytes: Uint8Array | string;
  /** Default: 0o644. */
  readonly mode?: number;
}

export interface DirectoryOf extends Owner {
  readonly type: "directory";
  readonly path: string;
  /** Default: 0o755. */
  readonly mode?: number;
}

export interface SymlinkOf extends Owner {
  readonly type: "symlink";
  readonly path: string;
  readonly target: string;
}

export interface FileLayerOptions {
  /** Of every entry, in seconds since 1970: SOURCE_DATE_EPOCH. */
  readonly mtime: number;
  readonly annotations?: Annotations;
  /** Default: OCI's for a layer in gzip. */
  readonly mediaType?: string;
}

/**
 * A layer of these files, in gzip. Equal entries in any order give equal bytes; folders that are not among them are
 * added. What zlib makes of them may differ between versions of Node; the diffId does not.
 */
export async function fileLayer(entries: readonly FileEntry[], options: FileLayerOptions): Promise<Layer> {
  const arranged = arrange(entries);
  const mtime = new Date(options.mtime * 1000);
  const archive = packTar(async (packing) => {
    for (const entry of arranged) await add(packing, entry, mtime);
  });
  const plain = await buffer(archive);
  // At once: what zlib makes of it may depend on the parts that it comes in.
  const bytes = await promisify(gzip)(plain);
  return {
    descriptor: {
      mediaType: options.mediaType ?? OCI_LAYER_GZIP,
      digest: digestOf(bytes),
      size: bytes.length,
      ...(options.annotations !== undefined && { annotations: options.annotations }),
    },
    diffId: digestOf(plain),
    read: async () => bytes,
  };
}

function arrange(entries: readonly FileEntry[]): readonly FileEntry[] {
  const byPath = new Map<string, FileEntry>();
  for (const entry of entries) {
    const path = checkedPath(entry.path);
    if (byPath.has(path)) throw new Error(`cannot make a layer: it has two entries for ${path}; leave one of them out`);
    byPath.set(path, { ...entry, path });
  }
  for (const path of [...byPath.keys()]) {
    for (const parent of parents(path)) {
      const type = byPath.get(parent)?.type;
      if (type === undefined) byPath.set(parent, { type: "directory", path: parent });
      if (type === "file" || type === "symlink") {
        throw new Error(`cannot make a layer: ${path} lies below ${parent}, which is a ${type}; rename one of the two`);
      }
    }
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function checkedPath(path: string): string {
  const parts = path.replace(/\/$/, "").split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..") || path.includes("\0")) {
    throw new Error(`cannot make a layer with ${JSON.stringify(path)}: write a path below the root, as in app/main.js`);
  }
  return parts.join("/");
}

function parents(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

function add(packing: Packing, entry: FileEntry, mtime: Date): Promise<void> {
  const { path: name, uid = 0, gid = 0 } = entry;
  const common = { uid, gid, mtime };
  switch (entry.type) {
    case "file":
      return packing.add({ ...common, name, mode: entry.mode ?? 0o644 }, bufferOf(entry.bytes));
    case "directory":
      return packing.add({ ...common, name: `${name}/`, type: "directory", mode: entry.mode ?? 0o755 });
    case "symlink":
      return packing.add({ ...common, name, type: "symlink", linkname: entry.target, mode: 0o777 });
  }
}

function bufferOf(bytes: Uint8Array | string): Buffer {
  if (typeof bytes === "string") return Buffer.from(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
