import { type Image, makeImage } from "./oci/index.js";
import { packageLayers } from "./package-layer.js";

export interface ConfigurationImageOptions {
  /** The stream of the package's objects. */
  readonly objects: string;
  /** A stream of objects that show how to use it; undefined for none. */
  readonly examples: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** In seconds since 1970. */
  readonly created: number;
}

/**
 * The image of a Configuration package. Nothing in it runs, and so it is of no platform: registries and tools that insist
 * on one are told linux/amd64. Equal options give equal bytes.
 */
export async function configurationImage(options: ConfigurationImageOptions): Promise<Image> {
  const { created } = options;
  const metadata = await packageLayers(options, created);
  return makeImage({
    platform: { os: "linux", architecture: "amd64" },
    layers: metadata.layers,
    labels: { ...options.labels, ...metadata.labels },
    created,
  });
}
