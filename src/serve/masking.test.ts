import { describe, expect, test } from "vitest";
import { countingServer } from "../../test/support/counting-server.js";
import { callFunction } from "../../test/support/function-client.js";
import { type Runner } from "../runner/index.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const secretObject = (value: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  data: { key: Buffer.from(value).toString("base64") },
});

/** Values that are secret, by where they stand in a request. */
const SECRETS = {
  "the XR's connection details": "fake-of-the-xr",
  "connection details of what is composed": "fake-of-composed",
  "an observed Secret": "fake-of-a-secret",
  "a Secret that was required": "fake-of-required",
  credentials: "fake-of-credentials",
  "the context, below a key that names a secret": "fake-of-context",
  "a Secret in the context": "fake-in-context-secret",
} as const;

const request = {
  meta: { tag: "a-tag" },
  observed: {
    composite: {
      resource: { apiVersion: "example.org/v1", kind: "XThing", metadata: { namespace: "payments", name: "one" } },
      connectionDetails: { password: bytes(SECRETS["the XR's connection details"]) },
    },
    resources: {
      it: { resource: {}, connectionDetails: { key: bytes(SECRETS["connection details of what is composed"]) } },
      secret: { resource: secretObject(SECRETS["an observed Secret"]) },
    },
  },
  credentials: { cloud: { credentialData: { data: { token: bytes(SECRETS.credentials) } } } },
  requiredResources: { found: { items: [{ resource: secretObject(SECRETS["a Secret that was required"]) }] } },
  context: {
    "example.org/db": { url: "db.example.org", adminPassword: SECRETS["the context, below a key that names a secret"] },
    "example.org/found": [secretObject(SECRETS["a Secret in the context"])],
  },
};

const ways: Readonly<Record<string, (secret: string) => unknown>> = {
  message: (secret) => new Error(`cannot log in with ${secret}`),
  cause: (secret) => new Error("cannot log in", { cause: new Error(`with ${secret}`) }),
  "own property": (secret) => Object.assign(new Error("cannot log in"), { config: { headers: { auth: secret } } }),
  "what is no error": (secret) => `cannot log in with ${secret}`,
};

describe.each(Object.entries(SECRETS))("%s", (_, secret) => {
  test.each(Object.entries(ways))(
    "stands neither in the log nor in the result, thrown in its %s",
    async (_, thrown) => {
      const runners: readonly Runner[] = [
        () => {
          throw thrown(secret);
        },
        () => Promise.reject(thrown(secret)),
      ];
      for (const runner of runners) {
        const { serving, log } = await countingServer(runner);
        const answer = await callFunction(serving.address, request);
        expect(answer.results).toEqual([
          expect.objectContaining({ message: expect.stringContaining("cannot log in") }),
        ]);
        await log.line(/^ran$/);
        const said = JSON.stringify([answer, log.lines]);
        for (const form of [secret, Buffer.from(secret).toString("base64")]) expect(said.includes(form)).toBe(false);
      }
    },
  );
});

test("what is no secret is said: which request it was, what was thrown, and where", async () => {
  const { serving, log } = await countingServer(() => {
    throw new TypeError("db.example.org does not answer");
  });
  await callFunction(serving.address, request);
  expect(await log.line(/cannot run/)).toMatchObject({
    level: "error",
    tag: "a-tag",
    xr: "XThing/payments/one",
    err: {
      type: "Error",
      message: "db.example.org does not answer",
      stack: expect.stringMatching(/^TypeError: db.*\n +at .*masking\.test/),
    },
  });
  expect(await log.line(/^ran$/)).toMatchObject({ level: "debug", tag: "a-tag", xr: "XThing/payments/one" });
});
