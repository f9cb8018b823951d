import { type Descriptor, type Image, type ImageIndex, isIndex } from "./image.js";
import { parseManifest } from "./manifest.js";

/** A piece of an image, to be written somewhere. */
export interface Content {
  readonly descriptor: Descriptor;
  read(): Promise<Buffer>;
}

/** Everything that an image or index consists of, each digest once; what refers to others comes after them. */
export function contentOf(value: Image | ImageIndex): readonly Content[] {
  const all = isIndex(value)
    ? [...value.images.flatMap(contentOf), { descriptor: value.descriptor, read: async () => value.manifest }]
    : [...blobsOf(value), { descriptor: value.descriptor, read: async () => value.manifest }];
  return [...new Map(all.map((content) => [content.descriptor.digest, content])).values()];
}

/** The layers of an image, then its config. */
export function blobsOf(image: Image): readonly Content[] {
  return [...image.layers, { descriptor: configOf(image), read: async () => image.configBytes }];
}

/** What its manifest says of its config. */
export function configOf({ manifest, descriptor }: Image): Descriptor {
  return parseManifest(manifest, descriptor.mediaType, descriptor.digest).config;
}
