import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import { loadProject, projectLoader } from "./load-project.js";

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

describe("a project that was changed", () => {
  test("is loaded anew by the same loader, and by another", async () => {
    const root = temporaryFolder({
      "trimtab.config.ts": `import { part } from "./part.js";\n${configSaying("part")}`,
      "part.ts": `export const part = "old";\n`,
    });
    const loader = loaderOf(root);
    expect(await saidIn(loader)).toBe("old");
    writeFileSync(join(root, "part.ts"), `export const part = "newer";\n`);
    expect(await saidIn(loader)).toBe("newer");
    expect(await saidIn(loaderOf(root))).toBe("newer");
  });

  test("has files with the stamps from before they were read", async () => {
    const root = temporaryFolder({
      "trimtab.config.ts": `import json from "./part.json";\nexport const x = json;\n${configSaying('"one"')}`,
      "part.json": "{}",
    });
    const loader = loaderOf(root);
    await loader.load();
    const stamps = loader.files();
    expect([...stamps.keys()].sort()).toEqual(
      ["package.json", "part.json", "trimtab.config.ts", "tsconfig.json"].map((name) => join(root, name)),
    );
    expect(stamps.get(join(root, "part.json"))).toMatch(/\/2$/);
    expect(stamps.get(join(root, "package.json"))).toBe("");
  });

  test.each([
    { name: "an import that is broken", text: "export const part = {", files: ["part.ts"] },
    { name: "an import that is not there", text: undefined, files: ["part.ts", "part.js"] },
  ])("tells the files of $name", async ({ text, files }) => {
    const root = temporaryFolder({
      "trimtab.config.ts": `import { part } from "./part.js";\n${configSaying("part")}`,
      ...(text !== undefined && { "part.ts": text }),
    });
    const loader = loaderOf(root);
    await expect(loader.load()).rejects.toThrow(/cannot load trimtab\.config\.ts/);
    for (const file of [...files, "trimtab.config.ts"]) expect([...loader.files().keys()]).toContain(join(root, file));
    writeFileSync(join(root, "part.ts"), `export const part = "right";`);
    expect(await saidIn(loader)).toBe("right");
  });

  test("is imported again where the same text failed before", async () => {
    const root = temporaryFolder({
      "trimtab.config.ts": `import { existsSync } from "node:fs";\nif (!existsSync(import.meta.dirname + "/there")) throw new Error("not there");\n${configSaying('"one"')}`,
    });
    const loader = loaderOf(root);
    await expect(loader.load()).rejects.toThrow("not there");
    await expect(loader.load()).rejects.toThrow("not there");
    writeFileSync(join(root, "there"), "");
    expect(await saidIn(loader)).toBe("one");
  });

  test.each([
    { name: "tsconfig.json", changed: "tsconfig.json" },
    { name: "what it extends", changed: "base.json" },
    { name: "what that extends, one of several", changed: "deep/base.json" },
  ])("is bundled anew with $name", async ({ changed }) => {
    const says = (isDefined: boolean) => JSON.stringify({ compilerOptions: { useDefineForClassFields: isDefined } });
    const chain: Readonly<Record<string, string>> = {
      "tsconfig.json": `{ /* it has comments */ "extends": "./base" }`,
      "base.json": `{ "extends": ["./other.json", "./deep/base.json"] }`,
      "other.json": "{}",
      "deep/base.json": says(true),
    };
    const root = temporaryFolder({
      ...chain,
      "trimtab.config.ts": `class Base { set name(_: string) {} }\nclass Named extends Base { override name = "own"; }\n${configSaying('Object.keys(new Named())[0] ?? "inherited"')}`,
    });
    const loader = loaderOf(root);
    expect(await saidIn(loader)).toBe("name");
    writeFileSync(join(root, changed), says(false));
    expect(await saidIn(loader)).toBe("inherited");
  });
});

describe("a project that cannot be written to", () => {
  // A file in the folder's place is refused to root, too.
  test("finds packages of all folders above, and leaves nothing behind", async () => {
    const { root, temporary } = unwritable(`import { a } from "a";\nimport { b } from "b";\n${configSaying("[a, b]")}`);
    expect(await saidIn(loaderOf(root))).toEqual(["inner-a", "outer-b"]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("still finds a package that is imported later", async () => {
    const { root } = unwritable(
      `export default { functions: [{ ...${fn}, late: async () => (await import("b")).b }] };`,
    );
    const [late] = (await loaderOf(root).load()).project.functions as unknown as { late(): Promise<string> }[];
    expect(await late?.late()).toBe("outer-b");
  });

  function unwritable(config: string): { readonly root: string; readonly temporary: string } {
    const pkg = (name: string, says: string) => ({
      [`${name}/package.json`]: `{ "type": "module", "exports": "./index.js" }`,
      [`${name}/index.js`]: `export const ${name.at(-1)} = "${says}";`,
    });
    const above = temporaryFolder({
      ...pkg("node_modules/a", "outer-a"),
      ...pkg("node_modules/b", "outer-b"),
      ...pkg("project/node_modules/a", "inner-a"),
      "project/.trimtab": "",
      "project/trimtab.config.ts": config,
    });
    const temporary = join(above, "temporary");
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    return { root: join(above, "project"), temporary };
  }
});

describe("a project's TypeScript", () => {
  test("may begin with a hashbang, and say where it lies on the line that it stands on", async () => {
    const root = temporaryFolder({
      "trimtab.config.ts": `import { url } from "./part.js";\n${configSaying("url")}`,
      "part.ts": `#!/usr/bin/env node\nexport const url = import.meta.url;\n`,
    });
    expect(await saidIn(loaderOf(root))).toBe(pathToFileURL(join(root, "part.ts")).href);
  });

  test("may import CommonJS that requires what Node has, and call its own require so", async () => {
    const root = temporaryFolder({
      "trimtab.config.ts": `import { createRequire } from "node:module";\nimport { posix } from "./part.cjs";\nconst require = createRequire(import.meta.url);\n${configSaying('[posix, require("node:path").posix.sep]')}`,
      "part.cjs": `exports.posix = require("node:path").posix.delimiter;`,
    });
    expect(await saidIn(loaderOf(root))).toEqual([":", "/"]);
  });

  test("is where its source map says", async () => {
    const root = temporaryFolder({ "parts/part.ts": "export const x = 1;", "trimtab.config.ts": "" });
    writeFileSync(join(root, "trimtab.config.ts"), `import "./parts/part.js";\n${configSaying('"one"')}`);
    await loaderOf(root).load();
    const cache = join(root, ".trimtab/cache");
    const [bundle = ""] = readdirSync(cache).filter((name) => name.endsWith(".mjs"));
    const map = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(
      readFileSync(join(cache, bundle), "utf8"),
    )?.[1];
    const { sources, sourceRoot } = JSON.parse(Buffer.from(map ?? "", "base64").toString()) as SourceMap;
    expect(sources.map((source) => new URL(source, sourceRoot).href)).toContain(
      pathToFileURL(join(root, "trimtab.config.ts")).href,
    );
  });
});

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourceRoot: string;
}

/** A configuration of one function, which says what this expression is. */
function configSaying(expression: string): string {
  return `export default { functions: [{ ...${fn}, said: ${expression} }] };\n`;
}

function loaderOf(root: string): ReturnType<typeof projectLoader> {
  const loader = projectLoader(root);
  onTestFinished(() => loader.close());
  return loader;
}

/** What its only function says. */
async function saidIn(loader: ReturnType<typeof projectLoader>): Promise<unknown> {
  const { project } = await loader.load();
  return (project.functions[0] as unknown as { readonly said: unknown }).said;
}
