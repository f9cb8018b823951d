import { describe, expect, test } from "vitest";
import { type Fault } from "../../../test/support/fake-registry.js";
import { expectSameLayers, startRegistryScene, twoLayerImage } from "../../../test/support/registry-scene.js";
import { type Credential, type Credentials } from "./credentials.js";

const linux = { os: "linux", architecture: "amd64" };

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
    const { client, at, pauses } = await startRegistryScene({ faults: [fault] });
    const made = await twoLayerImage();
    const { pushed } = await client.push(made, at("acme/app:v1"));
    expect(pushed).toHaveLength(3);
    const pulled = await client.pull(at("acme/app:v1"), linux);
    await expectSameLayers(pulled, made);
    expect(pauses.length).toBe(fault.times ?? 1);
  });

  test("goes on in a blob where it broke off", async () => {
    const { client, at, fake } = await startRegistryScene({ faults: [{ on: /^GET .*blobs/, times: 1, does: "half" }] });
    const made = await twoLayerImage();
    await client.push(made, at("acme/app:v1"));
    await client.pull(at("acme/app:v1"), linux);
    expect(fake.count(/^GET .*blobs/)).toBe(2);
  });

  test("is tried no more than so often", async () => {
    const { client, at, pauses } = await startRegistryScene(
      { faults: [{ on: /^POST/, times: 100, does: { status: 503 } }] },
      { retries: 2, parallel: 1 },
    );
    await expect(client.push(await twoLayerImage(), at("acme/app:v1"))).rejects.toThrow(
      /^cannot push .*acme\/app:v1: .* answered 503/,
    );
    expect(pauses).toHaveLength(2);
  });

  test("waits as long as it is told, and longer each time where it is not", async () => {
    const { client, at, pauses } = await startRegistryScene(
      {
        faults: [
          { on: /^HEAD/, times: 1, does: { status: 429, headers: { "retry-after": "7" } } },
          { on: /^HEAD/, times: 2, does: { status: 502 } },
        ],
      },
      { parallel: 1 },
    );
    await client.push(await twoLayerImage(), at("acme/app:v1"));
    expect(pauses[0]).toBe(7000);
    expect(pauses[1]).toBeGreaterThanOrEqual(1000);
    expect(pauses[2]).toBeGreaterThanOrEqual(2000);
  });

  test("is no 4xx", async () => {
    const body = JSON.stringify({ errors: [{ code: "DENIED", message: "quota exceeded" }] });
    const { client, at, pauses } = await startRegistryScene({
      faults: [{ on: /^POST/, times: 9, does: { status: 413, body } }],
    });
    await expect(client.push(await twoLayerImage(), at("acme/app:v1"))).rejects.toThrow(
      "answered 413 DENIED: quota exceeded",
    );
    expect(pauses).toEqual([]);
  });

  test("leaves what is done to the push that is started again", async () => {
    const { client, at } = await startRegistryScene({
      faults: [{ on: /^PUT .*manifests/, times: 1, does: { status: 400 } }],
    });
    const made = await twoLayerImage();
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
    const { client, at, fake } = await startRegistryScene({ login: { by, ...login } }, { credentials: as(credential) });
    const made = await twoLayerImage();
    await client.push(made, at("acme/app:v1"));
    const pulled = await client.pull(at("acme/app:v1"), linux);
    await expectSameLayers(pulled, made);
    // One to push and one to pull.
    expect(fake.count(/token/)).toBe(by === "basic" ? 0 : 2);
  });

  test("is asked again when a token runs out", async () => {
    const { client, at } = await startRegistryScene(
      { login: { by: "bearer", ...login }, tokenLasts: 2 },
      { credentials: as(login), parallel: 1 },
    );
    expect((await client.push(await twoLayerImage(), at("acme/app:v1"))).pushed).toHaveLength(3);
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
    const { client, at, fake, pauses } = await startRegistryScene(
      { login: { by, ...login } },
      { credentials: as(credential) },
    );
    const failure = await client.push(await twoLayerImage(), at("acme/app:v1")).catch((error: Error) => error.message);
    expect(failure).toContain(`cannot push ${fake.host}/acme/app:v1`);
    expect(failure).toContain("401 UNAUTHORIZED");
    expect(failure).toContain(says.replaceAll("HOST", fake.host));
    expect(failure).not.toContain("wrong-one");
    expect(pauses).toEqual([]);
  });

  test("is told to the registry alone, and not to where it keeps blobs", async () => {
    const { client, at, fake } = await startRegistryScene(
      { login: { by: "bearer", ...login }, redirects: true },
      { credentials: as(login) },
    );
    const made = await twoLayerImage();
    await client.push(made, at("acme/app:v1"));
    const pulled = await client.pull(at("acme/app:v1"), linux);
    await expectSameLayers(pulled, made);
    expect(fake.elsewhere.map(({ authorization }) => authorization)).toEqual([undefined, undefined, undefined]);
  });
});

function as(credential: Credential | undefined): Credentials {
  return { source: "a test", find: async () => credential };
}
