import { verified } from "./digest.js";
import { type Descriptor, type Image, type ImageIndex, type Layer, type Origin, type Platform } from "./image.js";
import { type Manifest, parseConfig, parseIndex, parseManifest } from "./manifest.js";
import { INDEX_TYPES } from "./media-types.js";
import { noImageFor, runsOn } from "./platform.js";

/** Where content lies: a folder, a file, a registry. */
export interface Store {
  /** For errors. */
  readonly name: string;
  readonly origin?: Origin;
  /** What a descriptor names; it need not be verified. */
  blob(descriptor: Descriptor): Promise<Buffer>;
  /** Default: as a blob. */
  manifest?(descriptor: Descriptor): Promise<Buffer>;
}

/**
 * What a descriptor names, with the manifests and configs below it read and verified, and layers read once somebody
 * asks. With a platform, its image alone.
 */
export async function load(
  store: Store,
  descriptor: Descriptor,
  platform: Platform | undefined,
): Promise<Image | ImageIndex> {
  if (!INDEX_TYPES.includes(descriptor.mediaType)) return loadImage(store, descriptor);
  const manifest = await manifestOf(store, descriptor);
  return loadIndex(store, descriptor, manifest, platform);
}

/** The same, of an index whose manifest is at hand. */
export async function loadIndex(
  store: Store,
  descriptor: Descriptor,
  manifest: Buffer,
  platform: Platform | undefined,
): Promise<Image | ImageIndex> {
  const { manifests, annotations } = parseIndex(manifest, descriptor.mediaType, store.name);
  if (platform !== undefined) {
    const offered = manifests.flatMap((child) => child.platform ?? []);
    const wanted = manifests.find((child) => child.platform !== undefined && runsOn(child.platform, platform));
    if (wanted === undefined) throw noImageFor(platform, offered, store.name);
    return loadImage(store, wanted);
  }
  const images = await Promise.all(manifests.map((child) => loadImage(store, child)));
  return { descriptor: bare(descriptor), images, annotations, manifest };
}

async function loadImage(store: Store, descriptor: Descriptor): Promise<Image> {
  const manifest = await manifestOf(store, descriptor);
  const parsed = parseManifest(manifest, descriptor.mediaType, store.name);
  const configBytes = verified(await store.blob(parsed.config), parsed.config, store.name);
  return imageOf(store, descriptor, parsed, manifest, configBytes);
}

/** An image of parts that are verified. */
export function imageOf(
  store: Store,
  descriptor: Descriptor,
  parsed: Manifest,
  manifest: Buffer,
  configBytes: Buffer,
): Image {
  const config = parseConfig(configBytes, parsed.layers.length, store.name);
  const { os, architecture, variant } = config;
  return {
    descriptor: bare(descriptor),
    platform: { os, architecture, ...(variant !== undefined && { variant }) },
    config,
    layers: parsed.layers.map((layer, index) => layerOf(store, layer, config.rootfs.diff_ids[index] ?? "")),
    annotations: parsed.annotations,
    manifest,
    configBytes,
  };
}

function layerOf(store: Store, descriptor: Descriptor, diffId: string): Layer {
  return {
    descriptor,
    diffId,
    ...(store.origin !== undefined && { origin: store.origin }),
    read: async () => verified(await store.blob(descriptor), descriptor, store.name),
  };
}

async function manifestOf(store: Store, descriptor: Descriptor): Promise<Buffer> {
  const bytes = await (store.manifest ?? store.blob)(descriptor);
  return verified(bytes, descriptor, store.name);
}

/** Without what whoever names it says of it. */
function bare({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}
