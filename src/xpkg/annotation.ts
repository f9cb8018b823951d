/** By which Crossplane finds what a layer of a package is. */
export const ANNOTATION = "io.crossplane.xpkg";

/** What it says of the layer with `package.yaml`, and of that with examples. */
export const PACKAGE = "base";
export const EXAMPLES = "upbound";

/** The files in these layers. */
export const PACKAGE_FILE = "package.yaml";
export const EXAMPLES_FILE = ".up/examples.yaml";

/** The label of an image that says the same of a layer, for archives that keep no annotations. */
export function labelOf(layerDigest: string): string {
  return `${ANNOTATION}:${layerDigest}`;
}
