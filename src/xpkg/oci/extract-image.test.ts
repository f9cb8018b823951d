import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import * as zlib from "node:zlib";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { describe as describeBytes, digestOf } from "./digest.js";
import { extractImage } from "./extract-image.js";
import { type Image, type Layer } from "./image.js";
import { makeImage } from "./make-image.js";
import { OCI_LAYER } from "./media-types.js";
import { type PackedHeader, packTar } from "./tar.js";

describe("the root file system of an image", () => {
  test("is its layers, one over the other", async () => {
    const root = await extracted([
      [dir("etc"), file("etc/a", "lower"), file("etc/b", "lower"), dir("opt"), file("opt/x"), file("opt/y/z")],
      [file("etc/a", "upper"), file("etc/.wh.b"), file("opt/.wh..wh..opq"), file("opt/y/new")],
    ]);
    expect(filesOf(root)).toEqual(["etc/a", "opt/y/new"]);
    expect(readFileSync(join(root, "etc/a"), "utf8")).toBe("upper");
  });

  test("keeps what one layer writes into a folder that it makes opaque, in any order", async () => {
    const root = await extracted([[file("opt/old")], [file("opt/new"), file("opt/.wh..wh..opq"), file("opt/newer")]]);
    expect(filesOf(root)).toEqual(["opt/new", "opt/newer"]);
  });

  test("has the modes that the layers say, set-id bits aside", async () => {
    const root = await extracted([
      [{ ...dir("locked"), mode: 0o555 }, file("locked/f", "x"), { ...dir("tmp"), mode: 0o1777 }],
      [{ ...file("bin/su", "x"), mode: 0o4755 }],
    ]);
    expect(["locked", "tmp", "bin/su"].map((path) => statSync(join(root, path)).mode & 0o7777)).toEqual([
      0o555, 0o1777, 0o755,
    ]);
  });

  test("is written through the links that a lower layer made", async () => {
    const root = await extracted([[dir("usr/lib"), link("lib", "usr/lib")], [file("lib/libc.so", "c")]]);
    expect(readFileSync(join(root, "usr/lib/libc.so"), "utf8")).toBe("c");
    expect(readlinkSync(join(root, "lib"))).toBe("usr/lib");
  });

  test("has hard links", async () => {
    const root = await extracted([[file("a", "x"), { name: "b", mtime, type: "link", linkname: "a" }]]);
    expect(statSync(join(root, "a")).ino).toBe(statSync(join(root, "b")).ino);
  });

  test("has a file where a folder was, and the other way round", async () => {
    const root = await extracted([
      [file("a/b"), file("c")],
      [file("a", "file"), dir("c"), file("c/d")],
    ]);
    expect(filesOf(root)).toEqual(["a", "c/d"]);
  });

  const links: Record<string, { entries: readonly Entry[]; at: string; says: string; reason: string }> = {
    absolute: {
      entries: [link("etc/alternatives/awk", "/usr/bin/mawk")],
      at: "etc/alternatives/awk",
      says: "../../usr/bin/mawk",
      reason: "the root of the image is this folder",
    },
    "above the root": { entries: [link("x", "../../etc/passwd")], at: "x", says: "etc/passwd", reason: "/.. is /" },
    "above the root, through a folder": {
      entries: [link("a", "/"), link("x/y", "../a/../../etc")],
      at: "x/y",
      says: "../etc",
      reason: "two links, each of which stays inside, do not lead out together",
    },
    "hard, to a link at another depth": {
      entries: [file("f"), link("a/b/c", "../../f"), { name: "h", mtime, type: "link", linkname: "a/b/c" }],
      at: "h",
      says: "f",
      reason: "its text would be read from elsewhere",
    },
    "to its own folder": { entries: [link("a/self", ".")], at: "a/self", says: ".", reason: "Debian has such links" },
  };
  test.each(Object.entries(links))("keeps a link inside: %s", async (_, { entries, at, says }) => {
    expect(readlinkSync(join(await extracted([entries]), at))).toBe(says);
  });

  test("is not written through a link that leads out", async () => {
    const outside = temporaryFolder();
    const root = await extracted([[link("out", outside), file("out/evil", "x")]]);
    expect(readdirSync(outside)).toEqual([]);
    expect(readFileSync(join(root, outside, "evil"), "utf8")).toBe("x");
  });

  test("is read from zstd, where Node can", async () => {
    const { layers, ...rest } = await image([[file("a", "x")]]);
    const packed = await Promise.all(
      layers.map(async (layer) => withBytes(layer, async () => zstdOf(gunzipSync(await layer.read())))),
    );
    const folder = join(temporaryFolder(), "root");
    const done = extractImage({ ...rest, layers: await Promise.all(packed.map(settled)) }, folder);
    if (!("createZstdDecompress" in zlib)) return expect(done).rejects.toThrow("which Node reads from 22.15 on");
    await done;
    expect(filesOf(folder)).toEqual(["a"]);
  });

  test("has nothing of devices", async () => {
    expect(filesOf(await extracted([[{ name: "dev/null", mtime, type: "character-device" }, file("x")]]))).toEqual([
      "x",
    ]);
  });
});

describe("what is refused", () => {
  const archives: Record<string, { entries: readonly Entry[]; error: string; reason: string }> = {
    "a path above the root": {
      entries: [file("../evil")],
      error: "leads out",
      reason: "it would be written elsewhere",
    },
    "a path above the root further on": { entries: [file("a/../../evil")], error: "leads out", reason: "likewise" },
    "a hard link out": {
      entries: [{ name: "x", mtime, type: "link", linkname: "../../../etc/passwd" }],
      error: "x leads out of the image to ../../../etc/passwd",
      reason: "it would share a file of the machine",
    },
    "a hard link to an absolute path": {
      entries: [{ name: "x", mtime, type: "link", linkname: "/etc/passwd" }],
      error: "x is a link to /etc/passwd, which is not there",
      reason: "it means the image's own file",
    },
    "a file below a file": { entries: [file("a"), file("a/b")], error: "a is a file", reason: "as containerd does" },
    "links in a circle": {
      entries: [link("a", "b"), link("b", "a"), file("a/x")],
      error: "more than 255",
      reason: "it would never end",
    },
    "a whiteout of the folder itself": {
      entries: [file("a/.wh..")],
      error: "whiteout of nothing",
      reason: "as containerd",
    },
  };
  test.each(Object.entries(archives))("%s", async (_, { entries, error }) => {
    await expect(extracted([entries])).rejects.toThrow(error);
  });

  const layers: Record<string, { change: (layer: Layer) => Layer; error: string; reason: string }> = {
    "other bytes": {
      change: (layer) => ({ ...layer, read: async () => Buffer.from((await layer.read()).map((byte) => byte ^ 1)) }),
      error: "its digest is sha256:",
      reason: "a registry or disk may change what it keeps",
    },
    "another diff_id": {
      change: (layer) => ({ ...layer, diffId: digestOf(Buffer.from("other")) }),
      error: "it unpacks to sha256:",
      reason: "the config is what is signed for",
    },
    "gzip that is cut off": {
      change: (layer) => withBytes(layer, async () => (await layer.read()).subarray(0, -20)),
      error: "unexpected end of file",
      reason: "half a layer is none",
    },
    "an archive that is cut off": {
      change: (layer) => withBytes(layer, async () => Buffer.from("x".repeat(700))),
      error: "Invalid tar header",
      reason: "half a layer is none",
    },
  };
  test.each(Object.entries(layers))("%s, and nothing is left", async (_, { change, error }) => {
    const folder = join(temporaryFolder(), "root");
    const made = await image([[file("a", "x".repeat(5000))]]);
    const [layer] = made.layers;
    if (layer === undefined) throw new Error("no layer");
    const changed = await settled(change(layer));
    await expect(extractImage({ ...made, layers: [changed] }, folder)).rejects.toThrow(error);
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(join(folder, ".."))).toEqual([]);
  });

  test("a folder that has something in it", async () => {
    const folder = temporaryFolder({ mine: "" });
    await expect(extractImage(await image([[file("a")]]), folder)).rejects.toThrow("directory not empty");
    expect(readdirSync(folder)).toEqual(["mine"]);
  });
});

type Entry = PackedHeader & { readonly text?: string };

const mtime = new Date(0);

function file(name: string, text = ""): Entry {
  return { name, mtime, text };
}

function dir(name: string): Entry {
  return { name: `${name}/`, mtime, type: "directory", mode: 0o755 };
}

function link(name: string, linkname: string): Entry {
  return { name, mtime, type: "symlink", linkname };
}

async function extracted(layers: readonly (readonly Entry[])[]): Promise<string> {
  const folder = join(temporaryFolder(), "root");
  mkdirSync(folder);
  await extractImage(await image(layers), folder);
  return folder;
}

async function image(layers: readonly (readonly Entry[])[]): Promise<Image> {
  return makeImage({
    platform: { os: "linux", architecture: "amd64" },
    layers: await Promise.all(layers.map(layerOf)),
    created: 0,
  });
}

async function layerOf(entries: readonly Entry[], index: number): Promise<Layer> {
  const archive = packTar(async ({ add }) => {
    for (const { text, ...header } of entries) {
      await add(header, header.type === undefined ? Buffer.from(text ?? "") : undefined);
    }
  });
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part);
  const plain = Buffer.concat(parts);
  // Both forms of storing a layer.
  const bytes = index % 2 === 0 ? gzipSync(plain) : plain;
  return { descriptor: describeBytes(bytes, OCI_LAYER), diffId: digestOf(plain), read: async () => bytes };
}

function withBytes(layer: Layer, read: () => Promise<Buffer>): Layer {
  return { ...layer, read };
}

/** A frame with one block that is not compressed (RFC 8878, 3.1.1). */
function zstdOf(bytes: Buffer): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x60, 0, 0, 0, 0, 0]);
  header.writeUInt16LE(bytes.length - 256, 5);
  header.writeUIntLE((bytes.length << 3) | 1, 7, 3);
  return Buffer.concat([header, bytes]);
}

/** A layer whose digest is that of its bytes. */
async function settled(layer: Layer): Promise<Layer> {
  const bytes = await layer.read();
  const isFlipped = bytes.length === layer.descriptor.size;
  return isFlipped ? layer : { ...layer, descriptor: describeBytes(bytes, OCI_LAYER) };
}

function filesOf(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => lstatSync(join(root, path)).isFile())
    .sort();
}
