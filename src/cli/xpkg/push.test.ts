import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FakeIO, fakeIO } from "../../../test/support/fake-io.js";
import { startFakeRegistry } from "../../../test/support/fake-registry.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { configurationImage } from "../../xpkg/configuration-image.js";
import { functionImage } from "../../xpkg/function-image.js";
import { fileLayer, makeImage, makeIndex, type Platform, writeTarball } from "../../xpkg/oci/index.js";
import { run } from "../run.js";

const amd64 = { os: "linux", architecture: "amd64" };
const arm64 = { os: "linux", architecture: "arm64" };
const labels = { "org.opencontainers.image.version": "1.0.0" };
const metadata = (kind: string, name: string) =>
  `apiVersion: meta.pkg.crossplane.io/v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`;

async function functionFor(platform: Platform, name = "function-lamp", more: Readonly<Record<string, string>> = {}) {
  const layer = await fileLayer([{ type: "file", path: "nodejs/bin/node", bytes: "" }], { mtime: 0 });
  const base = makeImage({ platform, layers: [layer], created: 0 });
  const made = { base, node: ["node"], program: "", files: {}, created: 0 };
  return functionImage({ ...made, objects: metadata("Function", name), labels: { ...labels, ...more } });
}

const configuration = () =>
  configurationImage({ objects: metadata("Configuration", "lamps"), examples: undefined, labels, created: 0 });

async function pushed(cwd: string, ...args: readonly string[]): Promise<{ code: number; io: FakeIO }> {
  const io = fakeIO({ cwd });
  return { code: await run(["xpkg", "push", ...args], io), io };
}

describe("trimtab xpkg push", () => {
  test("pushes the only file of a folder, and prints its reference", async () => {
    const { host, manifests } = await startFakeRegistry();
    const cwd = temporaryFolder();
    const image = await configuration();
    await writeTarball(join(cwd, "lamps.xpkg"), image);
    const { code, io } = await pushed(cwd, `${host}/acme/lamps:v1.0.0`);
    expect({ code, out: io.text("stdout"), err: io.text("stderr") }).toEqual({
      code: 0,
      out: `${host}/acme/lamps@${image.descriptor.digest}\n`,
      err: "",
    });
    expect(manifests.get("acme/lamps:v1.0.0")?.bytes.equals(image.manifest)).toBe(true);
  });

  test("pushes several files of one package as an index", async () => {
    const { host, manifests } = await startFakeRegistry();
    const cwd = temporaryFolder();
    const images = [await functionFor(amd64), await functionFor(arm64)];
    for (const image of images) await writeTarball(join(cwd, `${image.platform.architecture}.xpkg`), image);
    const index = makeIndex(images);
    for (const files of [
      ["-f", "amd64.xpkg,arm64.xpkg"],
      ["-f", "amd64.xpkg", "--package-files=arm64.xpkg"],
    ]) {
      const { io } = await pushed(cwd, ...files, `${host}/acme/lamp:v1.0.0`);
      expect(io.text("stdout")).toBe(`${host}/acme/lamp@${index.descriptor.digest}\n`);
    }
    expect(manifests.get("acme/lamp:v1.0.0")?.bytes.equals(index.manifest)).toBe(true);
  });

  test("takes layers from the repository of the base, and from those that are named", async () => {
    const registry = await startFakeRegistry();
    const cwd = temporaryFolder();
    const base = `${registry.host}/acme/base:v1`;
    const image = await functionFor(amd64, "function-lamp", { "org.opencontainers.image.base.name": base });
    await writeTarball(join(cwd, "lamp.xpkg"), image);
    await pushed(cwd, `${registry.host}/acme/lamp:v1.0.0`, "--mount-from", "acme/other");
    for (const repository of ["base", "other"]) {
      expect(registry.count(new RegExp(`POST .*mount=.*from=acme(%2F|/)${repository}`)), repository).toBeGreaterThan(0);
    }
  });

  test("says that a tag is no version", async () => {
    const { host } = await startFakeRegistry();
    const cwd = temporaryFolder();
    await writeTarball(join(cwd, "lamps.xpkg"), await configuration());
    const { code, io } = await pushed(cwd, `${host}/acme/lamps:latest`);
    expect(code).toBe(0);
    expect(io.text("stderr")).toBe(
      `trimtab: ${host}/acme/lamps:latest: Crossplane finds a dependency by tags that are versions, such as v1.0.0\n`,
    );
  });

  const refused: Readonly<
    Record<
      string,
      { files: Readonly<Record<string, () => Promise<unknown>>>; args?: string; code?: number; says: RegExp }
    >
  > = {
    "a folder without a package": {
      files: {},
      code: 80,
      says: /the flag -f is missing, and there is no \.xpkg in this/,
    },
    "a folder with two": {
      files: { "a.xpkg": configuration, "b.xpkg": configuration },
      code: 80,
      says: /the flag -f is missing, and there are 2 of them in this folder/,
    },
    "a file that is not there": { files: {}, args: "-f no.xpkg", says: /cannot read no\.xpkg: there is no such file/ },
    "two packages at once": {
      files: { "a.xpkg": () => functionFor(amd64), "b.xpkg": () => functionFor(arm64, "function-chair") },
      args: "-f a.xpkg,b.xpkg",
      says: /cannot push a\.xpkg and b\.xpkg as one: they are Function function-lamp 1\.0\.0 and Function function-chair/,
    },
    "two files for one platform": {
      files: { "a.xpkg": () => functionFor(amd64), "b.xpkg": () => functionFor(amd64) },
      args: "-f a.xpkg,b.xpkg",
      says: /cannot make an index with two images for linux\/amd64/,
    },
    "an image that is no package": {
      files: { "a.xpkg": async () => makeImage({ platform: amd64, layers: [], created: 0 }) },
      says: /cannot push a\.xpkg: it has no package\.yaml, and so is no package of Crossplane's/,
    },
  };
  test.each(Object.entries(refused))("refuses %s", async (_, { files, args = "", code = 1, says }) => {
    const { host, requests } = await startFakeRegistry();
    const cwd = temporaryFolder();
    for (const [name, make] of Object.entries(files)) {
      await writeTarball(join(cwd, name), (await make()) as Parameters<typeof writeTarball>[1]);
    }
    const found = await pushed(cwd, ...args.split(" ").filter(Boolean), `${host}/acme/lamp:v1.0.0`);
    expect(found.io.text("stderr")).toMatch(says);
    expect(found.code).toBe(code);
    expect(requests).toEqual([]);
  });
});

describe("trimtab xpkg inspect", () => {
  test("says what a package of a registry is, in text and in JSON", async () => {
    const { host } = await startFakeRegistry();
    const cwd = temporaryFolder();
    for (const platform of [amd64, arm64]) {
      await writeTarball(join(cwd, `${platform.architecture}.xpkg`), await functionFor(platform));
    }
    await pushed(cwd, "-f", "amd64.xpkg,arm64.xpkg", `${host}/acme/lamp:v1.0.0`);
    const [text, json] = [fakeIO({ cwd }), fakeIO({ cwd })];
    expect(await run(["xpkg", "inspect", `${host}/acme/lamp:v1.0.0`], text), text.text("stderr")).toBe(0);
    expect(await run(["xpkg", "inspect", `${host}/acme/lamp:v1.0.0`, "-o", "json"], json)).toBe(0);
    for (const words of [
      "Function function-lamp\n",
      "linux/amd64  sha256:",
      "linux/arm64  ",
      "  user: 2000\n",
      "  cached data: none\n",
    ]) {
      expect(text.text("stdout")).toContain(words);
    }
    expect(JSON.parse(json.text("stdout"))).toMatchObject({
      kind: "Function",
      name: "function-lamp",
      images: [
        { platform: "linux/amd64", user: "2000", entrypoint: ["node", "--max-semi-space-size=8", "/function/main.js"] },
        { platform: "linux/arm64" },
      ],
    });
  });

  test("reads packages that other tools made, and older metadata", async () => {
    const old = `${metadata("Configuration", "old")}spec:\n  dependsOn:\n  - {provider: acme/provider, version: v1}\n`;
    const layer = await fileLayer([{ type: "file", path: "package.yaml", bytes: old }], { mtime: 0 });
    const cwd = temporaryFolder();
    await writeTarball(join(cwd, "old.xpkg"), makeImage({ platform: amd64, layers: [layer], created: 0 }));
    const io = fakeIO({ cwd });
    expect(await run(["xpkg", "inspect", "old.xpkg"], io), io.text("stderr")).toBe(0);
    expect(io.text("stdout")).toContain("Configuration old\n  depends on:\n    Provider acme/provider v1\n");
  });

  test("refuses what is no package", async () => {
    const cwd = temporaryFolder();
    await writeTarball(join(cwd, "a.tar"), makeImage({ platform: amd64, layers: [], created: 0 }));
    const io = fakeIO({ cwd });
    expect(await run(["xpkg", "inspect", "a.tar"], io)).toBe(1);
    expect(io.text("stderr")).toBe(
      "trimtab: cannot inspect a.tar: it has no package.yaml, and so is no package of Crossplane's\n",
    );
  });
});
