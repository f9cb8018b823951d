import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type FakeRegistryOptions, type Fault, startFakeRegistry } from "../../../test/support/fake-registry.js";
import { freePort } from "../../../test/tools/port.js";
import { type Credential, type Credentials } from "./credentials.js";
import { digestOf } from "./digest.js";
import { fileLayer } from "./file-layer.js";
import { type Image, isIndex } from "./image.js";
import { makeImage, makeIndex } from "./make-image.js";
import { parseReference } from "./reference.js";
import { type RegistryOptions, registry } from "./registry.js";

const linux = { os: "linux", architecture: "amd64" };

describe("a push and a pull", () => {
  test("of an image give it back", async () => {
    const { client, at } = await start();
    const made = await image();
    const { digest, pushed } = await client.push(made, at("acme/app:v1"));
    expect(digest).toBe(made.descriptor.digest);
    expect(pushed).toHaveLength(3);
    const pulled = await client.pull(at("acme/app:v1"), linux);
    expect(pulled.descriptor).toEqual(made.descriptor);
    await expectSameLayers(pulled, made);
  });

  test("of an index give it back, with what both images share sent once", async () => {
    const { client, at, fake } = await start();
    const shared = await fileLayer([{ type: "file", path: "shared", bytes: randomBytes(1000) }], { mtime: 0 });
    const index = makeIndex([await image("amd64", shared), await image("arm64", shared)]);
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
    const { client, at, fake } = await start();
    const made = await image();
    for (const tag of ["v1", "v2", "v3"]) await client.push(made, at(`acme/app:${tag}`));
    expect(await client.resolve(at("acme/app:v2"))).toEqual(made.descriptor);
    expect(await client.tags(at("acme/app"))).toEqual(["v1", "v2", "v3"]);
    expect(await client.tags(at("acme/nothing"))).toEqual([]);
    expect(fake.count(/tags/)).toBe(3);
  });

  test("send nothing that is there", async () => {
    const { client, at, fake } = await start();
    const made = await image();
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
    const { client, at, fake } = await start({ mounts });
    const base = await image();
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
    const { client, at } = await start();
    const base = await image();
    await client.push(base, at("acme/base:v1"));
    const { mounted } = await client.push(base, at("acme/app:v1"), { mountFrom: ["acme/none", "acme/base"] });
    expect(mounted).toHaveLength(3);
  });
});

describe("what fails in passing", () => {
  const faults: Record<string, { fault: Fault; reason: string }> = {
    "429 at an upload's start": {
      fault: { on: /^POST/, does: { status: 429, headers: { "retry-after": "1" } } },
      reason: "the registry is busy",
    },
    "500 at an upload": { fault: { on: /^PUT .*uploads/, times: 2, does: { status: 500 } }, reason: "a proxy broke" },
    "a reset in mid-upload": { fault: { on: /^PUT .*uploads/, does: "reset" }, reason: "a connection broke" },
    "an upload's answer that is lost": {
      fault: { on: /^PUT .*uploads/, does: "lost" },
      reason: "it is there, and must not count as missing",
    },
    "an upload that is forgotten": {
      fault: { on: /^PUT .*uploads/, does: { status: 404 } },
      reason: "the registry was started anew",
    },
    "a manifest's answer that is lost": {
      fault: { on: /^PUT .*manifests/, does: "lost" },
      reason: "putting it again changes nothing",
    },
    "503 at the first question": { fault: { on: /^GET \/v2\/ ?$/, does: { status: 503 } }, reason: "it is starting" },
    "a reset while a layer is looked for": { fault: { on: /^HEAD/, does: "reset" }, reason: "a connection broke" },
    "500 at a manifest that is pulled": {
      fault: { on: /^GET .*manifests/, does: { status: 500 } },
      reason: "a proxy broke",
    },
    "half a manifest": { fault: { on: /^GET .*manifests/, does: "half" }, reason: "a connection broke" },
    "half a blob": { fault: { on: /^GET .*blobs/, times: 2, does: "half" }, reason: "a connection broke" },
  };
  test.each(Object.entries(faults))("is tried again: %s", async (_, { fault }) => {
    const { client, at, pauses } = await start({ faults: [fault] });
    const made = await image();
    const { pushed } = await client.push(made, at("acme/app:v1"));
    expect(pushed).toHaveLength(3);
    const pulled = await client.pull(at("acme/app:v1"), linux);
    await expectSameLayers(pulled, made);
    expect(pauses.length).toBe(fault.times ?? 1);
  });

  test("goes on in a blob where it broke off", async () => {
    const { client, at, fake } = await start({ faults: [{ on: /^GET .*blobs/, times: 1, does: "half" }] });
    const made = await image();
    await client.push(made, at("acme/app:v1"));
    await client.pull(at("acme/app:v1"), linux);
    expect(fake.count(/^GET .*blobs/)).toBe(2);
  });

  test("is tried no more than so often", async () => {
    const { client, at, pauses } = await start(
      { faults: [{ on: /^POST/, times: 100, does: { status: 503 } }] },
      { retries: 2, parallel: 1 },
    );
    await expect(client.push(await image(), at("acme/app:v1"))).rejects.toThrow(
      /^cannot push .*acme\/app:v1: .* answered 503/,
    );
    expect(pauses).toHaveLength(2);
  });

  test("waits as long as it is told, and longer each time where it is not", async () => {
    const { client, at, pauses } = await start(
      {
        faults: [
          { on: /^HEAD/, times: 1, does: { status: 429, headers: { "retry-after": "7" } } },
          { on: /^HEAD/, times: 2, does: { status: 502 } },
        ],
      },
      { parallel: 1 },
    );
    await client.push(await image(), at("acme/app:v1"));
    expect(pauses[0]).toBe(7000);
    expect(pauses[1]).toBeGreaterThanOrEqual(1000);
    expect(pauses[2]).toBeGreaterThanOrEqual(2000);
  });

  test("is no 4xx", async () => {
    const body = JSON.stringify({ errors: [{ code: "DENIED", message: "quota exceeded" }] });
    const { client, at, pauses } = await start({ faults: [{ on: /^POST/, times: 9, does: { status: 413, body } }] });
    await expect(client.push(await image(), at("acme/app:v1"))).rejects.toThrow("answered 413 DENIED: quota exceeded");
    expect(pauses).toEqual([]);
  });

  test("leaves what is done to the push that is started again", async () => {
    const { client, at } = await start({ faults: [{ on: /^PUT .*manifests/, times: 1, does: { status: 400 } }] });
    const made = await image();
    await expect(client.push(made, at("acme/app:v1"))).rejects.toThrow("answered 400");
    expect((await client.push(made, at("acme/app:v1"))).existing).toHaveLength(3);
  });
});

describe("who may", () => {
  const login = { username: "me", password: "hush-hush" };

  const ways: Record<string, { by: "basic" | "bearer" | "identity"; credential: Credential; reason: string }> = {
    "a password": { by: "basic", credential: login, reason: "docker-registry with htpasswd" },
    "a token for a password": { by: "bearer", credential: login, reason: "Docker Hub, GHCR and most others" },
    "a token for an identity token": {
      by: "identity",
      credential: { identityToken: login.password },
      reason: "Azure's",
    },
  };
  test.each(Object.entries(ways))("push and pull, with %s", async (_, { by, credential }) => {
    const { client, at, fake } = await start({ login: { by, ...login } }, { credentials: as(credential) });
    const made = await image();
    await client.push(made, at("acme/app:v1"));
    const pulled = await client.pull(at("acme/app:v1"), linux);
    await expectSameLayers(pulled, made);
    // One to push and one to pull.
    expect(fake.count(/token/)).toBe(by === "basic" ? 0 : 2);
  });

  test("is asked again when a token runs out", async () => {
    const { client, at } = await start(
      { login: { by: "bearer", ...login }, tokenLasts: 2 },
      { credentials: as(login), parallel: 1 },
    );
    expect((await client.push(await image(), at("acme/app:v1"))).pushed).toHaveLength(3);
  });

  const refusals: Record<
    string,
    { by: "basic" | "bearer"; credential: Credential | undefined; says: string; reason: string }
  > = {
    "nobody, by password": {
      by: "basic",
      credential: undefined,
      says: "there are no credentials for HOST in a test: docker login HOST",
      reason: "the remedy is one command",
    },
    "nobody, by token": {
      by: "bearer",
      credential: undefined,
      says: "there are no credentials for HOST in a test: docker login HOST",
      reason: "likewise",
    },
    "another password": {
      by: "basic",
      credential: { ...login, password: "wrong-one" },
      says: "it does not take the credentials for HOST in a test",
      reason: "which were sent is said, and not what",
    },
    "another password, by token": {
      by: "bearer",
      credential: { ...login, password: "wrong-one" },
      says: "it does not take the credentials for HOST in a test",
      reason: "likewise",
    },
  };
  test.each(Object.entries(refusals))("may not: %s", async (_, { by, credential, says }) => {
    const { client, at, fake, pauses } = await start({ login: { by, ...login } }, { credentials: as(credential) });
    const failure = await client.push(await image(), at("acme/app:v1")).catch((error: Error) => error.message);
    expect(failure).toContain(`cannot push ${fake.host}/acme/app:v1`);
    expect(failure).toContain("401 UNAUTHORIZED");
    expect(failure).toContain(says.replaceAll("HOST", fake.host));
    expect(failure).not.toContain("wrong-one");
    expect(pauses).toEqual([]);
  });

  test("is told to the registry alone, and not to where it keeps blobs", async () => {
    const { client, at, fake } = await start(
      { login: { by: "bearer", ...login }, redirects: true },
      { credentials: as(login) },
    );
    const made = await image();
    await client.push(made, at("acme/app:v1"));
    const pulled = await client.pull(at("acme/app:v1"), linux);
    await expectSameLayers(pulled, made);
    expect(fake.elsewhere.map(({ authorization }) => authorization)).toEqual([undefined, undefined, undefined]);
  });
});

describe("what a registry answers", () => {
  test("is verified, down to the layer", async () => {
    const { client, at, fake } = await start();
    const made = await image();
    await client.push(made, at("acme/app:v1"));
    const { digest = "" } = made.layers[0]?.descriptor ?? {};
    const key = `acme/app@${digest}`;
    fake.blobs.set(key, Buffer.from((fake.blobs.get(key) ?? Buffer.alloc(0)).map((byte) => byte ^ 1)));
    const pulled = await client.pull(at("acme/app:v1"), linux);
    await expect(pulled.layers[0]?.read()).rejects.toThrow(`cannot use ${digest}`);
  });

  test("is refused where it is another manifest than was asked for", async () => {
    const { client, at, fake } = await start();
    const [one, other] = [await image(), await image()];
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
    const { client, at } = await start();
    await client.push(await image(), at("acme/app:v1"));
    await expect(client.pull(at(text))).rejects.toThrow(error);
    await expect(client.resolve(at(text))).rejects.toThrow(error);
  });

  test("may be that it is for another platform", async () => {
    const { client, at } = await start();
    await client.push(makeIndex([await image("amd64"), await image("arm64")]), at("acme/app:v1"));
    await client.push(await image("amd64"), at("acme/app:v2"));
    for (const tag of ["v1", "v2"]) {
      await expect(client.pull(at(`acme/app:${tag}`), { os: "linux", architecture: "s390x" })).rejects.toThrow(
        /for linux\/s390x: it is for linux\/amd64/,
      );
    }
  });

  test("may be nothing at all", async () => {
    const { client, pauses } = await start({}, { retries: 1 });
    const host = `127.0.0.1:${await freePort()}`;
    await expect(client.pull(parseReference(`${host}/acme/app`))).rejects.toThrow(
      `cannot pull ${host}/acme/app:latest: ${host} does not answer: connection refused`,
    );
    expect(pauses).toHaveLength(1);
  });
});

async function start(options: FakeRegistryOptions = {}, more: RegistryOptions = {}) {
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

function as(credential: Credential | undefined): Credentials {
  return { source: "a test", find: async () => credential };
}

async function image(architecture = "amd64", ...more: Image["layers"]): Promise<Image> {
  const layers = await Promise.all(
    [1000, 300_000].map((size) =>
      fileLayer([{ type: "file", path: `of-${size}`, bytes: randomBytes(size) }], { mtime: 0 }),
    ),
  );
  return makeImage({ platform: { os: "linux", architecture }, layers: [...more, ...layers], created: 0 });
}

async function expectSameLayers(image: Image, other: Image): Promise<void> {
  const digests = (layers: Image["layers"]) => Promise.all(layers.map(async (layer) => digestOf(await layer.read())));
  expect(await digests(image.layers)).toEqual(await digests(other.layers));
}
