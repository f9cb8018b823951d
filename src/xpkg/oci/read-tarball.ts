import { compressionOf } from "./decompress.js";
import { describe, digestOf } from "./digest.js";
import { type Descriptor, type Image, type ImageIndex } from "./image.js";
import { blobPath, loadLayout } from "./layout.js";
import { imageOf, type Store } from "./load.js";
import { parseIndex } from "./manifest.js";
import {
  DOCKER_CONFIG,
  DOCKER_LAYER,
  DOCKER_LAYER_GZIP,
  DOCKER_LAYER_ZSTD,
  DOCKER_MANIFEST,
  OCI_INDEX,
} from "./media-types.js";
import { openTar, type TarFile } from "./tar-file.js";

/**
 * Reads what `docker save`, `crossplane xpkg build` and `writeTarball` write, and OCI image layouts in an archive. The
 * archive has to hold one image, or in a layout one index. Layers are read from the file once somebody asks for them.
 * Docker's form keeps neither manifest nor annotations: there the digest is that of a manifest made anew.
 */
export async function readTarball(path: string): Promise<Image | ImageIndex> {
  const tar = await openTar(path);
  if (tar.has("index.json") && (await isWhole(tar))) return loadLayout(storeOf(tar), await tar.read("index.json"));
  if (tar.has("manifest.json")) return readDocker(tar);
  throw new Error(
    `cannot read ${path}: it has neither index.json nor manifest.json; it has to be an archive of an image`,
  );
}

/** Docker writes an index.json that may name images of other platforms, which are not there. */
async function isWhole(tar: TarFile): Promise<boolean> {
  if (!tar.has("manifest.json")) return true;
  const { manifests } = parseIndex(await tar.read("index.json"), OCI_INDEX, tar.path);
  return manifests.length === 1 && (await Promise.all(manifests.map((child) => hasAll(tar, child)))).every(Boolean);
}

async function hasAll(tar: TarFile, descriptor: Descriptor): Promise<boolean> {
  const path = blobPath(descriptor);
  if (!tar.has(path)) return false;
  if (!descriptor.mediaType.endsWith("+json")) return true;
  const {
    manifests = [],
    layers = [],
    config,
  } = JSON.parse((await tar.read(path)).toString("utf8")) as {
    readonly manifests?: readonly Descriptor[];
    readonly layers?: readonly Descriptor[];
    readonly config?: Descriptor;
  };
  const below = await Promise.all(manifests.map((child) => hasAll(tar, child)));
  return (
    [...layers, ...(config?.digest === undefined ? [] : [config])].every((one) => tar.has(blobPath(one))) &&
    below.every(Boolean)
  );
}

function storeOf(tar: TarFile): Store {
  return { name: tar.path, blob: (descriptor) => tar.read(blobPath(descriptor)) };
}

interface DockerImage {
  readonly Config: string;
  readonly Layers: readonly string[];
}

async function readDocker(tar: TarFile): Promise<Image> {
  const { Config, Layers } = await onlyImage(tar);
  const configBytes = await tar.read(Config);
  const files = new Map<string, string>();
  const layers: Descriptor[] = [];
  for (const file of Layers) {
    const descriptor = await describeLayer(tar, file);
    files.set(descriptor.digest, file);
    layers.push(descriptor);
  }
  const config = describe(configBytes, DOCKER_CONFIG);
  const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: DOCKER_MANIFEST, config, layers }));
  const store: Store = { name: tar.path, blob: ({ digest }) => tar.read(files.get(digest) ?? digest) };
  return imageOf(
    store,
    describe(manifest, DOCKER_MANIFEST),
    { config, layers, annotations: {} },
    manifest,
    configBytes,
  );
}

async function onlyImage(tar: TarFile): Promise<DockerImage> {
  const images: unknown = JSON.parse((await tar.read("manifest.json")).toString("utf8"));
  const [image, ...more] = Array.isArray(images) ? (images as readonly Partial<DockerImage>[]) : [];
  if (more.length > 0) {
    throw new Error(`cannot read ${tar.path}: it holds ${more.length + 1} images; write an archive of one of them`);
  }
  if (typeof image?.Config !== "string" || !Array.isArray(image.Layers)) {
    throw new Error(`cannot read ${tar.path}: its manifest.json has no image with Config and Layers`);
  }
  return { Config: image.Config, Layers: image.Layers };
}

async function describeLayer(tar: TarFile, file: string): Promise<Descriptor> {
  const bytes = await tar.read(file);
  return { mediaType: TYPES[compressionOf(bytes)], digest: digestOf(bytes), size: bytes.length };
}

const TYPES = { none: DOCKER_LAYER, gzip: DOCKER_LAYER_GZIP, zstd: DOCKER_LAYER_ZSTD } as const;
