import { ANNOTATION, EXAMPLES, EXAMPLES_FILE, labelOf, PACKAGE, PACKAGE_FILE } from "./annotation.js";
import { fileLayer, type Layer } from "./oci/index.js";

/** Layers that Crossplane reads, and the labels by which it finds them where annotations were lost. */
export interface PackageLayers {
  readonly layers: readonly Layer[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The layers of a package's objects, and of its examples if it has any.
 *
 * @param mtime in seconds since 1970
 */
export async function packageLayers(
  texts: { readonly objects: string; readonly examples?: string | undefined },
  mtime: number,
): Promise<PackageLayers> {
  const made = [await annotated(PACKAGE, PACKAGE_FILE, texts.objects, mtime)];
  if (texts.examples !== undefined) made.push(await annotated(EXAMPLES, EXAMPLES_FILE, texts.examples, mtime));
  return {
    layers: made.map(({ layer }) => layer),
    labels: Object.fromEntries(made.map(({ layer, means }) => [labelOf(layer.descriptor.digest), means])),
  };
}

async function annotated(means: string, path: string, bytes: string, mtime: number) {
  const layer = await fileLayer([{ type: "file", path, bytes }], { mtime, annotations: { [ANNOTATION]: means } });
  return { means, layer };
}
