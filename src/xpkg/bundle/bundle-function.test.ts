import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../../../test/support/repository.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { bundleFunction } from "./bundle-function.js";
import { licenseTexts } from "./license-texts.js";
import { tryProgram } from "./try-program.js";

const program = join(repository, "src/cli/serve/start-exported.ts");
const lamp = (body = "") => `
import { anyXR, defineFunction } from "trimtab";
${body}
export const lamp = defineFunction({
  name: "lamp", composite: anyXR({ group: "example.org" }), composes: {}, compose: () => ({ resources: {} }),
});
`;
const bundleIn = (root: string, name = "lamp", entry = "function.ts") =>
  bundleFunction({ root, entry: join(root, entry), name, version: "1.2.3", program });

describe.each(["bucket", "identity", "connection"])("the project's function %s", (name) => {
  test("is one small program, without what it does not need", async () => {
    const { text, packages } = await bundleFunction({
      root: repository,
      entry: join(repository, `functions/${name}/function.ts`),
      name,
      version: "1.2.3",
      program,
    });
    expect(text.length).toBeLessThan(800_000);
    const names = packages.map((each) => each.name);
    expect(names).toEqual(expect.arrayContaining(["@grpc/grpc-js", "pino", "prom-client"]));
    expect(
      names.filter((each) =>
        /cdk8s|constructs|client-node|esbuild|cel-js|yaml|protobuf|telemetry.(sdk|otlp)/.test(each),
      ),
    ).toEqual([]);
    expect(text).not.toContain(repository);
    await tryProgram(text, "1.2.3", process.execPath);
  });
});

test("brings nothing of other functions", async () => {
  const { text } = await bundleIn(repository, "connection", "functions/connection/function.ts");
  expect(text).toContain("connectionDetails");
  const own = (file: string) => /`([^`$]{30,})/.exec(readFileSync(join(repository, file), "utf8"))?.[1];
  expect(own("functions/identity/refusals.ts")).toBeDefined();
  expect(text).not.toContain(own("functions/identity/refusals.ts"));
});

test("takes the toolkit from where it runs itself, and gives the same bytes wherever the project is", async () => {
  const first = temporaryFolder({ "function.ts": lamp() });
  const second = join(temporaryFolder(), "a/longer/way");
  cpSync(first, second, { recursive: true });
  const [one, two] = await Promise.all([bundleIn(first), bundleIn(second)]);
  expect(one.text).toBe(two.text);
  expect(one.packages.map(({ name }) => name)).toContain("trimtab");
  await tryProgram(one.text, "1.2.3", process.execPath);
});

test("reads what a module says of itself as of the program", async () => {
  const root = temporaryFolder({
    "function.ts": lamp("if (!import.meta.url.startsWith('file:')) throw new Error('no');"),
  });
  await tryProgram((await bundleIn(root)).text, "1.2.3", process.execPath);
});

test("lists packages that it takes from node_modules, and their licenses", async () => {
  const root = temporaryFolder({
    "package.json": `{"name": "own", "version": "1.0.0"}`,
    "function.ts": lamp(`import { shade } from "shade"; if (!shade) throw new Error("none");`),
    "node_modules/shade/package.json": `{"name": "shade", "version": "3.0.0", "license": "ISC", "main": "lib/index.js"}`,
    "node_modules/shade/lib/package.json": `{"type": "commonjs"}`,
    "node_modules/shade/lib/index.js": "exports.shade = true;",
    "node_modules/shade/LICENSE": "Anybody may.\r\n",
  });
  const { packages } = await bundleIn(root);
  const shade = packages.filter(({ name }) => name === "shade" || name === "own");
  expect(shade).toEqual([
    { name: "shade", version: "3.0.0", license: "ISC", folder: join(root, "node_modules/shade") },
  ]);
  expect(licenseTexts(shade)).toBe("shade 3.0.0: ISC\n\nAnybody may.\n");
});

describe("a function that cannot be published", () => {
  const bundling: Readonly<Record<string, { text: string; says: RegExp }>> = {
    "what is no TypeScript": { text: "export const = 1;", says: /^function\.ts:1:14: Expected identifier/ },
    "a package that is not installed": {
      text: `import "nowhere";`,
      says: /^function\.ts:1:8: Could not resolve "nowhere"/,
    },
    "a module that waits": { text: "await 1; export const lamp = 1;", says: /^function\.ts:1:1: Top-level await/ },
  };
  test.each(Object.entries(bundling))("%s", async (_, { text, says }) => {
    await expect(bundleIn(temporaryFolder({ "function.ts": text }))).rejects.toThrow(says);
  });

  const starting: Readonly<Record<string, { text: string; says: RegExp }>> = {
    "a module without it": {
      text: "export const chair = { name: 'chair', composes: {}, compose() {} };",
      says: /its program does not start: lamp: cannot start: no function of its module has that name; there is chair$/,
    },
    "a module that throws": {
      text: `throw new TypeError("too dark");`,
      says: /its program does not start: TypeError: too dark$/,
    },
  };
  test.each(Object.entries(starting))("%s", async (_, { text, says }) => {
    const bundle = await bundleIn(temporaryFolder({ "function.ts": text }));
    await expect(tryProgram(bundle.text, "1.2.3", process.execPath)).rejects.toThrow(says);
  });
});
