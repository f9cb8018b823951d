import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  fileLayer,
  type Image,
  isIndex,
  makeImage,
  makeIndex,
  parseReference,
  readTarball,
  registry,
  writeTarball,
} from "../../src/xpkg/oci/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { tools } from "../tools/index.js";
import { type Registry as RegistryServer, startRegistry } from "./control-plane/registry.js";

const linux = { os: "linux", architecture: "amd64" };
const run = promisify(execFile);
let crossplane: string;
beforeAll(async () => {
  crossplane = (await tools(["crossplane"])).crossplane;
});

describe("the real registry", () => {
  test("keeps an index, and gives it back", async () => {
    const { host } = await server();
    const index = makeIndex([await image("amd64"), await image("arm64")], { of: "two" });
    const at = parseReference(`${host}/acme/app:v1`);
    const { digest, pushed } = await registry().push(index, at);
    expect(pushed).toHaveLength(4);
    expect(await registry().resolve(at)).toEqual(index.descriptor);
    const pulled = await registry().pull(at);
    expect(isIndex(pulled) && pulled.manifest.equals(index.manifest)).toBe(true);
    const arm = await registry().pull(parseReference(`${host}/acme/app@${digest}`), {
      os: "linux",
      architecture: "arm64",
    });
    expect((await arm.layers[0]?.read())?.equals((await index.images[1]?.layers[0]?.read()) ?? Buffer.alloc(0))).toBe(
      true,
    );
  });

  test("is sent nothing that it has, and mounts what another repository has", async () => {
    const { host } = await server();
    const base = await image("amd64");
    await registry().push(base, parseReference(`${host}/acme/base:v1`));
    expect((await registry().push(base, parseReference(`${host}/acme/base:v2`))).existing).toHaveLength(2);
    const pulled = await registry().pull(parseReference(`${host}/acme/base:v1`), linux);
    const own = await fileLayer([{ type: "file", path: "own", bytes: randomBytes(100) }], { mtime: 0 });
    const made = makeImage({ platform: linux, base: pulled, layers: [own], created: 0 });
    const { mounted, pushed } = await registry().push(made, parseReference(`${host}/acme/app:v1`));
    expect({ mounted: mounted.length, pushed: pushed.length }).toEqual({ mounted: 1, pushed: 2 });
    expect(await registry().tags({ registry: host, repository: "acme/base" })).toEqual(["v1", "v2"]);
  });

  test("takes the rest of a push that broke off when it died", async () => {
    const running = await server();
    const at = parseReference(`${running.host}/acme/app:v1`);
    const whole = await image("amd64", 3);
    const dying = {
      ...whole,
      layers: whole.layers.map((layer, index) => ({
        ...layer,
        read: async () => {
          if (index === 1) await running.server.kill();
          return layer.read();
        },
      })),
    };
    const pause = async () => undefined;
    await expect(registry({ pause, parallel: 1 }).push(dying, at)).rejects.toThrow(
      `cannot push ${at.text}: ${running.host} does not answer`,
    );
    await running.server.start();
    const { existing, pushed } = await registry().push(whole, at);
    expect({ existing: existing.length, pushed: pushed.length }).toEqual({ existing: 1, pushed: 3 });
  });

  test("lets in who has a password", async () => {
    const folder = temporaryFolder({ htpasswd: "me:$2b$05$abcdefghijklmnopqrstuu4uoW5CdSDmY8cLkib7pLDRBlvRVo8Pe\n" });
    const { host } = await server({ auth: { htpasswd: { realm: "test", path: join(folder, "htpasswd") } } });
    const at = parseReference(`${host}/acme/app:v1`);
    const as = (password: string) => ({ source: "a test", find: async () => ({ username: "me", password }) });
    await expect(registry().push(await image("amd64"), at)).rejects.toThrow(
      `401 UNAUTHORIZED: authentication required; there are no credentials for ${host}`,
    );
    await expect(registry({ credentials: as("other") }).push(await image("amd64"), at)).rejects.toThrow(
      `it does not take the credentials for ${host} in a test`,
    );
    expect((await registry({ credentials: as("hush-hush") }).push(await image("amd64"), at)).pushed).toHaveLength(2);
  });
});

describe("the real crossplane CLI", () => {
  test("extracts from an archive that we write", async () => {
    const { path, folder } = await written();
    await run(crossplane, ["xpkg", "extract", "--from-xpkg", path, "-o", join(folder, "out.gz")]);
    expect(gunzipSync(readFileSync(join(folder, "out.gz"))).toString()).toBe(PACKAGE);
  });

  test("pushes an archive that we write, and extracts what we push", async () => {
    const { path, folder, made } = await written();
    const { host } = await server();
    await run(crossplane, ["xpkg", "push", "-f", path, `${host}/acme/theirs:v1`]);
    const theirs = await registry().pull(parseReference(`${host}/acme/theirs:v1`), linux);
    expect(theirs.layers.map(({ descriptor }) => descriptor.digest)).toEqual(
      made.layers.map(({ descriptor }) => descriptor.digest),
    );
    expect(theirs.layers.at(-1)?.descriptor.annotations).toEqual({ "io.crossplane.xpkg": "base" });
    await registry().push(makeIndex([made]), parseReference(`${host}/acme/ours:v1`));
    await run(crossplane, ["xpkg", "extract", `${host}/acme/ours:v1`, "-o", join(folder, "pushed.gz")]);
    expect(gunzipSync(readFileSync(join(folder, "pushed.gz"))).toString()).toBe(PACKAGE);
  });

  test("builds an archive that we read", async () => {
    const folder = temporaryFolder({ "package/crossplane.yaml": PACKAGE });
    await run(crossplane, ["xpkg", "build", "-f", "package", "-o", "theirs.xpkg"], { cwd: folder });
    const theirs = (await readTarball(join(folder, "theirs.xpkg"))) as Image;
    expect(theirs.layers).toHaveLength(1);
    expect(Object.entries(theirs.config.config?.Labels ?? {})).toEqual([
      [`io.crossplane.xpkg:${theirs.layers[0]?.descriptor.digest}`, "base"],
    ]);
    const { host } = await server();
    await registry().push(theirs, parseReference(`${host}/acme/theirs:v1`));
    await run(crossplane, ["xpkg", "extract", `${host}/acme/theirs:v1`, "-o", join(folder, "out.gz")]);
    expect(gunzipSync(readFileSync(join(folder, "out.gz"))).toString()).toContain("kind: Configuration");
  });
});

const PACKAGE = `apiVersion: meta.pkg.crossplane.io/v1
kind: Configuration
metadata:
  name: empty
`;

async function server(more: Readonly<Record<string, unknown>> = {}): Promise<RegistryServer> {
  const running = await startRegistry(join(temporaryFolder(), "registry"), more);
  onTestFinished(() => running.stop());
  return running;
}

/** Two blobs: a layer, and a config. */
async function image(architecture: string, layers = 1): Promise<Image> {
  return makeImage({
    platform: { os: "linux", architecture },
    layers: await Promise.all(
      Array.from({ length: layers }, () =>
        fileLayer([{ type: "file", path: "data", bytes: randomBytes(200_000) }], { mtime: 0 }),
      ),
    ),
    created: 0,
  });
}

/** A package, as an archive. */
async function written(): Promise<{ readonly folder: string; readonly path: string; readonly made: Image }> {
  const folder = temporaryFolder();
  const path = join(folder, "ours.xpkg");
  const stream = await fileLayer([{ type: "file", path: "package.yaml", bytes: PACKAGE }], {
    mtime: 0,
    annotations: { "io.crossplane.xpkg": "base" },
  });
  const base = await image("amd64");
  const made = makeImage({
    platform: linux,
    base,
    layers: [stream],
    labels: { [`io.crossplane.xpkg:${stream.descriptor.digest}`]: "base" },
    created: 0,
  });
  await writeTarball(path, made, "example.org/acme/ours:v1");
  return { folder, path, made };
}
