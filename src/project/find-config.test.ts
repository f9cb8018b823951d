import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import { findConfig } from "./find-config.js";

describe("findConfig", () => {
  test.each([
    { name: "in the folder", files: ["a/trimtab.config.ts"], from: "a", finds: "a/trimtab.config.ts" },
    { name: "above it", files: ["trimtab.config.js", "a/b/x"], from: "a/b", finds: "trimtab.config.js" },
    {
      name: "the nearest",
      files: ["trimtab.config.ts", "a/trimtab.config.mjs", "a/b/x"],
      from: "a/b",
      finds: "a/trimtab.config.mjs",
    },
    {
      name: "TypeScript before what may be made from it",
      files: ["trimtab.config.js", "trimtab.config.ts"],
      from: "",
      finds: "trimtab.config.ts",
    },
  ])("finds $name", ({ files, from, finds }) => {
    const folder = temporaryFolder(Object.fromEntries(files.map((path) => [path, ""])));
    expect(findConfig(join(folder, from))).toBe(join(folder, finds));
  });

  test("finds nothing where there is nothing", () => {
    expect(findConfig(temporaryFolder())).toBeUndefined();
  });
});
