import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { certificateAuthority } from "../../test/support/certificates.js";
import { callFunction, functionClient } from "../../test/support/function-client.js";
import { writtenLog } from "../../test/support/written-log.js";
import { type Certificates, readCertificates } from "../runtime/certificates.js";
import { type Credentials } from "./listen.js";
import { serve } from "./serve.js";

const folder = mkdtempSync(join(tmpdir(), "trimtab-renew-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  { authorities: "each certificate has a subject of its own", subject: {}, isTrusting: false },
  {
    authorities: "all have one subject, as Crossplane makes them",
    subject: { subject: "CN=Crossplane" },
    isTrusting: true,
  },
])("renewed certificates, where $authorities", async ({ subject, isTrusting }) => {
  const read = async (signed: Promise<string>) => readCertificates(await signed);
  const authority = (name: string) =>
    certificateAuthority(join(folder, isTrusting ? "one" : "own", name), { ...subject, name });
  const [before, after] = [await authority("before"), await authority("after")];
  const old = { server: await read(before.sign("server")), client: await read(before.sign("client")) };
  const next = { server: await read(after.sign("server")), client: await read(after.sign("client")) };

  test("are those of new connections", async () => {
    const { serving, address, accepted } = await start(old.server);
    serving.renew(next.server);
    await callFunction(address, {}, { as: next.client, isTrusting });
    expect(accepted()).toBe(1);
    const stale = callFunction(address, {}, { as: { ...old.client, authority: next.client.authority }, isTrusting });
    await expect(stale).rejects.toMatchObject({ code: 14 });
    // Does the client see the new one? With one subject for all, Node as a client trusts no server of these.
    if (!isTrusting) await expect(callFunction(address, {}, { as: old.client })).rejects.toMatchObject({ code: 14 });
    expect(accepted()).toBe(1);
  });

  test("leave the connections that there are alone", async () => {
    const { serving, address } = await start(old.server);
    const client = functionClient(address, { as: old.client, isTrusting });
    onTestFinished(() => client.close());
    await client.call({});
    serving.renew(next.server);
    await expect(client.call({})).resolves.toBeDefined();
  });

  test("are not used where they cannot be", async () => {
    const { serving, address } = await start(old.server);
    expect(() => serving.renew({ ...next.server, key: old.server.key })).toThrow(/key values mismatch/);
    expect(() => serving.renew({ ...next.server, authority: Buffer.from(BROKEN) })).toThrow();
    await expect(callFunction(address, {}, { as: old.client, isTrusting })).resolves.toBeDefined();
  });
});

test("there are none where plain text is served", async () => {
  const authority = await certificateAuthority(join(folder, "plain"));
  const { serving } = await start({ kind: "insecure" });
  const certificates = readCertificates(await authority.sign("server"));
  expect(() => serving.renew(certificates)).toThrow(/^cannot use certificates: plain text is served here$/);
});

const BROKEN = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

async function start(from: Certificates | Credentials) {
  const log = writtenLog();
  let accepted = 0;
  const runner = () => {
    accepted += 1;
    return { meta: undefined, desired: undefined, results: [], requirements: undefined, conditions: [] };
  };
  const credentials = "kind" in from ? from : ({ kind: "tls", certificates: from } as const);
  const serving = await serve({ runner, address: "127.0.0.1:0", credentials, logger: log.logger });
  onTestFinished(async () => void (await serving.close(0)));
  return { serving, address: `localhost:${serving.port}`, accepted: () => accepted };
}
