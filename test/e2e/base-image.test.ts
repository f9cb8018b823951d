import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { extractImage, imageFor, isIndex, platformText, readLayout } from "../../src/xpkg/oci/index.js";
import { baseImage } from "./base-image/index.js";
import { NODE_VERSION } from "./base-image/recipe.js";

const machines = [
  { architecture: "amd64", elf: 0x3e, linker: "lib64/ld-linux-x86-64.so.2" },
  { architecture: "arm64", elf: 0xb7, linker: "lib/ld-linux-aarch64.so.1" },
];

describe.each(machines)("the base image for $architecture", ({ architecture, elf, linker }) => {
  let root: string;
  beforeAll(async () => {
    root = join(await mkdtemp(join(tmpdir(), "trimtab-base-")), "root");
    await extractImage(await image(architecture), root, { owners: true });
  });
  afterAll(() => rm(join(root, ".."), { recursive: true, force: true }));

  test("has programs of that machine", async () => {
    for (const program of ["nodejs/bin/node", linker]) {
      // e_machine of an ELF header.
      expect((await readFile(join(root, program))).readUInt16LE(18), program).toBe(elf);
    }
  });

  test("has neither a shell nor a package manager", async () => {
    const names = await readdir(root, { recursive: true });
    expect(names.filter((name) => /(^|\/)(s?bin\/(?!node$)|share\/doc|include\/|npm)/.test(name))).toEqual([]);
  });

  test("has a folder for temporary files, that anybody may write to", async () => {
    expect(((await stat(join(root, "tmp"))).mode & 0o7777).toString(8)).toBe("1777");
  });

  test("runs Node as nobody in particular", async () => {
    const { config } = (await image(architecture)).config;
    expect(config).toMatchObject({ User: "65532", Entrypoint: ["/nodejs/bin/node"], WorkingDir: "/" });
    expect(config?.Env?.[0]).toMatch(/^PATH=\/nodejs\/bin:/);
  });
});

test("the base image runs on this machine", async () => {
  const program = `
    const tls = require("node:tls"), fs = require("node:fs");
    const authorities = fs.readFileSync("/etc/ssl/certs/ca-certificates.crt", "utf8");
    console.log(JSON.stringify([
      process.version,
      authorities.split("BEGIN CERTIFICATE").length > 100,
      typeof tls.createSecureContext({ ca: authorities }),
      new Intl.DateTimeFormat("de", { month: "long", timeZone: "Asia/Tokyo" }).format(0),
    ]));`;
  const folder = await mkdtemp(join(tmpdir(), "trimtab-base-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const root = join(folder, "root");
  await extractImage(await image(process.arch === "x64" ? "amd64" : process.arch), root, { owners: true });
  const args = ["--userspec=65532:65532", root, "/nodejs/bin/node", "-e", program];
  const { stdout } = await promisify(execFile)("chroot", args);
  expect(JSON.parse(stdout)).toEqual([`v${NODE_VERSION}`, true, "object", "Januar"]);
});

test("the base image is one index of all of its platforms", async () => {
  const index = await readLayout(await baseImage());
  const images = isIndex(index) ? index.images : [];
  expect(images.map(({ platform }) => platformText(platform))).toEqual(["linux/amd64", "linux/arm64"]);
});

async function image(architecture: string) {
  return imageFor(await readLayout(await baseImage()), { os: "linux", architecture }, "the base image");
}
