import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type FakeIO, fakeIO } from "../../../test/support/fake-io.js";
import { repository } from "../../../test/support/repository.js";
import { run } from "../run.js";

const letters = `apiVersion: platform.example.org/v1alpha1
kind: XArchive
metadata: { namespace: records, name: letters }
spec: { region: eu-west-1 }
`;

test("renders again when the XR changes, or the function, or what was wrong is right again", async () => {
  const { folder, io, done } = watching();
  await rendered(io, 1);
  expect(io.text("stdout").match(/^kind: \w+$/gm)).toEqual(["kind: XArchive", "kind: Bucket"]);

  writeFileSync(join(folder, "xr.yaml"), letters.replace("eu-west-1 }", "eu-west-1, ownKey: true }"));
  expect(await rendered(io, 2)).toMatch(/^xr\.yaml changed; rendered in \d+ ms/);
  expect(io.text("stdout").match(/^kind: Key$/gm)).toHaveLength(1);

  const source = readFileSync(join(folder, "archive.ts"), "utf8");
  writeFileSync(join(folder, "archive.ts"), source.replace("the bucket's ARN", "an ARN"));
  expect(await rendered(io, 3)).toMatch(/^archive\.ts changed; rendered in \d+ ms/);
  expect(io.text("stderr")).toContain("settings needs an ARN");

  writeFileSync(join(folder, "archive.ts"), "export const archive = {");
  await rendered(io, 4);
  expect(io.text("stderr")).toMatch(/cannot load trimtab\.config\.ts in .*: archive\.ts:1:25: /);

  writeFileSync(join(folder, "archive.ts"), source);
  await rendered(io, 5);
  io.signals.emit("SIGINT");
  expect(await done).toBe(0);
});

// From the moment of saving; what the process does at that time besides is not its own.
test("has the new output within 100 ms, at best of five", async () => {
  const { folder, io, done } = watching();
  await rendered(io, 1);
  const times: number[] = [];
  for (let round = 2; round < 7; round++) {
    const saved = performance.now();
    writeFileSync(join(folder, "xr.yaml"), letters.replace("letters", `letters-${round}`));
    await rendered(io, round);
    times.push(performance.now() - saved);
  }
  io.signals.emit("SIGTERM");
  await done;
  expect(Math.min(...times)).toBeLessThan(100);
});

/** A copy of the tutorial's project, watched. Within the repository, so that it finds the toolkit. */
function watching(): { readonly folder: string; readonly io: FakeIO; readonly done: Promise<number> } {
  const parent = join(repository, ".trimtab");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "watch-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of ["archive.ts", "xarchive.ts", "trimtab.config.ts"]) {
    cpSync(join(repository, "docs/tutorial", file), join(folder, file));
  }
  writeFileSync(join(folder, "xr.yaml"), letters);
  const io = fakeIO({ cwd: folder });
  return { folder, io, done: run(["render", "xr.yaml", "--watch"], io) };
}

/** Waits until it has rendered so often, and returns the line that says so. */
async function rendered(io: FakeIO, times: number): Promise<string> {
  const lines = () =>
    io
      .text("stderr")
      .split("\n")
      .filter((line) => / ms; waiting for changes$/.test(line));
  while (lines().length < times) await io.written();
  return lines()[times - 1] ?? "";
}
