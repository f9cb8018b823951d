import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { apply, changes } from "./changes.js";

const generated = "# Generated from trimtab.config.ts by trimtab synth. Do not edit.\n";
const files = new Map([
  ["xrds/a.yaml", `${generated}a: 1\n`],
  ["package/p/crossplane.yaml", `${generated}p: 1\n`],
]);

describe("changes", () => {
  test("creates, changes and removes, in the order of the paths", () => {
    const root = temporaryFolder({
      "xrds/a.yaml": `${generated}a: 0\n`,
      "package/p/xrds/old.yaml": `${generated}old: 1\n`,
    });
    expect(changes(root, files).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "created package/p/crossplane.yaml",
      "removed package/p/xrds/old.yaml",
      "changed xrds/a.yaml",
    ]);
  });

  test("finds none once they are made", () => {
    const root = temporaryFolder({ "compositions/old.yaml": `${generated}old: 1\n` });
    apply(root, changes(root, files));
    expect(changes(root, files)).toEqual([]);
    expect(existsSync(join(root, "compositions/old.yaml"))).toBe(false);
    expect(readFileSync(join(root, "xrds/a.yaml"), "utf8")).toBe(`${generated}a: 1\n`);
  });

  test.each([
    { name: "written by hand", path: "xrds/own.yaml", text: "own: 1\n" },
    { name: "of another generator", path: "xrds/own.yaml", text: "# Generated from a CRD by another program.\n" },
    { name: "in another folder", path: "examples/copy.yaml", text: `${generated}a: 1\n` },
    { name: "no YAML", path: "xrds/notes.md", text: `${generated}a: 1\n` },
  ])("leaves alone a file that is $name", ({ path, text }) => {
    const root = temporaryFolder({ [path]: text });
    apply(root, changes(root, files));
    expect(readFileSync(join(root, path), "utf8")).toBe(text);
  });
});
