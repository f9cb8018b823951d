import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { interpreterOf } from "./interpreter-of.js";
import { loader } from "./loader.js";
import { makeCachedData, nodeCommand } from "./make-cached-data.js";

// This machine's own root stands for that of an image.
const root = { folder: "/", node: process.execPath };
const program = `"use strict"; function say(text) { console.log(text); } say(require("node:path").basename(__filename) + process.argv.at(-1));`;
const isLinux = process.platform === "linux";

describe.skipIf(!isLinux)("makeCachedData", () => {
  test("gives the same bytes for the same program", async () => {
    const [one, two] = [await makeCachedData(root, program), await makeCachedData(root, program)];
    expect(one.node).toBe(process.version);
    expect(Buffer.from(one.bytes).equals(Buffer.from(two.bytes))).toBe(true);
    const other = await makeCachedData(root, `${program} `);
    expect(Buffer.from(one.bytes).equals(Buffer.from(other.bytes))).toBe(false);
  });

  test("makes what the loader takes without a word, under the flags of the image", async () => {
    const folder = installed((await makeCachedData(root, program)).bytes);
    const { stdout, stderr } = spawnSync(process.execPath, ["--max-semi-space-size=8", join(folder, "main.js"), "!"], {
      encoding: "utf8",
    });
    expect({ stdout, stderr }).toEqual({ stdout: "function.js!\n", stderr: "" });
  });

  test.each([
    { name: "of another program", bytes: async () => (await makeCachedData(root, `${program} `)).bytes },
    { name: "that is damaged", bytes: async () => Buffer.from("no cached data") },
  ])("what is $name is not taken, which the log says, and the program runs", async ({ bytes }) => {
    const folder = installed(await bytes());
    const { stdout, stderr } = spawnSync(process.execPath, ["--max-semi-space-size=8", join(folder, "main.js"), "!"], {
      encoding: "utf8",
    });
    expect(stdout).toBe("function.js!\n");
    expect(JSON.parse(stderr)).toMatchObject({
      level: "warn",
      msg: expect.stringMatching(/^cannot use function\.cache/),
    });
  });

  test("fails where the program does", async () => {
    await expect(makeCachedData(root, "throw new Error('too dark')")).rejects.toThrow(/too dark/);
  });
});

describe.skipIf(!isLinux)("a program in a folder that is not the root", () => {
  test("is run by the loader that it asks for", async () => {
    const [command = "", ...args] = await nodeCommand(root);
    expect(command).toMatch(/^\/lib.*\/ld-/);
    expect(execFileSync(command, [...args, "--version"], { encoding: "utf8" }).trim()).toBe(process.version);
  });

  test("is run as it is where it asks for none", async () => {
    const folder = temporaryFolder({ script: "#!/bin/sh\n".padEnd(100) });
    expect(await interpreterOf(join(folder, "script"))).toBeUndefined();
    expect(await nodeCommand({ folder, node: "/script" })).toEqual([join(folder, "script")]);
  });
});

/** A folder as the image has it. */
function installed(cachedData: Uint8Array): string {
  const folder = temporaryFolder({ "main.js": loader(), "function.js": program });
  writeFileSync(join(folder, "function.cache"), cachedData);
  return folder;
}
