import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
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

test("tells what changed while it rendered, be it given or only found by rendering", async () => {
  const { folder, io, gate } = gated();
  const done = run(["render", "xr.yaml", "--watch"], io);
  await gate.reached;
  writeFileSync(join(folder, "xr.yaml"), letters.replace("letters", "others"));
  gate.open();
  expect(await rendered(io, 2)).toMatch(/^xr\.yaml changed; /);
  io.signals.emit("SIGINT");
  expect(await done).toBe(0);
});

test("tells that the project's TypeScript changed while it was first loaded", async () => {
  const { folder, io, gate } = gated();
  const done = run(["render", "xr.yaml", "--watch"], io);
  await gate.reached;
  const source = readFileSync(join(folder, "archive.ts"), "utf8");
  writeFileSync(join(folder, "archive.ts"), `${source}\n// later`);
  gate.open();
  expect(await rendered(io, 2)).toMatch(/^archive\.ts changed; /);
  io.signals.emit("SIGINT");
  expect(await done).toBe(0);
});

test("ends at once when it is told to while something never answers", async () => {
  const { io, gate } = gated();
  const done = run(["render", "xr.yaml", "--watch"], io);
  await gate.reached;
  io.signals.emit("SIGTERM");
  expect(await done).toBe(0);
  gate.open();
});

test.each([
  { name: "an import is broken", file: "archive.ts", wrong: "export const archive = {" },
  { name: "an import is missing", file: "archive.ts", wrong: undefined },
  { name: "the configuration is missing", file: "trimtab.config.ts", wrong: undefined },
  { name: "an import throws", file: "xarchive.ts", wrong: `throw new Error("not yet");\nexport const XArchive = 1;` },
])("renders once it is mended where $name at the start", async ({ file, wrong }) => {
  const folder = tutorial();
  const right = readFileSync(join(folder, file), "utf8");
  if (wrong === undefined) rmSync(join(folder, file));
  else writeFileSync(join(folder, file), wrong);
  const { io, done } = watched(folder);
  await rendered(io, 1);
  expect(io.text("stdout")).toBe("");
  writeFileSync(join(folder, file), right);
  expect(await rendered(io, 2)).toMatch(`${file} changed; `);
  expect(io.text("stdout")).toContain("kind: XArchive");
  io.signals.emit("SIGINT");
  expect(await done).toBe(0);
});

test("loads again what failed for a reason outside of it", async () => {
  const folder = tutorial();
  const config = readFileSync(join(folder, "trimtab.config.ts"), "utf8");
  const check = `import { existsSync } from "node:fs";\nif (!existsSync(import.meta.dirname + "/there")) throw new Error("not there");\n`;
  writeFileSync(join(folder, "trimtab.config.ts"), check + config);
  const { io, done } = watched(folder);
  await rendered(io, 1);
  expect(io.text("stderr")).toContain("not there");
  writeFileSync(join(folder, "there"), "");
  writeFileSync(join(folder, "xr.yaml"), `${letters}\n`);
  await rendered(io, 2);
  expect(io.text("stdout")).toContain("kind: XArchive");
  io.signals.emit("SIGINT");
  expect(await done).toBe(0);
});

test("waits for folders that are not there", async () => {
  const folder = tutorial();
  const { io, done } = watched(folder, "nowhere/deep/xr.yaml");
  await rendered(io, 1);
  expect(io.text("stderr")).toContain("nowhere/deep/xr.yaml");
  mkdirSync(join(folder, "nowhere"));
  await rendered(io, 2);
  mkdirSync(join(folder, "nowhere/deep"));
  await rendered(io, 3);
  writeFileSync(join(folder, "nowhere/deep/xr.yaml"), letters);
  expect(await rendered(io, 4)).toMatch(/^nowhere\/deep\/xr\.yaml changed; /);
  expect(io.text("stdout")).toContain("kind: XArchive");
  io.signals.emit("SIGINT");
  expect(await done).toBe(0);
});

test.each<{ readonly name: string; readonly replace: (folder: string) => void }>([
  {
    name: "deleted and made again",
    replace(folder) {
      rmSync(join(folder, "xrs"), { recursive: true });
      mkdirSync(join(folder, "xrs/deep"), { recursive: true });
      writeFileSync(join(folder, "xrs/deep/xr.yaml"), letters);
    },
  },
  {
    name: "moved, with another in its place",
    replace(folder) {
      cpSync(join(folder, "xrs"), join(folder, "others"), { recursive: true });
      renameSync(join(folder, "xrs"), join(folder, "xrs.old"));
      renameSync(join(folder, "others"), join(folder, "xrs"));
    },
  },
])("keeps watching a folder that is $name", async ({ replace }) => {
  const folder = tutorial();
  mkdirSync(join(folder, "xrs/deep"), { recursive: true });
  writeFileSync(join(folder, "xrs/deep/xr.yaml"), letters);
  const { io, done } = watched(folder, "xrs/deep/xr.yaml");
  await rendered(io, 1);
  replace(folder);
  await rendered(io, 2);
  writeFileSync(join(folder, "xrs/deep/xr.yaml"), letters.replace("letters", "others"));
  expect(await io.line(/^xrs\/deep\/xr\.yaml changed; /)).toMatch(/waiting for changes$/);
  io.signals.emit("SIGINT");
  expect(await done).toBe(0);
});

test.each(["tsconfig.json", "package.json", "schemas/deep/v1.json"])("renders again when %s changes", async (file) => {
  const folder = tutorial();
  mkdirSync(join(folder, "schemas/deep"), { recursive: true });
  writeFileSync(join(folder, "schemas/deep/v1.json"), "{}");
  const { io, done } = watched(folder, "xr.yaml", "--required-schemas=schemas");
  await rendered(io, 1);
  writeFileSync(join(folder, file), "{ }");
  expect(await rendered(io, 2)).toMatch(`${file} changed; `);
  io.signals.emit("SIGINT");
  expect(await done).toBe(0);
});

/** A copy of the tutorial's project, watched. */
function watching(): Watched & { readonly folder: string } {
  const folder = tutorial();
  return { folder, ...watched(folder) };
}

interface Watched {
  readonly io: FakeIO;
  readonly done: Promise<number>;
}

function watched(folder: string, ...args: readonly string[]): Watched {
  const io = fakeIO({ cwd: folder });
  return { io, done: run(["render", ...(args.length > 0 ? args : ["xr.yaml"]), "--watch"], io) };
}

/** A copy of the tutorial's project. Within the repository, so that it finds the toolkit. */
function tutorial(): string {
  const parent = join(repository, ".trimtab");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "watch-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of ["archive.ts", "xarchive.ts", "trimtab.config.ts"]) {
    cpSync(join(repository, "docs/tutorial", file), join(folder, file));
  }
  writeFileSync(join(folder, "xr.yaml"), letters);
  return folder;
}

interface Gate {
  /** Once the project is being loaded. */
  readonly reached: Promise<void>;
  /** Lets it be loaded. */
  open(): void;
}

/** The project, which does not load before somebody lets it. */
function gated(): { readonly folder: string; readonly io: FakeIO; readonly gate: Gate } {
  const folder = tutorial();
  const key = basename(folder);
  const [reached, reach] = promise();
  const [opened, open] = promise();
  Object.assign(globalThis, { [key]: { reach, opened } });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, key));
  const config = readFileSync(join(folder, "trimtab.config.ts"), "utf8");
  const wait = `const gate = (globalThis as any)["${key}"];\ngate.reach();\nawait gate.opened;\n`;
  writeFileSync(join(folder, "trimtab.config.ts"), config + wait);
  return { folder, io: fakeIO({ cwd: folder }), gate: { reached, open } };
}

function promise(): readonly [Promise<void>, () => void] {
  let settle = () => {};
  return [new Promise<void>((resolve) => (settle = resolve)), () => settle()];
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
