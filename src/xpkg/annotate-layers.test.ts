import { expect, test } from "vitest";
import { annotateLayers } from "./annotate-layers.js";
import { digestOf } from "./oci/digest.js";
import { fileLayer, type Image, makeImage } from "./oci/index.js";
import { packageLayers } from "./package-layer.js";
import { readExamples, readPackage } from "./read-package.js";

const platform = { os: "linux", architecture: "amd64" };

async function packageImage(): Promise<Image> {
  const files = await fileLayer([{ type: "file", path: "main.js", bytes: "1" }], { mtime: 0 });
  const { layers, labels } = await packageLayers({ objects: "a: 1\n", examples: "b: 1\n" }, 0);
  return makeImage({ platform, layers: [files, ...layers], labels, created: 0 });
}

/** As an archive of Docker's gives it back. */
function withoutAnnotations(image: Image): Image {
  const layers = image.layers.map(({ descriptor: { annotations: _, ...descriptor }, ...layer }) => ({
    ...layer,
    descriptor,
  }));
  const manifest = Buffer.from(
    JSON.stringify({
      ...(JSON.parse(image.manifest.toString()) as object),
      layers: layers.map((layer) => layer.descriptor),
    }),
  );
  return { ...image, layers, manifest, descriptor: { ...image.descriptor, digest: digestOf(manifest) } };
}

test("gives layers the annotations that labels tell of, and the manifest its digest", async () => {
  const image = await packageImage();
  const read = withoutAnnotations(image);
  expect(read.descriptor.digest).not.toBe(image.descriptor.digest);
  const again = annotateLayers(read);
  expect(again.descriptor).toEqual(image.descriptor);
  expect(again.manifest.equals(image.manifest)).toBe(true);
  expect(await readPackage(again)).toBe("a: 1\n");
  expect(await readExamples(again)).toBe("b: 1\n");
});

test("leaves an image as it is that has them", async () => {
  const image = await packageImage();
  expect(annotateLayers(image)).toBe(image);
});

test("package.yaml is found without them too, in the topmost layer", async () => {
  expect(await readPackage(withoutAnnotations(await packageImage()))).toBe("a: 1\n");
});

test("an image without it is no package", async () => {
  const files = await fileLayer([{ type: "file", path: "main.js", bytes: "1" }], { mtime: 0 });
  const image = makeImage({ platform, layers: [files], created: 0 });
  await expect(readPackage(image)).rejects.toThrow("it has no package.yaml, and so is no package of Crossplane's");
});
