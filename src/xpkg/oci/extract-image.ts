import { createHash, type Hash } from "node:crypto";
import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Duplex, Readable, Transform } from "node:stream";
import { reason } from "../../runtime/reason.js";
import { compressionOf, decompressor } from "./decompress.js";
import { verified } from "./digest.js";
import { type Image, type Layer } from "./image.js";
import { readTar } from "./tar.js";
import { Tree } from "./tree.js";
import { unpackEntry } from "./unpack-entry.js";

export interface ExtractOptions {
  /** Whether files get the uid, gid and set-id bits that the image gives them, which only root may do. Default: false. */
  readonly owners?: boolean;
}

/**
 * Writes the root file system of an image into a folder that does not exist yet or is empty: whole, or not at all.
 * Layers are applied in order with their whiteouts, and what containerd refuses is refused: content of another digest or
 * diff_id, an archive that is cut off, a path or hard link that leads out. Symbolic links are written relative and kept
 * inside, so that they mean in this folder what they would mean to a process whose root it is. Devices are left out.
 */
export async function extractImage(image: Image, folder: string, options: ExtractOptions = {}): Promise<void> {
  const target = resolve(folder);
  await mkdir(dirname(target), { recursive: true });
  const partial = await mkdtemp(`${target}.partial-`);
  try {
    await chmod(partial, 0o755);
    const tree = new Tree(partial);
    for (const layer of image.layers) await applyLayer(tree, layer, options.owners ?? false);
    tree.finish();
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw new Error(`cannot extract ${image.descriptor.digest} into ${folder}: ${reason(error)}`, { cause: error });
  }
}

async function applyLayer(tree: Tree, layer: Layer, owners: boolean): Promise<void> {
  const { digest } = layer.descriptor;
  const bytes = verified(await layer.read(), layer.descriptor, "the image");
  const hash = createHash("sha256");
  tree.beginLayer();
  try {
    await readTar(plainStreams(bytes, hash), (entry, content) => unpackEntry(tree, entry, content, owners));
  } catch (error) {
    throw new Error(`layer ${digest}: ${reason(error)}`, { cause: error });
  }
  const diffId = `sha256:${hash.digest("hex")}`;
  if (diffId !== layer.diffId) {
    throw new Error(
      `layer ${digest}: it unpacks to ${diffId}, and the config says ${layer.diffId}; ` +
        "the image is damaged or was tampered with: fetch it again",
    );
  }
}

/** The archive without its compression, hashed on its way. */
function plainStreams(bytes: Buffer, hash: Hash): readonly (Readable | Duplex)[] {
  const unpack = decompressor(compressionOf(bytes));
  const hashing = new Transform({
    transform(part: Buffer, _encoding, done) {
      hash.update(part);
      done(null, part);
    },
  });
  return [Readable.from(pieces(bytes), { objectMode: false }), ...(unpack === undefined ? [] : [unpack]), hashing];
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
}

const PIECE = 1 << 20;
