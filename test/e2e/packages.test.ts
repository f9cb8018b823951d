import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { nodeCommand } from "../../src/xpkg/cached-data/make-cached-data.js";
import { type Inspection } from "../../src/xpkg/inspect.js";
import { registry as client, parseReference, readLayout } from "../../src/xpkg/oci/index.js";
import { objectsIn, type PackageObject } from "../../src/xpkg/package-objects.js";
import { fakeIO } from "../support/fake-io.js";
import { callFunction } from "../support/function-client.js";
import { repository } from "../support/repository.js";
import { tools } from "../tools/index.js";
import { baseImage } from "./base-image/index.js";
import { type Registry, startRegistry } from "./control-plane/registry.js";

// The packages of this repository, built as anybody would, against the real CLI and a real registry.

const execute = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), "trimtab-packages-"));
const built = join(work, "built");
const here = { x64: "amd64", arm64: "arm64" }[process.arch as "x64"] ?? process.arch;
const other = here === "amd64" ? "arm64" : "amd64";
const functionFiles = ["amd64", "arm64"].map((arch) => join(built, `function-bucket-v0.1.0-linux-${arch}.xpkg`));
const configuration = join(built, "configuration-xbucket-v0.1.0.xpkg");
let crossplane: string;
let registry: Registry;
let base: string;
let digests: string;

beforeAll(async () => {
  crossplane = (await tools(["crossplane"])).crossplane;
  registry = await startRegistry(join(work, "registry"));
  base = await baseImage();
  digests = await trimtab("xpkg", "build", "--base", base, "-o", built);
});
afterAll(async () => {
  await registry?.stop();
  rmSync(work, { recursive: true, force: true });
});

async function trimtab(...args: readonly string[]): Promise<string> {
  const io = fakeIO({ cwd: repository });
  expect(await run(args, io), io.text("stderr")).toBe(0);
  return io.text("stdout");
}

const inspected = async (source: string) =>
  JSON.parse(await trimtab("xpkg", "inspect", source, "-o", "json")) as Inspection;
const at = (name: string) => `${registry.host}/trimtab/${name}`;

/** What the real CLI takes for the objects of a package. */
async function realObjects(...args: readonly string[]): Promise<string> {
  const out = join(mkdtempSync(join(work, "extract-")), "out.gz");
  await execute(crossplane, ["xpkg", "extract", ...args, "-o", out]);
  return gunzipSync(readFileSync(out)).toString("utf8");
}

const names = (stream: string) =>
  objectsIn("package.yaml", stream)
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .toSorted();

describe("what is built", () => {
  test("is the same from another path, in other surroundings", async () => {
    const [first, second] = [join(work, "first"), join(work, "elsewhere/in a longer/folder")];
    await copyOfRepository(first);
    cpSync(first, second, { recursive: true, verbatimSymlinks: true });
    const one = await builtIn(first, {});
    const two = await builtIn(second, OTHER_SURROUNDINGS);
    expect(two).toBe(one);
    for (const name of readdirSync(join(first, "out"))) {
      const [a, b] = [first, second].map((copy) => readFileSync(join(copy, "out", name)));
      expect(b !== undefined && a?.equals(b), name).toBe(true);
    }
  });

  test("brings cached data for the platform whose Node ran, and says so", async () => {
    const found = [await inspected(functionFiles[0] ?? ""), await inspected(functionFiles[1] ?? "")];
    const cachedData = Object.fromEntries(
      found.flatMap(({ images }) => images.map((image) => [image.platform, image.cachedData])),
    );
    expect(cachedData).toEqual({ [`linux/${here}`]: expect.stringMatching(/^v24\./), [`linux/${other}`]: undefined });
  });

  test("serves from its own root file system, with its own Node, until it is told to stop", async () => {
    const folder = join(work, "root");
    await trimtab(
      "xpkg",
      "extract",
      join(built, `function-bucket-v0.1.0-linux-${here}.xpkg`),
      "-o",
      folder,
      "--rootfs",
    );
    const [image] = (await inspected(join(built, `function-bucket-v0.1.0-linux-${here}.xpkg`))).images;
    const [node = "", ...args] = image?.entrypoint ?? [];
    const root = join(folder, "rootfs");
    const [command = "", ...loader] = await nodeCommand({ folder: root, node });
    const program = args.map((arg) => (arg.startsWith("/") ? join(root, arg) : arg));
    const child = spawn(command, [...loader, ...program, "--insecure", "--address", "127.0.0.1:0"], { env: {} });
    const lines: string[] = [];
    const serving = new Promise<string>((resolve, reject) => {
      child.stderr.on("data", (data: Buffer) => {
        lines.push(data.toString());
        const address = /"address":"([^"]+)"/.exec(lines.join(""))?.[1];
        if (address !== undefined) resolve(address);
      });
      child.once("exit", (code) => reject(new Error(`exits with ${code}: ${lines.join("")}`)));
    });
    const { meta } = await callFunction(await serving, { meta: { tag: "a-tag" } });
    expect(meta?.tag).toBe("a-tag");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(lines.join("")).not.toContain("function.cache");
  });
});

test("a base of a registry is pulled once, named, and mounted where its layers are", async () => {
  const reference = `${registry.host}/trimtab/base:v1`;
  await client().push(await readLayout(base), parseReference(reference));
  const flags = ["function-connection", "--base", reference, "--platform", `linux/${here}`, "-o", join(work, "based")];
  const said = await trimtab("xpkg", "build", ...flags);
  expect(await trimtab("xpkg", "build", ...flags)).toBe(said);
  const file = join(work, `based/function-connection-v0.1.0-linux-${here}.xpkg`);
  const [image] = (await inspected(file)).images;
  expect(image?.labels["org.opencontainers.image.base.name"]).toBe(reference);
  const pushed = await trimtab("xpkg", "push", "-f", file, `${at("function-connection")}:v0.1.0`);
  expect(pushed).toBe(`${at("function-connection")}@${image?.digest}\n`);
  expect(await realObjects(pushed.trim())).toContain("name: function-connection\n");
});

describe("the real CLI", () => {
  test("reads what we build", async () => {
    const objects = await realObjects("--from-xpkg", functionFiles[0] ?? "");
    expect(names(objects)).toEqual([
      "CustomResourceDefinition inputs.bucket.fn.platform.trimtab.dev",
      "Function function-bucket",
    ]);
    expect(names(await realObjects("--from-xpkg", configuration))).toEqual(
      expect.arrayContaining([
        "Configuration configuration-xbucket",
        "ManagedResourceActivationPolicy configuration-xbucket",
      ]),
    );
  });

  test("makes the same objects of the folders that synth writes", async () => {
    for (const name of readdirSync(join(repository, "package"), { withFileTypes: true }).filter((each) =>
      each.isDirectory(),
    )) {
      const file = join(work, `${name.name}.xpkg`);
      await execute(crossplane, [
        "xpkg",
        "build",
        "--package-root",
        join(repository, "package", name.name),
        "-o",
        file,
      ]);
      const [ours = ""] = readdirSync(built).filter((each) => each.startsWith(`${name.name}-v`));
      const [theirs, own] = [
        await realObjects("--from-xpkg", file),
        await realObjects("--from-xpkg", join(built, ours)),
      ];
      expect(sorted(own)).toEqual(sorted(theirs));
    }
  });

  test("pushes what we build, and we read what it pushed", async () => {
    await execute(crossplane, ["xpkg", "push", "-f", functionFiles.join(","), `${at("function-bucket")}:v0.1.0`]);
    expect(await realObjects(`${at("function-bucket")}:v0.1.0`)).toContain("name: function-bucket\n");
    const found = await inspected(`${at("function-bucket")}:v0.1.0`);
    expect(found.images.map(({ platform }) => platform)).toEqual(["linux/amd64", "linux/arm64"]);
    expect(found.images.map(({ layers }) => layers.at(-1)?.annotation)).toEqual(["base", "base"]);
  });

  test("reads what we push, which has the digests that were said", async () => {
    const said = await trimtab("xpkg", "push", "-f", functionFiles.join(","), `${at("own-bucket")}:v0.1.0`);
    const [, index] = /^(sha256:\S+) {2}function-bucket:v0\.1\.0 /m.exec(digests) ?? [];
    expect(said).toBe(`${at("own-bucket")}@${index}\n`);
    const objects = await realObjects("--from-xpkg", functionFiles[0] ?? "");
    expect(await realObjects(said.trim())).toBe(objects);
    expect(await realObjects(`${at("own-bucket")}:v0.1.0`)).toBe(objects);
  });

  test("builds what we push and look into", async () => {
    const file = join(work, "real.xpkg");
    const root = join(repository, "package/configuration-xbucket");
    await execute(crossplane, ["xpkg", "build", "--package-root", root, "-o", file], { cwd: repository });
    await trimtab("xpkg", "push", "-f", file, `${at("real")}:v0.1.0`);
    const found = await inspected(`${at("real")}:v0.1.0`);
    expect(found).toMatchObject({ kind: "Configuration", name: "configuration-xbucket", crossplane: ">=v2.1.0-0" });
    expect(found.images[0]?.layers.map(({ annotation }) => annotation)).toEqual(["base", "upbound"]);
    expect(names(await realObjects(`${at("real")}:v0.1.0`))).toEqual(
      names(await realObjects("--from-xpkg", configuration)),
    );
  });
});

/** Objects by what they are, since the order of files is nobody's business, and without what Go writes for nothing. */
function sorted(stream: string): readonly object[] {
  const key = ({ kind, metadata }: PackageObject) => `${kind} ${metadata.name}`;
  const objects = objectsIn("package.yaml", stream).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return objects.map(({ status: _, ...object }) => object);
}

const OTHER_SURROUNDINGS = {
  HOME: "/nowhere",
  TZ: "Pacific/Auckland",
  LANG: "de_DE.UTF-8",
  NODE_OPTIONS: "--no-warnings",
};

/** The repository in another folder, compiled there. */
async function copyOfRepository(folder: string): Promise<void> {
  const left = ["node_modules", "dist", ".git", ".trimtab", "test"];
  for (const name of readdirSync(repository).filter((each) => !left.includes(each))) {
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  await execute(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
    cwd: folder,
  });
}

async function builtIn(folder: string, env: Readonly<Record<string, string>>): Promise<string> {
  const args = ["dist/cli/main.js", "xpkg", "build", "--base", base, "-o", "out"];
  const { stdout } = await execute(process.execPath, args, { cwd: folder, env: { PATH: process.env["PATH"], ...env } });
  return stdout;
}
