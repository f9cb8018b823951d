import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeIndex, writeLayout } from "../../../src/xpkg/oci/index.js";
import { cacheFolder } from "../cache-folder.js";
import { buildImage } from "./build-image.js";
import { ARCHITECTURES } from "./recipe.js";

/**
 * The path of an OCI image layout with Node on Debian, as distroless has it, for linux/amd64 and linux/arm64: a base
 * image where no registry can be reached. Made of packages of npm's and Debian's, which takes half a minute and needs apt
 * and dpkg, once for each version of its recipe; kept in the cache.
 */
export function baseImage(): Promise<string> {
  made ??= make();
  return made;
}

let made: Promise<string> | undefined;

async function make(): Promise<string> {
  const folder = join(cacheFolder(), `base-image-${await recipeKey()}`);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const work = await mkdtemp(`${folder}.`);
  try {
    const images = [];
    for (const architecture of ARCHITECTURES) images.push(await buildImage(architecture, join(work, "root")));
    await writeLayout(join(work, "layout"), makeIndex(images));
    await putInPlace(join(work, "layout"), folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

/** Names all that says what is in the image: the code of this folder. */
async function recipeKey(): Promise<string> {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const hash = createHash("sha256");
  for (const file of (await readdir(here)).sort()) hash.update(await readFile(join(here, file)));
  return hash.digest("hex").slice(0, 16);
}

/** Another process may have been quicker; then its layout stays. */
async function putInPlace(layout: string, folder: string): Promise<void> {
  await rename(layout, folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error;
  });
}
