import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { compressionOf, decompressor } from "./oci/decompress.js";
import { type Image, type Layer } from "./oci/index.js";
import { readTar } from "./oci/tar.js";

/**
 * Reads files of a layer without unpacking it: those that are wanted, by their path, which has no slash at its beginning.
 */
export async function filesOf(layer: Layer, isWanted: (path: string) => boolean): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  await visit(layer, async (path, content) => {
    if (isWanted(path)) files.set(path, await buffer(content));
  });
  return files;
}

/** A file of an image, as the topmost layer that has it has it; undefined where none does. */
export async function fileOf(image: Image, path: string): Promise<Buffer | undefined> {
  for (const layer of image.layers.toReversed()) {
    const found = (await filesOf(layer, (each) => each === path)).get(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The paths of all files and links that the layers of an image have, also of those that a later one takes away. */
export async function pathsOf(image: Image): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const layer of image.layers) await visit(layer, (path) => void paths.add(path));
  return paths;
}

async function visit(layer: Layer, visitor: (path: string, content: Readable) => Promise<void> | void): Promise<void> {
  const bytes = await layer.read();
  const unpack = decompressor(compressionOf(bytes));
  const source = Readable.from([bytes], { objectMode: false });
  const streams = unpack === undefined ? [source] : [source, unpack];
  await readTar(streams, ({ name, type }, content) => {
    if (type === "directory") return undefined;
    return visitor(name.replace(/^(\.?\/)+/, ""), content);
  });
}
