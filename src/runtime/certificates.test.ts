import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { certificateAuthority } from "../../test/support/certificates.js";
import { readCertificates } from "./certificates.js";

const root = mkdtempSync(join(tmpdir(), "trimtab-certificates-"));
afterAll(() => rmSync(root, { recursive: true }));
const authority = await certificateAuthority(join(root, "authority"));
const other = await (await certificateAuthority(join(root, "other"))).sign("server");

describe("readCertificates", () => {
  test("reads the three files", async () => {
    const { certificate, key, authority: ca } = readCertificates(await authority.sign("whole"));
    expect(certificate.toString()).toContain("BEGIN CERTIFICATE");
    expect(key.toString()).toContain("PRIVATE KEY");
    expect(ca.toString()).toContain("BEGIN CERTIFICATE");
  });

  test.each([
    {
      name: "no certificate",
      spoil: (folder: string) => rmSync(join(folder, "tls.crt")),
      says: /read .*tls\.crt: no such file/,
    },
    {
      name: "no key",
      spoil: (folder: string) => rmSync(join(folder, "tls.key")),
      says: /read .*tls\.key: no such file/,
    },
    {
      name: "no authority",
      spoil: (folder: string) => rmSync(join(folder, "ca.crt")),
      says: /read .*ca\.crt: no such file/,
    },
    {
      name: "an empty key",
      spoil: (folder: string) => writeFileSync(join(folder, "tls.key"), "\n"),
      says: /use .*tls\.key: it is empty/,
    },
    {
      name: "garbage for an authority",
      spoil: (folder: string) => writeFileSync(join(folder, "ca.crt"), "garbage"),
      says: /use .*ca\.crt: it is not in PEM \(no certificate in it\)/,
    },
    {
      name: "a damaged certificate behind a good one",
      spoil: (folder: string) =>
        writeFileSync(join(folder, "ca.crt"), "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", {
          flag: "a",
        }),
      says: /use .*ca\.crt: it is not in PEM/,
    },
    {
      name: "garbage for a key",
      spoil: (folder: string) => writeFileSync(join(folder, "tls.key"), "garbage"),
      says: /use .*tls\.key: it is not in PEM/,
    },
    {
      name: "another certificate's key",
      spoil: (folder: string) => copyFileSync(join(other, "tls.key"), join(folder, "tls.key")),
      says: /use .*tls\.key: it is not the key of .*tls\.crt/,
    },
  ])("refuses $name", async ({ name, spoil, says }) => {
    const folder = await authority.sign(name.replaceAll(" ", "-"));
    spoil(folder);
    expect(() => readCertificates(folder)).toThrow(says);
  });

  test("refuses a folder that is not there", () => {
    expect(() => readCertificates(join(root, "nowhere"))).toThrow(/cannot read .*nowhere\/tls\.crt/);
  });
});
