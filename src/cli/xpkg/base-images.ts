import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reason } from "../../runtime/reason.js";
import { type NodeRoot } from "../../xpkg/cached-data/make-cached-data.js";
import { nodeOf } from "../../xpkg/function-image.js";
import {
  extractImage,
  type Image,
  type ImageIndex,
  imageFor,
  type Platform,
  platformText,
} from "../../xpkg/oci/index.js";
import { type IO } from "../io.js";
import { openImages } from "./open-images.js";

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
  readonly #source: string;
  readonly #io: IO;
  #opened: Promise<{ readonly images: Image | ImageIndex; readonly reference: string | undefined }> | undefined;
  readonly #bases = new Map<string, Promise<Base>>();
  readonly #roots = new Map<string, Promise<NodeRoot>>();

  /** @param source a reference, or the path of an OCI layout or an archive */
  constructor(source: string, io: IO) {
    this.#source = source;
    this.#io = io;
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
    this.#opened ??= openImages(this.#source, this.#io);
    try {
      const { images, reference } = await this.#opened;
      const image = imageFor(images, platform, this.#source);
      return { image, node: await nodeOf(image), reference };
    } catch (error) {
      throw new Error(`cannot build on ${this.#source}: ${reason(error)}; --base says another image`, { cause: error });
    }
  }
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
