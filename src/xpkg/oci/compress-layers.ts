import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { describe } from "./digest.js";
import { type Image, type Layer } from "./image.js";
import { assemble, withOciType } from "./make-image.js";
import { DOCKER_LAYER, OCI_LAYER, OCI_LAYER_GZIP } from "./media-types.js";

/**
 * An image with the layers in gzip that `docker save` has written plain, several times as large; the same image where
 * there are none. The config, and so what a container gets, stays as it is.
 */
export async function compressLayers(image: Image): Promise<Image> {
  if (!image.layers.some(isPlain)) return image;
  const layers: Layer[] = [];
  for (const layer of image.layers) layers.push(isPlain(layer) ? await compressed(layer) : layer);
  return assemble(image.platform, image.config, layers.map(withOciType), image.annotations);
}

function isPlain({ descriptor: { mediaType } }: Layer): boolean {
  return mediaType === OCI_LAYER || mediaType === DOCKER_LAYER;
}

async function compressed({ descriptor: { annotations }, diffId, read }: Layer): Promise<Layer> {
  const bytes = await promisify(gzip)(await read());
  const descriptor = { ...describe(bytes, OCI_LAYER_GZIP), ...(annotations !== undefined && { annotations }) };
  return { descriptor, diffId, read: async () => bytes };
}
