import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Image,
  isIndex,
  type Platform,
  platformText,
  type Reference,
  type Registry,
  readLayout,
  writeLayout,
} from "./oci/index.js";
import { withIdentifier } from "./oci/reference.js";

/**
 * The image of a registry for a platform, which is kept in a folder by its digest: a tag is asked for each time, and what
 * it names is fetched once. A reference with a digest needs no network then.
 */
export async function cachedImage(
  reference: Reference,
  platform: Platform,
  { registry, folder }: { readonly registry: Registry; readonly folder: string },
): Promise<Image> {
  const digest = reference.digest ?? (await registry.resolve(reference)).digest;
  const kept = join(folder, `${digest.replace(":", "-")}-${platformText(platform).replaceAll("/", "-")}`);
  if (!existsSync(kept)) {
    await mkdir(folder, { recursive: true });
    await keep(kept, await registry.pull(withIdentifier(reference, digest), platform));
  }
  const image = await readLayout(kept);
  if (isIndex(image)) throw new Error(`cannot use ${kept}: it holds an index, and not one image; remove it`);
  return image;
}

/** Whole or not at all; of two that do so at a time, one is enough. */
async function keep(folder: string, image: Image): Promise<void> {
  const part = `${folder}.${randomUUID()}`;
  try {
    await writeLayout(part, image);
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
