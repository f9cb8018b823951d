import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fakeIO } from "../../../test/support/fake-io.js";
import { callFunction } from "../../../test/support/function-client.js";
import { fakeBase, PACKAGE_PROJECT } from "../../../test/support/package-project.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { configurationImage } from "../../xpkg/configuration-image.js";
import { hostPlatform } from "../../xpkg/host-platform.js";
import { filesOf } from "../../xpkg/layer-files.js";
import { fileLayer, isIndex, makeImage, type Platform, readTarball, writeTarball } from "../../xpkg/oci/index.js";
import { run } from "../run.js";
import { startPackage } from "./start-package.js";

const architecture = hostPlatform().architecture;
const linux = { os: "linux", architecture };
const files = {
  "xr.yaml": "apiVersion: example.org/v1\nkind: XLamp\nmetadata: {namespace: default, name: hall}\n",
  "composition.yaml": `apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: {name: xlamps}
spec:
  compositeTypeRef: {apiVersion: example.org/v1, kind: XLamp}
  mode: Pipeline
  pipeline: [{step: lamp, functionRef: {name: fn}}]
`,
  "functions/fn.yaml": `apiVersion: pkg.crossplane.io/v1
kind: Function
metadata: {name: fn, annotations: {render.trimtab.dev/package: ../lamp.xpkg}}
`,
};

/** The package of a project's function, in whose base there is no Node. */
async function lampPackage(): Promise<string> {
  const cwd = temporaryFolder(PACKAGE_PROJECT);
  const io = fakeIO({ cwd });
  const args = ["xpkg", "build", "function-lamp", "--base", await fakeBase(), "--platform", `linux/${architecture}`];
  expect(await run([...args, "--cached-data", "off"], io), io.text("stderr")).toBe(0);
  return join(cwd, `function-lamp-v1.2.3-linux-${architecture}.xpkg`);
}

async function rendered(cwd: string, ...args: readonly string[]) {
  const io = fakeIO({ cwd });
  const code = await run(["render", "xr.yaml", "composition.yaml", "functions", ...args], io);
  return { code, stdout: io.text("stdout"), stderr: io.text("stderr") };
}

describe("trimtab render", () => {
  test("runs a Function from its package, whose path starts at the Function's file", async () => {
    const cwd = temporaryFolder(files);
    await writeTarball(join(cwd, "lamp.xpkg"), await imageIn(await lampPackage()));
    const { code, stdout, stderr } = await rendered(cwd);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("kind: XLamp\n");
  });

  const refused: Readonly<Record<string, { args?: readonly string[]; image?: () => Promise<unknown>; says: RegExp }>> =
    {
      "a file that is not there": {
        says: /cannot run the Function fn from .*lamp\.xpkg: cannot read .*: there is no such/,
      },
      "a package in which nothing runs": {
        image: () => configurationImage({ objects: "", examples: undefined, labels: {}, created: 0 }),
        says: /cannot run the Function fn from .*lamp\.xpkg: (it says of nothing to run|cannot use .*: it has no image)/,
      },
      "a package for other machines": {
        image: () => imageOf("exit 1", { os: "linux", architecture: "s390x" }),
        says: /cannot run the Function fn from .*lamp\.xpkg: .*linux\/s390x/,
      },
    };
  test.each(Object.entries(refused))("refuses %s", async (_, { image, says }) => {
    const cwd = temporaryFolder(files);
    if (image) await writeTarball(join(cwd, "lamp.xpkg"), (await image()) as Parameters<typeof writeTarball>[1]);
    const { code, stderr } = await rendered(cwd);
    expect(stderr).toMatch(says);
    expect(code).toBe(1);
  });

  test("calls what is said to listen, and not a package, where both are said", async () => {
    const cwd = temporaryFolder(files);
    const { code, stderr } = await rendered(cwd, "--function", "fn=127.0.0.1:1", "--timeout", "300ms");
    expect(code).toBe(255);
    expect(stderr).toContain("fn at 127.0.0.1:1 has not answered");
  });
});

describe.skipIf(process.platform !== "linux")("startPackage", () => {
  const soon = () => Date.now() + 20_000;

  test("runs the image's own program, with the image's environment and arguments", async () => {
    const file = await lampPackage();
    const image = await imageIn(file);
    const [, layer] = image.layers;
    const program = layer && (await filesOf(layer, () => true)).get("function/main.js")?.toString("utf8");
    const check = `if (process.env.LAMP !== "lit" || process.argv[2] !== "--debug") process.exit(7);\n`;
    const own = temporaryFolder();
    await writeTarball(join(own, "own.xpkg"), await imageOf(`${check}${program?.replace('"use strict";', "")}`, linux));
    const io = fakeIO({ cwd: own });
    const { target, close } = await startPackage("own.xpkg", soon(), io);
    onTestFinished(close);
    expect((await callFunction(target, { meta: { tag: "a-tag" } })).meta?.tag).toBe("a-tag");
  });

  test.each([
    {
      name: "a program that ends",
      program: "process.stderr.write('Error: too dark\\n'); process.exit(3);",
      says: /^its program ends with 3 rather than to listen: Error: too dark$/,
    },
    {
      name: "a program that does not listen",
      program: "setInterval(() => {}, 1000);",
      says: /^its program does not listen in time; --timeout says how long to wait$/,
    },
  ])("refuses $name", async ({ program, says }) => {
    const cwd = temporaryFolder();
    await writeTarball(join(cwd, "own.xpkg"), await imageOf(program, linux));
    const deadline = Date.now() + (program.startsWith("set") ? 300 : 20_000);
    await expect(startPackage("own.xpkg", deadline, fakeIO({ cwd }))).rejects.toThrow(says);
  });

  test("extracts a package once, into the cache of a project", async () => {
    const file = await lampPackage();
    const cwd = temporaryFolder({ "trimtab.config.ts": "", "package.json": '{"type": "module"}' });
    for (let times = 0; times < 2; times++) (await startPackage(file, soon(), fakeIO({ cwd }))).close();
    const { descriptor } = await imageIn(file);
    const main = join(cwd, ".trimtab/packages", descriptor.digest.replace(":", "-"), "function/main.js");
    expect(readFileSync(main, "utf8")).toContain("use strict");
  });
});

async function imageIn(file: string) {
  const value = await readTarball(file);
  if (isIndex(value)) throw new Error(`${file} holds an index`);
  return value;
}

/** An image that runs a script, with the Node of this machine. */
async function imageOf(script: string, platform: Platform) {
  const bytes = `#!${process.execPath}\n${script}`;
  const layer = await fileLayer([{ type: "file", path: "opt/fn", mode: 0o755, bytes }], { mtime: 0 });
  const config = { Entrypoint: ["/opt/fn", "--debug"], Env: ["LAMP=lit", "PATH=/nowhere"] };
  return makeImage({ platform, layers: [layer], config, created: 0 });
}
