import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Image, type ImageIndex, readLayout, readTarball } from "../../xpkg/oci/index.js";
import { type IO } from "../io.js";

/** Images, and their reference if they are in a registry. */
export interface OpenedImages {
  readonly images: Image | ImageIndex;
  readonly reference: string | undefined;
}

/**
 * Images by what was said on the command line: the folder of an OCI layout or an archive, if there is one of that path;
 * else a reference, such as `ghcr.io/acme/function-bucket:v1`.
 */
export async function openImages(source: string, { cwd }: IO): Promise<OpenedImages> {
  const path = resolve(cwd, source);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return { images: await readLayout(path), reference: undefined };
  if (found !== undefined) return { images: await readTarball(path), reference: undefined };
  throw new Error("not yet");
}
