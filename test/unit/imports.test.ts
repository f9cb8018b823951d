import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { expect, test } from "vitest";
import { filesBelow } from "../support/files-below.js";
import { repository } from "../support/repository.js";

/** What each room of src/ may import. A room that is not here may not exist. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  yaml: [],
  resource: [],
  aws: [],
  wire: [],
  runtime: [],
  schema: ["resource"],
  admission: ["resource", "schema"],
  models: ["resource"],
  function: ["resource", "schema"],
  codegen: ["resource", "schema"],
  synth: ["resource", "schema", "function"],
  runner: ["resource", "function", "wire", "runtime"],
  serve: ["resource", "runner", "wire", "runtime"],
  render: ["resource", "schema", "function", "wire", "runner", "yaml", "admission"],
  simulate: ["resource", "schema", "function", "wire", "runner", "yaml", "admission", "render", "aws"],
  testing: ["resource", "schema", "function", "wire", "runner", "render", "simulate", "yaml", "synth", "project"],
  project: ["resource", "schema", "function", "simulate", "synth"],
  xpkg: ["runtime", "yaml", "synth", "project"],
  cli: [
    "resource",
    "schema",
    "function",
    "wire",
    "runtime",
    "runner",
    "serve",
    "render",
    "simulate",
    "synth",
    "xpkg",
    "codegen",
    "project",
    "yaml",
    "admission",
  ],
};

/** Packages that may not be loaded on the path of a request: whoever serves a function would carry them. */
const heavy = ["cdk8s", "constructs", "@kubernetes/client-node", "@marcbachmann/cel-js", "esbuild"];
const onRequestPath = ["resource", "schema", "function", "wire", "runner", "serve", "runtime", "aws", "models"];

/** The one file that evaluates CEL. No index exports it, so that the request path does not load it. */
const exempt = ["src/schema/cel-rules.ts"];

test.each(Object.keys(rooms))("%s imports downwards only", (room) => {
  const wrong = sources(room).flatMap((file) =>
    imports(file)
      .filter((name) => name.startsWith("."))
      .map((name) => relative(join(repository, "src"), normalize(join(dirname(file), name))).split("/")[0] ?? "")
      .filter((target) => target !== room && !rooms[room]?.includes(target))
      .map((target) => `${relative(repository, file)} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("every folder of src is a room with a place in the order", () => {
  const folders = readdirSync(join(repository, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(rooms).sort());
});

test("nothing on the path of a request loads a heavy package, nor does what writes defaults for render", () => {
  const wrong = [...onRequestPath, "admission"].flatMap(sources).flatMap((file) => {
    const found = imports(file).filter(
      (name) => name.endsWith("/cel-rules.js") || heavy.some((pkg) => name === pkg || name.startsWith(`${pkg}/`)),
    );
    return exempt.includes(relative(repository, file))
      ? []
      : found.map((name) => `${relative(repository, file)} imports ${name}`);
  });
  expect(wrong).toEqual([]);
});

test("only the command line touches the process", () => {
  const files = Object.keys(rooms)
    .filter((room) => room !== "cli")
    .flatMap(sources);
  expect(
    files.filter((file) => /(?<![-\w])process\.(?!hrtime)/.test(code(file))).map((file) => relative(repository, file)),
  ).toEqual([]);
});

test("what is outside src/ goes through the package's exports", () => {
  const files = ["functions", "xrds", "compositions", "examples", "docs"].flatMap((folder) =>
    filesBelow(join(repository, folder), ".ts"),
  );
  const wrong = files.flatMap((file) =>
    imports(file)
      .filter((name) => /\.\.\/src\//.test(name))
      .map((name) => `${relative(repository, file)} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

function sources(room: string): readonly string[] {
  return filesBelow(join(repository, "src", room), ".ts").filter((file) => !file.endsWith(".test.ts"));
}

function imports(file: string): readonly string[] {
  const pattern = /(?:\bfrom\s+|\bimport\s+|\bimport\()"([^"]+)"/g;
  return [...code(file).matchAll(pattern)].map((match) => match[1] ?? "");
}

function code(file: string): string {
  return readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}
