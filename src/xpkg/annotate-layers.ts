import { ANNOTATION, labelOf } from "./annotation.js";
import { describe } from "./oci/digest.js";
import { type Image, type Layer } from "./oci/index.js";

/**
 * The image with its layers annotated as its labels say, for what was read from an archive of Docker's, which keeps no
 * annotations. Crossplane would otherwise look for `package.yaml` in all layers. An image that has them is returned as it is.
 */
export function annotateLayers(image: Image): Image {
  const labels = image.config.config?.Labels ?? {};
  const layers = image.layers.map((layer) => annotated(layer, labels[labelOf(layer.descriptor.digest)]));
  if (layers.every((layer, index) => layer === image.layers[index])) return image;
  const parsed = JSON.parse(image.manifest.toString("utf8")) as object;
  const manifest = Buffer.from(JSON.stringify({ ...parsed, layers: layers.map(({ descriptor }) => descriptor) }));
  return { ...image, layers, manifest, descriptor: describe(manifest, image.descriptor.mediaType) };
}

function annotated(layer: Layer, means: string | undefined): Layer {
  const { descriptor } = layer;
  if (means === undefined || descriptor.annotations?.[ANNOTATION] === means) return layer;
  return { ...layer, descriptor: { ...descriptor, annotations: { ...descriptor.annotations, [ANNOTATION]: means } } };
}
