import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { certificateAuthority } from "../../../test/support/certificates.js";
import { expectSameLayers, startRegistryScene, twoLayerImage } from "../../../test/support/registry-scene.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { freePort } from "../../../test/tools/port.js";
import { fileLayer } from "./file-layer.js";
import { isIndex } from "./image.js";
import { makeImage, makeIndex } from "./make-image.js";
import { parseReference } from "./reference.js";

const linux = { os: "linux", architecture: "amd64" };

describe("a push and a pull", () => {
  test("of an image give it back", async () => {
    const { client, at } = await startRegistryScene();
    const made = await twoLayerImage();
    const { digest, pushed } = await client.push(made, at("acme/app:v1"));
    expect(digest).toBe(made.descriptor.digest);
    expect(pushed).toHaveLength(3);
    const pulled = await client.pull(at("acme/app:v1"), linux);
    expect(pulled.descriptor).toEqual(made.descriptor);
    await expectSameLayers(pulled, made);
  });

  test("of an index give it back, with what both images share sent once", async () => {
    const { client, at, fake } = await startRegistryScene();
    const shared = await fileLayer([{ type: "file", path: "shared", bytes: randomBytes(1000) }], { mtime: 0 });
    const index = makeIndex([await twoLayerImage("amd64", shared), await twoLayerImage("arm64", shared)]);
    await client.push(index, at("acme/app:v1"));
    expect(fake.count(/^PUT .*blobs/)).toBe(7);
    const pulled = await client.pull(at("acme/app:v1"));
    expect(isIndex(pulled) && pulled.images.map(({ descriptor }) => descriptor)).toEqual(
      index.images.map(({ descriptor }) => descriptor),
    );
    const arm = await client.pull(at(`acme/app@${index.descriptor.digest}`), { os: "linux", architecture: "arm64" });
    expect(arm.platform.architecture).toBe("arm64");
  });

  test("resolve and list what is there", async () => {
    const { client, at, fake } = await startRegistryScene();
    const made = await twoLayerImage();
    for (const tag of ["v1", "v2", "v3"]) await client.push(made, at(`acme/app:${tag}`));
    expect(await client.resolve(at("acme/app:v2"))).toEqual(made.descriptor);
    expect(await client.tags(at("acme/app"))).toEqual(["v1", "v2", "v3"]);
    expect(await client.tags(at("acme/nothing"))).toEqual([]);
    expect(fake.count(/tags/)).toBe(3);
  });

  test("send nothing that is there", async () => {
    const { client, at, fake } = await startRegistryScene();
    const made = await twoLayerImage();
    await client.push(made, at("acme/app:v1"));
    const again = await client.push(made, at("acme/app:v2"));
    expect(again).toMatchObject({ pushed: [], mounted: [] });
    expect(again.existing).toHaveLength(3);
    expect(fake.count(/^PUT .*blobs/)).toBe(3);
  });
});

describe("mounting", () => {
  const registries: Record<string, { mounts: "done" | "ignored" | "refused"; sent: number; reason: string }> = {
    done: { mounts: "done", sent: 1, reason: "the base's layers need not be sent" },
    ignored: { mounts: "ignored", sent: 3, reason: "the specification lets a registry begin an upload instead" },
    refused: { mounts: "refused", sent: 3, reason: "some registries have never heard of it" },
  };
  test.each(Object.entries(registries))("layers of another repository: %s", async (_, { mounts, sent }) => {
    const { client, at, fake } = await startRegistryScene({ mounts });
    const base = await twoLayerImage();
    await client.push(base, at("acme/base:v1"));
    const before = fake.count(/^PUT .*blobs/);
    const pulled = await client.pull(at("acme/base:v1"), linux);
    const made = makeImage({ platform: linux, base: pulled, layers: [], created: 0, labels: { own: "config" } });
    const { mounted, digest } = await client.push(made, at("acme/app:v1"));
    expect(mounted).toHaveLength(3 - sent);
    expect(fake.count(/^PUT .*blobs/) - before).toBe(sent);
    expect(await client.resolve(at("acme/app:v1"))).toMatchObject({ digest });
  });

  test("of repositories that are named", async () => {
    const { client, at } = await startRegistryScene();
    const base = await twoLayerImage();
    await client.push(base, at("acme/base:v1"));
    const { mounted } = await client.push(base, at("acme/app:v1"), { mountFrom: ["acme/none", "acme/base"] });
    expect(mounted).toHaveLength(3);
  });
});

describe("what a registry answers", () => {
  test("is verified, down to the layer", async () => {
    const { client, at, fake } = await startRegistryScene();
    const made = await twoLayerImage();
    await client.push(made, at("acme/app:v1"));
    const { digest = "" } = made.layers[0]?.descriptor ?? {};
    const key = `acme/app@${digest}`;
    fake.blobs.set(key, Buffer.from((fake.blobs.get(key) ?? Buffer.alloc(0)).map((byte) => byte ^ 1)));
    const pulled = await client.pull(at("acme/app:v1"), linux);
    await expect(pulled.layers[0]?.read()).rejects.toThrow(`cannot use ${digest}`);
  });

  test("is refused where it is another manifest than was asked for", async () => {
    const { client, at, fake } = await startRegistryScene();
    const [one, other] = [await twoLayerImage(), await twoLayerImage()];
    await client.push(one, at("acme/app:v1"));
    await client.push(other, at("acme/app:v2"));
    const { digest } = one.descriptor;
    fake.manifests.set(`acme/app@${digest}`, { bytes: other.manifest, type: other.descriptor.mediaType });
    await expect(client.pull(at(`acme/app@${digest}`))).rejects.toThrow(`cannot use ${digest}`);
  });

  const absent: Record<string, { text: string; error: string; reason: string }> = {
    "a tag": {
      text: "acme/app:v9",
      error: "has no v9 of acme/app; check the name",
      reason: "a typing error, most often",
    },
    "a repository": { text: "acme/other", error: "has no latest of acme/other; check the name", reason: "likewise" },
  };
  test.each(Object.entries(absent))("may be that there is none: %s", async (_, { text, error }) => {
    const { client, at } = await startRegistryScene();
    await client.push(await twoLayerImage(), at("acme/app:v1"));
    await expect(client.pull(at(text))).rejects.toThrow(error);
    await expect(client.resolve(at(text))).rejects.toThrow(error);
  });

  test("may be that it is for another platform", async () => {
    const { client, at } = await startRegistryScene();
    await client.push(makeIndex([await twoLayerImage("amd64"), await twoLayerImage("arm64")]), at("acme/app:v1"));
    await client.push(await twoLayerImage("amd64"), at("acme/app:v2"));
    for (const tag of ["v1", "v2"]) {
      await expect(client.pull(at(`acme/app:${tag}`), { os: "linux", architecture: "s390x" })).rejects.toThrow(
        /for linux\/s390x: it is for linux\/amd64/,
      );
    }
  });

  test("may be a certificate that nobody vouches for, which is said", async () => {
    const authority = await certificateAuthority(temporaryFolder());
    const { client, at, pauses } = await startRegistryScene({ tls: await authority.sign("registry") });
    await expect(client.pull(at("acme/app:v1"))).rejects.toThrow(
      /does not answer: .*certificate.*; name a file with who signed its certificate in NODE_EXTRA_CA_CERTS/,
    );
    expect(pauses).toEqual([]);
  });

  test("may be nothing at all", async () => {
    const { client, pauses } = await startRegistryScene({}, { retries: 1 });
    const host = `127.0.0.1:${await freePort()}`;
    await expect(client.pull(parseReference(`${host}/acme/app`))).rejects.toThrow(
      `cannot pull ${host}/acme/app:latest: ${host} does not answer: connection refused`,
    );
    expect(pauses).toHaveLength(1);
  });
});
