import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certificateAuthority } from "../../test/support/certificates.js";
import { type CallOptions, callFunction } from "../../test/support/function-client.js";
import { readCertificates } from "../runtime/certificates.js";
import { logger } from "../runtime/log.js";
import { type Serving, serve } from "./serve.js";

const folder = mkdtempSync(join(tmpdir(), "trimtab-mtls-"));
const ours = await certificateAuthority(join(folder, "ours"));
const theirs = await certificateAuthority(join(folder, "theirs"));
const server = readCertificates(await ours.sign("server"));
const client = readCertificates(await ours.sign("client"));
const expired = readCertificates(await ours.sign("expired", { notAfter: new Date(Date.now() - 1000) }));
const stranger = readCertificates(await theirs.sign("client"));

describe("mutual TLS", () => {
  let serving: Serving;
  let calls = 0;
  beforeAll(async () => {
    const runner = () => {
      calls += 1;
      return { meta: undefined, desired: undefined, results: [], requirements: undefined, conditions: [] };
    };
    const credentials = { kind: "tls", certificates: server } as const;
    serving = await serve({ runner, address: "127.0.0.1:0", credentials, logger: logger({ level: "silent" }) });
  });
  afterAll(async () => {
    await serving.close(0);
    rmSync(folder, { recursive: true });
  });

  test("serves a client whose certificate the authority has signed", async () => {
    await callFunction(`localhost:${serving.port}`, {}, { as: client });
    expect(calls).toBe(1);
  });

  test.each<{ name: string; options: CallOptions; reason: string }>([
    { name: "plain text", options: {}, reason: "what is said in clear can be read and changed" },
    { name: "no certificate", options: { as: { none: client } }, reason: "anybody who reaches the port could call" },
    { name: "an expired certificate", options: { as: expired }, reason: "it is no longer vouched for" },
    {
      name: "a certificate of another authority",
      options: { as: { ...stranger, authority: client.authority } },
      reason: "a certificate is worth what its authority is",
    },
  ])("refuses a client with $name", async ({ options }) => {
    const before = calls;
    await expect(callFunction(`localhost:${serving.port}`, {}, options)).rejects.toMatchObject({ code: 14 });
    expect(calls).toBe(before);
  });

  test("refuses TLS below 1.2", async () => {
    const { certificate: cert, key, authority: ca } = client;
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const socket = connect({ host: "127.0.0.1", port: serving.port, cert, key, ca, ALPNProtocols: ["h2"], ...old });
    const error = await new Promise<Error>((resolve, reject) => {
      socket.once("error", resolve);
      socket.once("secureConnect", () => reject(new Error(`connected with ${socket.getProtocol()}`)));
    });
    expect(error.message).toMatch(/protocol version/);
  });
});
