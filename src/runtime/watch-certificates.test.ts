import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { certificateAuthority } from "../../test/support/certificates.js";
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import { type Certificates, readCertificates } from "./certificates.js";
import { logger } from "./log.js";
import { watchCertificates } from "./watch-certificates.js";

const root = mkdtempSync(join(tmpdir(), "trimtab-certificates-"));
afterAll(() => rmSync(root, { recursive: true }));
const authority = await certificateAuthority(join(root, "authority"));
const first = await authority.sign("first");
const second = await authority.sign("second");
const third = await authority.sign("third");
const FILES = ["tls.crt", "tls.key", "ca.crt"] as const;

describe("watchCertificates", () => {
  test("says nothing while nothing changes", () => {
    const { check, taken, lines } = watched(written(first));
    check();
    check();
    expect(taken).toEqual([]);
    expect(lines).toEqual([]);
  });

  test("hands on a set that was written in place, once, and says which it is", () => {
    const folder = written(first);
    const { check, taken, lines } = watched(folder);
    cpSync(second, folder, { recursive: true });
    check();
    check();
    expect(taken).toEqual([readCertificates(second)]);
    expect(lines).toEqual([
      expect.objectContaining({
        level: "info",
        serial: expect.stringMatching(/^[0-9A-F]+$/),
        fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
        notAfter: expect.stringMatching(/^\d{4}-.*Z$/),
        msg: "certificates have changed; new connections use the new ones",
      }),
    ]);
  });

  test("follows a mounted Secret, whose files kubelet changes by swapping a link", () => {
    const { folder, swap } = mounted(first);
    const { check, taken } = watched(folder);
    swap(second);
    check();
    swap(third);
    check();
    expect(taken).toEqual([readCertificates(second), readCertificates(third)]);
  });

  test.each<{ name: string; spoil: (folder: string) => void; says: RegExp }>([
    {
      name: "a certificate without its key",
      spoil: (folder) => cpSync(join(second, "tls.crt"), join(folder, "tls.crt")),
      says: /tls\.key: it is not the key of/,
    },
    {
      name: "half a certificate",
      spoil: (folder) => {
        const text = readFileSync(join(second, "tls.crt"), "utf8");
        writeFileSync(join(folder, "tls.crt"), text.slice(0, text.length / 2));
      },
      says: /tls\.crt: it is not in PEM/,
    },
    {
      name: "an empty key",
      spoil: (folder) => writeFileSync(join(folder, "tls.key"), ""),
      says: /tls\.key: it is empty/,
    },
    { name: "no authority", spoil: (folder) => rmSync(join(folder, "ca.crt")), says: /ca\.crt: no such file/ },
  ])("keeps what it has for $name, says so once, and tries again", ({ spoil, says }) => {
    const folder = written(first);
    const { check, taken, lines } = watched(folder);
    spoil(folder);
    check();
    check();
    expect(taken).toEqual([]);
    expect(lines).toEqual([expect.objectContaining({ level: "warn", reason: expect.stringMatching(says) })]);
    cpSync(second, folder, { recursive: true });
    check();
    expect(taken).toEqual([readCertificates(second)]);
  });

  test("takes a changed authority alone", async () => {
    const other = await certificateAuthority(join(root, "other"), { name: "other" });
    const folder = written(first);
    const { check, taken } = watched(folder);
    cpSync(join(await other.sign("client"), "ca.crt"), join(folder, "ca.crt"));
    check();
    expect(taken).toEqual([readCertificates(folder)]);
  });

  test("keeps what it has where the new set is not taken, and offers it again", () => {
    const folder = written(first);
    let isTaken = false;
    const { check, taken, lines } = watched(folder, () => {
      if (!isTaken) throw new Error("ee key too small");
    });
    cpSync(second, folder, { recursive: true });
    check();
    isTaken = true;
    check();
    expect(taken).toHaveLength(2);
    expect(lines).toEqual([
      expect.objectContaining({ level: "warn", reason: "ee key too small" }),
      expect.objectContaining({ level: "info" }),
    ]);
  });

  test("looks again by itself, until it is told to stop", async () => {
    const folder = written(first);
    let stop = () => {};
    const changed = new Promise<Certificates>((onChange) => {
      stop = watchCertificates(folder, {
        current: readCertificates(folder),
        onChange,
        logger: logger({ level: "silent" }),
      });
    });
    cpSync(second, folder, { recursive: true });
    expect(await changed).toEqual(readCertificates(second));
    stop();
  });
});

function watched(folder: string, onChange: (certificates: Certificates) => void = () => {}) {
  const taken: Certificates[] = [];
  const lines: unknown[] = [];
  let check = () => {};
  watchCertificates(folder, {
    current: readCertificates(folder),
    onChange(certificates) {
      taken.push(certificates);
      onChange(certificates);
    },
    logger: logger({ to: { write: (line) => void lines.push(JSON.parse(line)) } }),
    repeat(given) {
      check = given;
      return () => {};
    },
  });
  return { check: () => check(), taken, lines };
}

function written(from: string): string {
  const folder = temporaryFolder();
  cpSync(from, folder, { recursive: true });
  return folder;
}

/** A Secret as kubelet mounts it: the files are links into `..data`, itself a link to a folder of that moment. */
function mounted(from: string) {
  const folder = temporaryFolder();
  let moment = 0;
  const swap = (next: string) => {
    moment += 1;
    const name = `..moment-${moment}`;
    mkdirSync(join(folder, name));
    cpSync(next, join(folder, name), { recursive: true });
    symlinkSync(name, join(folder, "..data_tmp"));
    renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
    rmSync(join(folder, `..moment-${moment - 1}`), { recursive: true, force: true });
  };
  swap(from);
  for (const file of FILES) symlinkSync(join("..data", file), join(folder, file));
  return { folder, swap };
}
