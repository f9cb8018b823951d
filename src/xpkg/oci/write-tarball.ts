import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { configOf, contentOf } from "./content.js";
import { type Image } from "./image.js";
import { blobPath, layoutFiles } from "./layout.js";
import { type Packing, packTar } from "./tar.js";

/**
 * Writes the archive that `crossplane xpkg push`, `docker load` and whatever else reads an .xpkg take: Docker's
 * manifest.json with one image. It is an OCI image layout as well, so that manifest and annotations are kept. Equal
 * images give equal bytes. `tag` is what `docker load` calls the image: `registry/repository:tag`.
 */
export async function writeTarball(path: string, image: Image, tag?: string): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await pipeline(
      packTar((packing) => addAll(packing, image, tag)),
      createWriteStream(partial),
    );
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** What says where things are comes first: readers look for it from the start, time and again. */
async function addAll(packing: Packing, image: Image, tag: string | undefined): Promise<void> {
  const add = (name: string, bytes: Buffer) => packing.add({ name, mtime: new Date(0) }, bytes);
  await add("manifest.json", dockerManifest(image, tag));
  for (const [name, bytes] of Object.entries(layoutFiles(image, tag))) await add(name, bytes);
  for (const { descriptor, read } of [...contentOf(image)].reverse()) await add(blobPath(descriptor), await read());
}

function dockerManifest(image: Image, tag: string | undefined): Buffer {
  const entry = {
    Config: blobPath(configOf(image)),
    RepoTags: tag === undefined ? null : [tag],
    Layers: image.layers.map(({ descriptor }) => blobPath(descriptor)),
  };
  return Buffer.from(JSON.stringify([entry]));
}
