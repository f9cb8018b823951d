import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reason } from "../../runtime/reason.js";
import { type NodeRoot } from "../../xpkg/cached-data/make-cached-data.js";
import { nodeOf } from "../../xpkg/function-image.js";
import { cachedImage } from "../../xpkg/image-cache.js";
import {
  compressLayers,
  extractImage,
  type Image,
  type ImageIndex,
  imageFor,
  type Platform,
  platformText,
  readLayout,
  readTarball,
} from "../../xpkg/oci/index.js";
import { type IO } from "../io.js";
import { type Source, sourceOf } from "./open-package.js";
import { registryOf } from "./registry-of.js";

/** An image to build on. */
export interface Base {
  readonly image: Image;
  /** How Node is called in it. */
  readonly node: readonly string[];
  /** Its reference in a registry; undefined for files. */
  readonly reference: string | undefined;
}

/** What functions are built on, each platform's image fetched and unpacked once. Close it when done. */
export class BaseImages {
  readonly #text: string;
  readonly #source: Source;
  readonly #images: (platform: Platform) => Promise<Image>;
  readonly #bases = new Map<string, Promise<Base>>();
  readonly #roots = new Map<string, Promise<NodeRoot>>();

  /**
   * @param text a reference, or the path of an OCI layout or an archive
   * @param cache the folder to keep images of registries in
   */
  constructor(text: string, { io, cache }: { readonly io: IO; readonly cache: string }) {
    this.#text = text;
    this.#source = sourceOf(text, io);
    this.#images = imagesOf(this.#source, text, { io, cache });
  }

  /** @throws Error where there is no image for this platform, or no Node in it */
  for(platform: Platform): Promise<Base> {
    return remembered(this.#bases, platformText(platform), () => this.#load(platform));
  }

  /** The root file system of a base, unpacked. */
  root({ image, node }: Base): Promise<NodeRoot> {
    return remembered(this.#roots, image.descriptor.digest, async () => {
      const outer = await mkdtemp(join(tmpdir(), "trimtab-base-"));
      const folder = join(outer, "root");
      await extractImage(image, folder);
      return { folder, node: node.at(-1) ?? "" };
    });
  }

  async close(): Promise<void> {
    for (const root of this.#roots.values()) {
      const found = await root.catch(() => undefined);
      if (found !== undefined) await rm(join(found.folder, ".."), { recursive: true, force: true });
    }
  }

  async #load(platform: Platform): Promise<Base> {
    try {
      const image = await compressLayers(await this.#images(platform));
      const reference = this.#source.kind === "reference" ? this.#source.reference.text : undefined;
      return { image, node: await nodeOf(image), reference };
    } catch (error) {
      throw new Error(`cannot build on ${this.#text}: ${reason(error)}; --base says another image`, { cause: error });
    }
  }
}

/** Where the images of a source are from, each asked for when it is needed. */
function imagesOf(
  source: Source,
  text: string,
  { io, cache }: { readonly io: IO; readonly cache: string },
): (platform: Platform) => Promise<Image> {
  if (source.kind === "reference") {
    const registry = registryOf(io);
    return (platform) => cachedImage(source.reference, platform, { registry, folder: cache });
  }
  let opened: Promise<Image | ImageIndex> | undefined;
  return async (platform) => {
    opened ??= source.kind === "layout" ? readLayout(source.path) : readTarball(source.path);
    return imageFor(await opened, platform, text);
  };
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
