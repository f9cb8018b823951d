import { type Transform } from "node:stream";
import * as zlib from "node:zlib";

export type Compression = "none" | "gzip" | "zstd";

/** How a layer is compressed, told by its first bytes: media types are not always true. */
export function compressionOf(bytes: Buffer): Compression {
  if (bytes.subarray(0, 2).equals(GZIP)) return "gzip";
  return bytes.subarray(0, 4).equals(ZSTD) ? "zstd" : "none";
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** What undoes it; nothing where there is nothing to undo. Throws for zstd where this version of Node has none. */
export function decompressor(compression: Compression): Transform | undefined {
  if (compression === "none") return undefined;
  if (compression === "gzip") return zlib.createGunzip({ chunkSize: 1 << 16 });
  if (zstd.createZstdDecompress !== undefined) return zstd.createZstdDecompress();
  throw new Error("it is compressed with zstd, which Node reads from 22.15 on; run a later Node");
}

const zstd = zlib as { readonly createZstdDecompress?: () => Transform };
