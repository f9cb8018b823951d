import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import { exampleStream, packageFiles } from "./package-files.js";

const generated = "# Generated from trimtab.config.ts by trimtab synth. Do not edit.\n";

describe("packageFiles", () => {
  test("are what is generated, and what lies beside by hand", () => {
    const root = temporaryFolder({
      "package/lamps/crossplane.yaml": `${generated}old: 1\n`,
      "package/lamps/xrds/gone.yaml": `${generated}gone: 1\n`,
      "package/lamps/operations/own.yml": "own: 1\n",
      "package/lamps/notes.md": "no YAML",
      "package/other/own.yaml": "other: 1\n",
    });
    const all = new Map([
      ["package/lamps/crossplane.yaml", "new: 1\n"],
      ["package/other/crossplane.yaml", "other: 1\n"],
      ["package/lamps-rbac.yaml", "beside: 1\n"],
      ["xrds/lamp.yaml", "elsewhere: 1\n"],
    ]);
    expect([...packageFiles("lamps", all, root)]).toEqual([
      ["package/lamps/crossplane.yaml", "new: 1\n"],
      ["package/lamps/operations/own.yml", "own: 1\n"],
    ]);
  });
});

describe("exampleStream", () => {
  test("is of files and of folders", () => {
    const root = temporaryFolder({ "b.yaml": "b: 1", "more/c.yaml": "c: 1\n", "more/deep/a.yml": "a: 1\n" });
    expect(exampleStream(["b.yaml", "more"], root)).toBe("---\nb: 1\n---\nc: 1\n---\na: 1\n");
  });

  test("is none where there are none", () => {
    expect(exampleStream([], temporaryFolder())).toBeUndefined();
  });

  test.each([
    {
      name: "what is not there",
      path: "no.yaml",
      says: "cannot read the example no.yaml: no such file or directory",
    },
    { name: "a folder without YAML", path: "empty", says: "cannot read the example empty: the folder has no YAML" },
  ])("refuses $name", ({ path, says }) => {
    const root = temporaryFolder({ "empty/notes.md": "" });
    expect(() => exampleStream([path], root)).toThrow(says);
  });
});
