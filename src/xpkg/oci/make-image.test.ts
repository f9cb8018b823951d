import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { digestOf } from "./digest.js";
import { type FileEntry, fileLayer } from "./file-layer.js";
import { type Image, isIndex } from "./image.js";
import { readLayout, writeLayout } from "./layout.js";
import { makeImage, makeIndex } from "./make-image.js";
import { imageFor } from "./platform.js";
import { readTarball } from "./read-tarball.js";
import { readTar } from "./tar.js";
import { writeTarball } from "./write-tarball.js";

const main: FileEntry = { type: "file", path: "app/main.js", bytes: "start()", mode: 0o755 };
const link: FileEntry = { type: "symlink", path: "bin", target: "usr/bin" };
const home: FileEntry = { type: "directory", path: "home/nonroot", uid: 65532, gid: 65532, mode: 0o700 };

describe("a layer of files", () => {
  test("is the same bytes whatever the order of its entries", async () => {
    const one = await fileLayer([main, link, home], { mtime: 7 });
    const other = await fileLayer([home, main, link], { mtime: 7 });
    expect(other.descriptor).toEqual(one.descriptor);
    expect(await other.read()).toEqual(await one.read());
    expect(one.diffId).toBe(digestOf(gunzipSync(await one.read())));
  });

  test("says who owns what, with the folders that lead there", async () => {
    const layer = await fileLayer([main, link, home], { mtime: 7 });
    expect(await listed(gunzipSync(await layer.read()))).toEqual([
      "directory app/ 755 0:0 7",
      "file app/main.js 755 0:0 7",
      "symlink bin 777 0:0 7 usr/bin",
      "directory home/ 755 0:0 7",
      "directory home/nonroot/ 700 65532:65532 7",
    ]);
  });

  const refused: Record<string, { entries: readonly FileEntry[]; error: string; reason: string }> = {
    absolute: { entries: [file("/etc/passwd")], error: "write a path below the root", reason: "one spelling a path" },
    "above the root": { entries: [file("../x")], error: "write a path below the root", reason: "it leads out" },
    twice: {
      entries: [file("a"), file("a")],
      error: "two entries for a",
      reason: "which one counts is left to readers",
    },
    "below a file": { entries: [file("a"), file("a/b")], error: "below a, which is a file", reason: "cannot be both" },
  };
  test.each(Object.entries(refused))("is refused: %s", async (_, { entries, error }) => {
    await expect(fileLayer(entries, { mtime: 0 })).rejects.toThrow(error);
  });
});

describe("an image", () => {
  test("is the same bytes when it is made again", async () => {
    expect((await image()).manifest).toEqual((await image()).manifest);
  });

  test("stands on its base", async () => {
    const base = await image();
    const layer = await fileLayer([file("more")], { mtime: 0, annotations: { "io.crossplane.xpkg": "base" } });
    const made = makeImage({
      platform: base.platform,
      base,
      layers: [layer],
      created: 60,
      config: { Cmd: ["serve"] },
      labels: { b: "2" },
    });
    expect(made.layers.map(({ diffId }) => diffId)).toEqual([base.layers[0]?.diffId, layer.diffId]);
    expect(made.config).toMatchObject({
      created: "1970-01-01T00:01:00Z",
      config: { User: "2000", Cmd: ["serve"], Labels: { a: "1", b: "2" } },
    });
    expect(JSON.parse(made.manifest.toString()).layers[1].annotations).toEqual({ "io.crossplane.xpkg": "base" });
  });

  test("does not stand on a base of another platform", async () => {
    const base = await image();
    expect(() => makeImage({ platform: { os: "linux", architecture: "s390x" }, base, layers: [], created: 0 })).toThrow(
      "cannot make an image for linux/s390x on a base for linux/amd64",
    );
  });

  test("of an index is chosen by platform", async () => {
    const index = makeIndex([await image("amd64"), await image("arm64")]);
    expect(imageFor(index, { os: "linux", architecture: "arm64" }, "x").platform.architecture).toBe("arm64");
    expect(() => imageFor(index, { os: "linux", architecture: "s390x" }, "node:24")).toThrow(
      "cannot use node:24 for linux/s390x: it is for linux/amd64, linux/arm64",
    );
  });
});

describe("an image layout", () => {
  test("gives an index back as it was written", async () => {
    const folder = temporaryFolder();
    const index = makeIndex([await image("amd64"), await image("arm64")], { of: "two" });
    await writeLayout(folder, index);
    const read = await readLayout(folder);
    if (!isIndex(read)) throw new Error("not an index");
    expect(read.descriptor).toEqual(index.descriptor);
    expect(read.annotations).toEqual({ of: "two" });
    expect(read.images.map(({ configBytes }) => configBytes)).toEqual(
      index.images.map(({ configBytes }) => configBytes),
    );
    expect(await read.images[1]?.layers[0]?.read()).toEqual(await index.images[1]?.layers[0]?.read());
  });

  test("that is none is named", async () => {
    await expect(readLayout("/nowhere")).rejects.toThrow("cannot read /nowhere/index.json: no such file or directory");
  });
});

describe("a tarball", () => {
  test("gives an image back as it was written", async () => {
    const path = join(temporaryFolder(), "x.xpkg");
    const made = await image();
    await writeTarball(path, made, "example.org/x:1");
    const read = (await readTarball(path)) as Image;
    expect(read.descriptor).toEqual(made.descriptor);
    expect(await read.layers[0]?.read()).toEqual(await made.layers[0]?.read());
  });

  test("is the same bytes wherever it is written", async () => {
    const [one, other] = [join(temporaryFolder(), "a"), join(temporaryFolder(), "b")];
    await writeTarball(one, await image());
    await writeTarball(other, await image());
    expect(readFileSync(other)).toEqual(readFileSync(one));
  });
});

async function image(architecture = "amd64"): Promise<Image> {
  const layer = await fileLayer([main], { mtime: 0 });
  return makeImage({
    platform: { os: "linux", architecture },
    layers: [layer],
    config: { User: "2000", Entrypoint: ["/bin/node"], Labels: { a: "1" } },
    created: 0,
  });
}

function file(path: string): FileEntry {
  return { type: "file", path, bytes: path };
}

async function listed(archive: Buffer): Promise<readonly string[]> {
  const lines: string[] = [];
  await readTar([Readable.from([archive])], ({ type, name, mode, uid, gid, mtime, linkname }) => {
    const target = linkname === null ? "" : ` ${linkname}`;
    lines.push(`${type} ${name} ${mode.toString(8)} ${uid}:${gid} ${mtime.getTime() / 1000}${target}`);
  });
  return lines;
}
