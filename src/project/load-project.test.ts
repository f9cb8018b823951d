import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import { loadProject } from "./load-project.js";

const fn = `{ name: "one", composite: [{ group: "example.org", version: "v1", kind: "XThing" }], compose: () => ({}) }`;

describe("loadProject", () => {
  test("loads TypeScript that imports TypeScript, and fills in defaults", async () => {
    const root = temporaryFolder({
      "package.json": `{ "type": "module" }`,
      "trimtab.config.ts": `import { one } from "./functions/one.js";\nexport default { functions: [one] as readonly object[] };\n`,
      "functions/one.ts": `enum Size { Small = "small" }\ninterface F { readonly name: string }\nexport const one: F & object = { ...${fn}, size: Size.Small };\n`,
      "deep/below/x": "",
    });
    const { project, file, root: found } = await loadProject(join(root, "deep/below"));
    expect({ file, found }).toEqual({ file: join(root, "trimtab.config.ts"), found: root });
    expect(project).toMatchObject({
      functions: [{ name: "one", size: "small" }],
      xrds: [{ kind: "XThing" }],
      compositions: [],
      packages: [],
    });
  });

  test.each(["trimtab.config.mjs", "trimtab.config.mts", "trimtab.config.js"])("loads %s", async (name) => {
    const root = temporaryFolder({
      "package.json": `{ "type": "module" }`,
      [name]: `export default { functions: [${fn}] };`,
    });
    expect((await loadProject(root)).project.functions).toHaveLength(1);
  });

  test("keeps what it transpiled within the project", async () => {
    const root = temporaryFolder({
      "trimtab.config.ts": `const list: object[] = [${fn}];\nexport default { functions: list };`,
    });
    await loadProject(root);
    expect(existsSync(join(root, ".trimtab/cache"))).toBe(true);
  });

  test.each([
    { name: "no configuration", files: {}, says: /^cannot find the project: there is no trimtab\.config\.ts in / },
    {
      name: "one that is no TypeScript",
      files: { "trimtab.config.ts": "export default {" },
      says: /^cannot load trimtab\.config\.ts in \S+: /,
    },
    {
      name: "one that throws",
      files: { "trimtab.config.ts": `throw new Error("cannot define the function x");` },
      says: /^cannot load trimtab\.config\.ts in \S+: cannot define the function x$/,
    },
    {
      name: "one that imports what there is not",
      files: { "trimtab.config.ts": `import "./nowhere.js";\nexport default {};` },
      says: /^cannot load trimtab\.config\.ts in \S+: .*nowhere/,
    },
    {
      name: "one without a default export",
      files: { "trimtab.config.ts": "export const project = {};" },
      says: /^cannot use \S+trimtab\.config\.ts: it has no default export; write export default defineProject/,
    },
    {
      name: "one of another shape",
      files: { "trimtab.config.ts": "export default { functions: [1] };" },
      says: /^cannot use \S+trimtab\.config\.ts: cannot define the project: functions\[0\] is not a function/,
    },
  ])("refuses $name, naming the file", async ({ files, says }) => {
    await expect(loadProject(temporaryFolder(files))).rejects.toThrow(says);
  });
});
