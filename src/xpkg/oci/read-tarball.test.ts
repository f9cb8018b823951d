import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { compressLayers } from "./compress-layers.js";
import { digestOf, hexOf } from "./digest.js";
import { fileLayer } from "./file-layer.js";
import { type Image } from "./image.js";
import { assemble, makeImage } from "./make-image.js";
import { OCI_INDEX, OCI_LAYER } from "./media-types.js";
import { readTarball } from "./read-tarball.js";
import { packTar } from "./tar.js";

const decoder = new TextDecoder();

/** What is in an archive by path; `-> path` is a link. */
type Files = Readonly<Record<string, string | Buffer>>;

describe("what docker save writes", () => {
  test("with plain layers, under names of their own", async () => {
    const made = await image();
    const read = await readFiles({
      "abc.json": made.configBytes,
      "1/layer.tar": await plain(made, 0),
      "2/layer.tar": await plain(made, 1),
      "manifest.json": JSON.stringify([
        { Config: "abc.json", RepoTags: ["app:v1"], Layers: ["1/layer.tar", "2/layer.tar"] },
      ]),
    });
    expect(read.config).toEqual(made.config);
    expect(read.layers.map(({ descriptor }) => descriptor.digest)).toEqual(made.config.rootfs.diff_ids);
    expect(digestOf((await read.layers[1]?.read()) ?? Buffer.alloc(0))).toBe(made.layers[1]?.diffId);
  });

  test("with a layer that is there twice as a link", async () => {
    const made = await image();
    const read = await readFiles({
      "abc.json": made.configBytes,
      "1/layer.tar": "-> ../2/layer.tar",
      "2/layer.tar": await plain(made, 0),
      "manifest.json": JSON.stringify([{ Config: "abc.json", Layers: ["1/layer.tar", "2/layer.tar"] }]),
    });
    expect(read.layers[0]?.descriptor).toEqual(read.layers[1]?.descriptor);
  });

  test("with an index that names images which are not there", async () => {
    const made = await image();
    const absent = { mediaType: OCI_INDEX, digest: digestOf(Buffer.from("absent")), size: 6 };
    const read = await readFiles({
      "index.json": JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [absent] }),
      "abc.json": made.configBytes,
      "1.tar": await plain(made, 0),
      "2.tar": await plain(made, 1),
      "manifest.json": JSON.stringify([{ Config: "abc.json", Layers: ["1.tar", "2.tar"] }]),
    });
    expect(read.config).toEqual(made.config);
  });

  test("with an index that has all, whose manifest is then kept", async () => {
    const made = await image();
    const read = await readFiles({ ...(await layout(made)), "manifest.json": "[]" });
    expect(read.descriptor).toEqual(made.descriptor);
  });

  test("takes less once its layers are compressed, and is the same to a container", async () => {
    const made = await image();
    const bare = assemble(made.platform, made.config, await Promise.all(made.layers.map(unzipped)), {});
    const packed = await compressLayers(bare);
    expect(packed.config).toEqual(made.config);
    expect(packed.layers.map(({ descriptor }) => descriptor)).toEqual(made.layers.map(({ descriptor }) => descriptor));
    expect(await compressLayers(packed)).toBe(packed);
  });
});

describe("what is refused", () => {
  const archives: Record<string, { files: Files; error: string; reason: string }> = {
    "another archive": { files: { "a.txt": "" }, error: "neither index.json nor manifest.json", reason: "no image" },
    "several images": {
      files: {
        "manifest.json": JSON.stringify([
          { Config: "a", Layers: [] },
          { Config: "b", Layers: [] },
        ]),
      },
      error: "it holds 2 images",
      reason: "which one is meant",
    },
    "a layer that is missing": {
      files: {
        "manifest.json": JSON.stringify([{ Config: "c.json", Layers: ["none.tar"] }]),
        "c.json": JSON.stringify({ os: "linux", architecture: "amd64", rootfs: { diff_ids: [] } }),
      },
      error: "there is no none.tar in it",
      reason: "half an image is none",
    },
    "layers that the config does not tell of": {
      files: {
        "manifest.json": JSON.stringify([{ Config: "c.json", Layers: ["l.tar"] }]),
        "c.json": JSON.stringify({ os: "linux", architecture: "amd64", rootfs: { diff_ids: [] } }),
        "l.tar": "x",
      },
      error: "its manifest has 1 layers, and its config 0 diff_ids",
      reason: "as containerd does",
    },
    "links in a circle": {
      files: { "manifest.json": "-> manifest.json" },
      error: "neither",
      reason: "it would never end",
    },
  };
  test.each(Object.entries(archives))("%s", async (_, { files, error }) => {
    await expect(readFiles(files)).rejects.toThrow(error);
  });

  test("what is no archive", async () => {
    const folder = temporaryFolder({ "x.xpkg": "x".repeat(2000) });
    await expect(readTarball(join(folder, "x.xpkg"))).rejects.toThrow("it has to be a tar archive that is whole");
    await expect(readTarball(join(folder, "none"))).rejects.toThrow("none: no such file or directory");
  });

  test("a document that is both an image and an index", async () => {
    const made = await image();
    const both = Buffer.from(JSON.stringify({ ...JSON.parse(decoder.decode(made.manifest)), manifests: [] }));
    const twofold = {
      ...made,
      manifest: both,
      descriptor: { ...made.descriptor, digest: digestOf(both), size: both.length },
    };
    await expect(readFiles(await layout(twofold))).rejects.toThrow("its manifest is not one of an image");
  });
});

async function readFiles(files: Files): Promise<Image> {
  const path = join(temporaryFolder(), "image.tar");
  const archive = packTar(async ({ add }) => {
    for (const [name, content] of Object.entries(files)) {
      const text = content.toString("latin1");
      const mtime = new Date(0);
      if (text.startsWith("-> ")) await add({ name, mtime, type: "symlink", linkname: text.slice(3) });
      if (!text.startsWith("-> ")) await add({ name, mtime }, Buffer.from(content));
    }
  });
  await pipeline(archive, createWriteStream(path));
  return (await readTarball(path)) as Image;
}

async function image(): Promise<Image> {
  const layers = await Promise.all(
    ["one", "two"].map((path) => fileLayer([{ type: "file", path, bytes: path.repeat(999) }], { mtime: 0 })),
  );
  return makeImage({ platform: { os: "linux", architecture: "amd64" }, layers, created: 0 });
}

async function plain({ layers }: Image, index: number): Promise<Buffer> {
  return gunzipSync((await layers[index]?.read()) ?? Buffer.alloc(0));
}

async function unzipped(layer: Image["layers"][number]): Promise<Image["layers"][number]> {
  const bytes = gunzipSync(await layer.read());
  const descriptor = { mediaType: OCI_LAYER, digest: digestOf(bytes), size: bytes.length };
  return { ...layer, descriptor, read: async () => bytes };
}

async function layout(image: Image): Promise<Files> {
  const blobs = [image.manifest, image.configBytes, ...(await Promise.all(image.layers.map(({ read }) => read())))];
  const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [image.descriptor] };
  return {
    "index.json": JSON.stringify(index),
    ...Object.fromEntries(blobs.map((bytes) => [`blobs/sha256/${hexOf(digestOf(bytes))}`, bytes])),
  };
}
