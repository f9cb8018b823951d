import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { digestOf } from "../../src/xpkg/oci/digest.js";
import { fileLayer } from "../../src/xpkg/oci/file-layer.js";
import { type Image } from "../../src/xpkg/oci/image.js";
import { makeImage } from "../../src/xpkg/oci/make-image.js";
import { parseReference } from "../../src/xpkg/oci/reference.js";
import { type RegistryOptions, registry } from "../../src/xpkg/oci/registry.js";
import { type FakeRegistryOptions, startFakeRegistry } from "./fake-registry.js";

/** A registry that forgets everything, a client of it that waits for nothing, and for how long it would have waited. */
export async function startRegistryScene(options: FakeRegistryOptions = {}, more: RegistryOptions = {}) {
  const fake = await startFakeRegistry(options);
  const pauses: number[] = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  return {
    fake,
    pauses,
    client: registry({ pause, ...more }),
    at: (text: string) => parseReference(`${fake.host}/${text}`),
  };
}

/** An image like no other, of these layers and two of its own: three blobs. */
export async function twoLayerImage(architecture = "amd64", ...more: Image["layers"]): Promise<Image> {
  const layers = await Promise.all(
    [1000, 300_000].map((size) =>
      fileLayer([{ type: "file", path: `of-${size}`, bytes: randomBytes(size) }], { mtime: 0 }),
    ),
  );
  return makeImage({ platform: { os: "linux", architecture }, layers: [...more, ...layers], created: 0 });
}

/** Fails unless both have the same bytes in their layers. */
export async function expectSameLayers(image: Image, other: Image): Promise<void> {
  const digests = (layers: Image["layers"]) => Promise.all(layers.map(async (layer) => digestOf(await layer.read())));
  expect(await digests(image.layers)).toEqual(await digests(other.layers));
}
