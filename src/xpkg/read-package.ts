import { basename } from "node:path";
import { ANNOTATION, EXAMPLES, EXAMPLES_FILE, PACKAGE, PACKAGE_FILE } from "./annotation.js";
import { fileOf, filesOf } from "./layer-files.js";
import { type Image } from "./oci/index.js";

/**
 * The stream of a package's objects: `package.yaml` of the layer that is annotated so, or of any layer where none is, as
 * Crossplane reads it.
 *
 * @throws Error where there is none
 */
export async function readPackage(image: Image): Promise<string> {
  const layer = layerThatIs(image, PACKAGE);
  const found = layer
    ? [...(await filesOf(layer, (path) => basename(path) === PACKAGE_FILE)).values()][0]
    : await fileOf(image, PACKAGE_FILE);
  if (found === undefined) throw new Error(`it has no ${PACKAGE_FILE}, and so is no package of Crossplane's`);
  return found.toString("utf8");
}

/** The stream of a package's examples; undefined where it has none. */
export async function readExamples(image: Image): Promise<string | undefined> {
  const layer = layerThatIs(image, EXAMPLES);
  if (layer === undefined) return undefined;
  return (await filesOf(layer, (path) => path === EXAMPLES_FILE)).get(EXAMPLES_FILE)?.toString("utf8");
}

function layerThatIs({ layers }: Image, means: string) {
  return layers.find(({ descriptor }) => descriptor.annotations?.[ANNOTATION] === means);
}
