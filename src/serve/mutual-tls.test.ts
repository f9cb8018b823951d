import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certificateAuthority } from "../../test/support/certificates.js";
import { type ClientOptions, callFunction } from "../../test/support/function-client.js";
import { type Certificates, readCertificates } from "../runtime/certificates.js";
import { logger } from "../runtime/log.js";
import { type Serving, serve } from "./serve.js";

const folder = mkdtempSync(join(tmpdir(), "trimtab-mtls-"));
afterAll(() => rmSync(folder, { recursive: true }));

const yesterday = { notAfter: new Date(Date.now() - 1000) };
// Its own leaves, its authority, and those of strangers: all have it.
const CROSSPLANE = "CN=Crossplane";

describe.each([
  { authorities: "each certificate has a subject of its own", subject: {}, isTrusting: false },
  // Node, as a client, takes such a server for one that vouches for itself; Go does not.
  { authorities: "all have one subject, as Crossplane makes them", subject: { subject: CROSSPLANE }, isTrusting: true },
])("mutual TLS where $authorities", async ({ subject, isTrusting }) => {
  const at = (name: string) => join(folder, isTrusting ? "one" : "own", name);
  const ours = await certificateAuthority(at("ours"), subject);
  const theirs = await certificateAuthority(at("theirs"), { ...subject, name: "other-ca" });
  const lapsed = await certificateAuthority(at("lapsed"), { ...subject, ...yesterday });
  const read = async (signed: Promise<string>) => readCertificates(await signed);
  const server = await read(ours.sign("server", { uses: ["server"] }));
  const client = await read(ours.sign("client", { uses: ["client"] }));
  const unspecific = await read(ours.sign("unspecific"));
  const expired = await read(ours.sign("expired", yesterday));
  const stranger = await read(theirs.sign("client", { uses: ["client"] }));

  let calls = 0;
  const running: Serving[] = [];
  async function start(certificates: Certificates): Promise<string> {
    const runner = () => {
      calls += 1;
      return { meta: undefined, desired: undefined, results: [], requirements: undefined, conditions: [] };
    };
    const credentials = { kind: "tls", certificates } as const;
    const serving = await serve({ runner, address: "127.0.0.1:0", credentials, logger: logger({ level: "silent" }) });
    running.push(serving);
    return `localhost:${serving.port}`;
  }
  let address = "";
  beforeAll(async () => {
    address = await start(server);
  });
  afterAll(() => Promise.all(running.map((serving) => serving.close(0))));

  test.each([
    { name: "for clients", as: client },
    { name: "that does not say what it is for", as: unspecific },
  ])("serves a client with a certificate $name that the authority has signed", async ({ as }) => {
    const before = calls;
    await callFunction(address, {}, { as, isTrusting });
    expect(calls).toBe(before + 1);
  });

  test("serves a client of any of several authorities", async () => {
    const authority = Buffer.concat([stranger.authority, Buffer.from("\n"), client.authority]);
    await expect(
      callFunction(await start({ ...server, authority }), {}, { as: client, isTrusting }),
    ).resolves.toBeDefined();
  });

  test.each<{ name: string; options: ClientOptions; reason: string }>([
    { name: "plain text", options: {}, reason: "what is said in clear can be read and changed" },
    { name: "no certificate", options: { as: { none: client } }, reason: "anybody who reaches the port could call" },
    { name: "an expired certificate", options: { as: expired }, reason: "it is no longer vouched for" },
    {
      name: "a certificate of another authority",
      options: { as: { ...stranger, authority: client.authority } },
      reason: "a certificate is worth what its authority is",
    },
    { name: "a certificate for servers", options: { as: server }, reason: "each function has one of these" },
  ])("refuses a client with $name", async ({ options }) => {
    const before = calls;
    await expect(callFunction(address, {}, { ...options, isTrusting })).rejects.toMatchObject({ code: 14 });
    expect(calls).toBe(before);
  });

  test("refuses a client whose authority has expired", async () => {
    const own = await read(lapsed.sign("client", { uses: ["client"] }));
    const lapsedServer = await start({ ...server, authority: own.authority });
    const before = calls;
    await expect(callFunction(lapsedServer, {}, { as: own, isTrusting: true })).rejects.toMatchObject({ code: 14 });
    expect(calls).toBe(before);
  });

  test("refuses a client that vouches for itself", async () => {
    const own = await read(theirs.itself());
    await expect(callFunction(address, {}, { as: own, isTrusting: true })).rejects.toMatchObject({ code: 14 });
  });

  test("refuses TLS below 1.2", async () => {
    const { certificate: cert, key, authority: ca } = client;
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const port = Number(address.split(":")[1]);
    const socket = connect({ host: "127.0.0.1", port, cert, key, ca, ALPNProtocols: ["h2"], ...old });
    const error = await new Promise<Error>((resolve, reject) => {
      socket.once("error", resolve);
      socket.once("secureConnect", () => reject(new Error(`connected with ${socket.getProtocol()}`)));
    });
    expect(error.message).toMatch(/protocol version/);
  });
});
