import { join } from "node:path";
import { expect, test } from "vitest";
import { startFakeRegistry } from "../../test/support/fake-registry.js";
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import { cachedImage } from "./image-cache.js";
import { fileLayer, makeImage, makeIndex, parseReference, registry } from "./oci/index.js";

const amd64 = { os: "linux", architecture: "amd64" };
const arm64 = { os: "linux", architecture: "arm64" };

async function imageFor(platform: typeof amd64, bytes: string) {
  const layer = await fileLayer([{ type: "file", path: "a", bytes }], { mtime: 0 });
  return makeImage({ platform, layers: [layer], created: 0 });
}

test("an image is fetched once for what its tag names, and again once that is another", async () => {
  const server = await startFakeRegistry();
  const tag = parseReference(`${server.host}/acme/base:v1`);
  const options = { registry: registry(), folder: join(temporaryFolder(), "images") };
  const first = makeIndex([await imageFor(amd64, "one"), await imageFor(arm64, "two")]);
  await registry().push(first, tag);

  const image = await cachedImage(tag, arm64, options);
  expect(image.descriptor).toEqual(first.images[1]?.descriptor);
  expect(await image.layers[0]?.read()).toBeInstanceOf(Buffer);
  const fetched = server.count(/GET .*\/blobs\//);
  await (await cachedImage(tag, arm64, options)).layers[0]?.read();
  expect(server.count(/GET .*\/blobs\//)).toBe(fetched);

  const second = await imageFor(arm64, "three");
  await registry().push(second, tag);
  expect((await cachedImage(tag, arm64, options)).descriptor.digest).toBe(second.descriptor.digest);

  const named = parseReference(`${server.host}/acme/base@${first.descriptor.digest}`);
  const asked = server.requests.length;
  expect((await cachedImage(named, arm64, options)).descriptor.digest).toBe(image.descriptor.digest);
  expect(server.requests.length).toBe(asked);
});

test("nothing is kept of what could not be fetched", async () => {
  const server = await startFakeRegistry();
  const folder = join(temporaryFolder(), "images");
  const reference = parseReference(`${server.host}/acme/base:v1`);
  await registry().push(await imageFor(amd64, "one"), reference);
  const options = { registry: registry(), folder };
  await expect(cachedImage(reference, arm64, options)).rejects.toThrow(/linux\/arm64/);
  await expect(cachedImage(reference, amd64, options)).resolves.toBeDefined();
});
