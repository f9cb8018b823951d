import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnectionOptions, connect as connectTLS } from "node:tls";
import { afterAll, describe, expect, test } from "vitest";
import { certificateAuthority } from "../../test/support/certificates.js";
import { type ClientOptions, callFunction } from "../../test/support/function-client.js";
import { writtenLog } from "../../test/support/written-log.js";
import { readCertificates } from "../runtime/certificates.js";
import { serve } from "./serve.js";

const folder = mkdtempSync(join(tmpdir(), "trimtab-refused-"));
afterAll(() => rmSync(folder, { recursive: true }));
const yesterday = { notAfter: new Date(Date.now() - 1000) };

describe.each([
  { authorities: "each certificate has a subject of its own", subject: {}, isTrusting: false },
  {
    authorities: "all have one subject, as Crossplane makes them",
    subject: { subject: "CN=Crossplane" },
    isTrusting: true,
  },
])("what is said of who is refused, where $authorities", async ({ subject, isTrusting }) => {
  const at = (name: string) => join(folder, isTrusting ? "one" : "own", name);
  const ours = await certificateAuthority(at("ours"), subject);
  const theirs = await certificateAuthority(at("theirs"), { ...subject, name: "other-ca" });
  const lapsed = await certificateAuthority(at("lapsed"), { ...subject, ...yesterday });
  const read = async (signed: Promise<string>) => readCertificates(await signed);
  const server = await read(ours.sign("server", { uses: ["server"] }));
  const client = await read(ours.sign("client", { uses: ["client"] }));
  const expired = await read(ours.sign("expired", yesterday));
  const stranger = await read(theirs.sign("client", { uses: ["client"] }));
  const ofLapsed = await read(lapsed.sign("client", { uses: ["client"] }));

  test.each<{ name: string; options: ClientOptions; says: string }>([
    { name: "plain text", options: {}, says: "it spoke plain text; Crossplane connects with TLS" },
    {
      name: "no certificate",
      options: { as: { none: client } },
      says: "it showed no certificate; Crossplane has one that its authority signed for clients",
    },
    {
      name: "an expired certificate",
      options: { as: expired },
      says: "its certificate has expired, or is not valid yet",
    },
    {
      name: "a certificate of another authority",
      options: { as: { ...stranger, authority: client.authority } },
      says: "its certificate is not signed by an authority of ca.crt",
    },
    {
      name: "a certificate for servers",
      options: { as: server },
      says: "its certificate is not for clients; Crossplane has one that its authority signed for clients",
    },
  ])("$name", async ({ options, says }) => {
    const { address, warnings, close } = await start(server);
    for (const _ of ["a first time", "again"]) {
      await expect(callFunction(address, {}, { ...options, isTrusting })).rejects.toMatchObject({ code: 14 });
    }
    await close();
    expect(warnings()).toEqual([
      expect.objectContaining({ msg: `refused a client: ${says}`, remoteAddress: "127.0.0.1" }),
    ]);
    expect(JSON.stringify(warnings())).not.toContain("BEGIN");
  });

  test("a certificate whose authority has expired", async () => {
    const { address, warnings, close } = await start({ ...server, authority: ofLapsed.authority });
    await expect(callFunction(address, {}, { as: ofLapsed, isTrusting: true })).rejects.toMatchObject({ code: 14 });
    await close();
    const msg = "refused a client: the authority that signed its certificate has expired, or is not valid yet";
    expect(warnings()).toEqual([expect.objectContaining({ msg })]);
  });

  test.each<{ name: string; options: ConnectionOptions; says: RegExp }>([
    {
      name: "TLS below 1.2",
      options: { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" },
      says: /it speaks no TLS from 1\.2 on/,
    },
    {
      name: "HTTP/1.1",
      options: { ALPNProtocols: ["http/1.1"] },
      says: /it does not speak HTTP\/2; Crossplane calls with gRPC/,
    },
  ])("$name", async ({ options, says }) => {
    const { port, log, close } = await start(server);
    const { certificate: cert, key, authority: ca } = client;
    const socket = connectTLS({ host: "127.0.0.1", port, cert, key, ca, ALPNProtocols: ["h2"], ...options });
    await once(socket, "error");
    expect((await log.line(/^refused a client/)).msg).toMatch(says);
    await close();
  });

  test("nothing of a probe, which connects and goes away", async () => {
    const { port, log, warnings, close } = await start(server);
    const socket = connect({ host: "127.0.0.1", port });
    await once(socket, "connect");
    socket.end();
    expect(await log.line(/went away before/)).toMatchObject({ level: "debug" });
    await close();
    expect(warnings()).toEqual([]);
  });
});

async function start(certificates: ReturnType<typeof readCertificates>) {
  const log = writtenLog();
  const runner = () => Promise.reject(new Error("nobody may call"));
  const credentials = { kind: "tls", certificates } as const;
  const { port, close } = await serve({ runner, address: "127.0.0.1:0", credentials, logger: log.logger });
  return {
    port,
    address: `localhost:${port}`,
    log,
    warnings: () => log.lines.filter(({ level }) => level === "warn"),
    close: () => close(1000),
  };
}
