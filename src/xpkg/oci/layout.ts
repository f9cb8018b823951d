import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { reason } from "../../runtime/reason.js";
import { contentOf } from "./content.js";
import { describe, hexOf } from "./digest.js";
import { type Descriptor, type Image, type ImageIndex } from "./image.js";
import { load, loadIndex, type Store } from "./load.js";
import { parseIndex } from "./manifest.js";
import { OCI_INDEX } from "./media-types.js";

/**
 * Reads an OCI image layout: the one image or index that it holds, or an index of all that it holds. Layers are read
 * from the folder once somebody asks for them.
 */
export async function readLayout(folder: string): Promise<Image | ImageIndex> {
  const index = await file(folder, "index.json");
  return loadLayout(storeOf(folder), index);
}

/** What the `index.json` of a layout names; the rest is in the store. */
export async function loadLayout(store: Store, index: Buffer): Promise<Image | ImageIndex> {
  const { manifests } = parseIndex(index, OCI_INDEX, store.name);
  const [only, ...more] = manifests;
  if (only === undefined) throw new Error(`cannot read ${store.name}: its index.json names no image`);
  return more.length === 0
    ? load(store, only, undefined)
    : loadIndex(store, describe(index, OCI_INDEX), index, undefined);
}

/** Where a layout keeps what a descriptor names. */
export function blobPath({ digest }: Descriptor): string {
  return `blobs/sha256/${hexOf(digest)}`;
}

/** The files of a layout that are not blobs, by path. */
export function layoutFiles(
  { descriptor, ...value }: Image | ImageIndex,
  tag?: string,
): Readonly<Record<string, Buffer>> {
  const child = {
    mediaType: descriptor.mediaType,
    digest: descriptor.digest,
    size: descriptor.size,
    ...("platform" in value && { platform: value.platform }),
    ...(tag !== undefined && { annotations: { "org.opencontainers.image.ref.name": tag } }),
  };
  return {
    "oci-layout": Buffer.from(JSON.stringify({ imageLayoutVersion: "1.0.0" })),
    "index.json": Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [child] })),
  };
}

/**
 * Writes an OCI image layout that holds this image or index. Content that the folder has already is not written again;
 * what an earlier layout in it named is named no longer.
 */
export async function writeLayout(folder: string, value: Image | ImageIndex): Promise<void> {
  for (const { descriptor, read } of contentOf(value)) {
    const path = join(folder, blobPath(descriptor));
    if (!(await hasSize(path, descriptor.size))) await write(path, await read());
  }
  for (const [path, bytes] of Object.entries(layoutFiles(value))) await write(join(folder, path), bytes);
}

function storeOf(folder: string): Store {
  return { name: folder, blob: (descriptor) => file(folder, blobPath(descriptor)) };
}

async function file(folder: string, path: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, path));
  } catch (error) {
    throw new Error(`cannot read ${join(folder, path)}: ${reason(error)}; ${folder} has to be an OCI image layout`, {
      cause: error,
    });
  }
}

async function hasSize(path: string, size: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.size === size;
}

/** Whole or not at all: who reads a layout takes a file for its digest. */
async function write(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.partial`, bytes);
  await rename(`${path}.partial`, path);
}
