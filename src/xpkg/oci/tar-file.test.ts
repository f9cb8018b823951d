import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { packTar } from "./tar.js";
import { openTar } from "./tar-file.js";

const mtime = new Date(0);

test.each([
  { names: ["a"], reason: "one header" },
  { names: ["a", `${"folder/".repeat(30)}b`, "c"], reason: "a path that needs a header of its own before it" },
  { names: ["a", "Übersicht/ü", "z"], reason: "a path that is not ASCII" },
])("files are found where they lie: $reason", async ({ names }) => {
  const path = join(temporaryFolder({}), "archive.tar");
  const archive = packTar(async ({ add }) => {
    await add({ name: "folder/", mtime, type: "directory" });
    for (const name of names) await add({ name, mtime }, Buffer.from(`what ${name} holds`));
    await add({ name: "empty", mtime }, Buffer.alloc(0));
    await add({ name: "last", mtime }, Buffer.alloc(1500, 7));
  });
  await pipeline(archive, createWriteStream(path));
  const tar = await openTar(path);
  for (const name of names) expect((await tar.read(name)).toString()).toBe(`what ${name} holds`);
  expect(await tar.read("empty")).toHaveLength(0);
  expect((await tar.read("last")).equals(Buffer.alloc(1500, 7))).toBe(true);
});
