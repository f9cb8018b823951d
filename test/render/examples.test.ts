import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repository } from "../support/repository.js";
import { objectIn } from "../support/yaml-objects.js";
import { type RenderFiles, renderWithCrossplane } from "./crossplane.js";
import { compositionOf, xrdOf } from "./definitions.js";
import { type ServedFunctions, serveFunctions } from "./serve-functions.js";

// Each example renders to the bytes that lie beside it, by the real Crossplane, with our functions served over gRPC:
//   examples/<name>/xr.yaml          what is rendered
//   examples/<name>/required.yaml    what functions may require, if anything
//   examples/<name>/rendered.yaml    the first reconcile
//   examples/<name>/observed.yaml    what is observed later, if that is shown
//   examples/<name>/reconciled.yaml  a reconcile that observes it
// An example of a platform of its own has composition.yaml too; one of a pipeline of its own functions.yaml and xrd.yaml as
// well.
// UPDATE_EXAMPLES=1 writes what is rendered instead of comparing it.

const update = process.env["UPDATE_EXAMPLES"] === "1";
const folder = join(repository, "examples");
const renderings = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, "xr.yaml")))
  .flatMap((name) => renderingsOf(name));

const served = new Map<string, ServedFunctions>();
beforeAll(async () => {
  for (const { files } of renderings) {
    if (!served.has(files.functions)) served.set(files.functions, await serveFunctions(files.functions));
  }
});
afterAll(() => Promise.all([...served.values()].map((functions) => functions.stop())));

test("there are examples", () => {
  expect(renderings).not.toHaveLength(0);
});

test.for(renderings.map(({ name, files }) => [name, files] as const))("%s", async ([name, files]) => {
  const rendered = await renderWithCrossplane({ ...files, functions: served.get(files.functions)?.file ?? "" });
  const expected = join(folder, name);
  if (update) writeFileSync(expected, rendered);
  expect(rendered).toBe(readFileSync(expected, "utf8"));
});

interface Rendering {
  /** The file that has what comes out, below examples/. */
  readonly name: string;
  readonly files: RenderFiles;
}

function renderingsOf(example: string): readonly Rendering[] {
  const path = (file: string) => join(folder, example, file);
  const ifThere = (file: string) => (existsSync(path(file)) ? path(file) : undefined);
  const xr = path("xr.yaml");
  const composite = objectIn(xr);
  const first = {
    xr,
    composition: ifThere("composition.yaml") ?? compositionOf(composite),
    xrd: ifThere("xrd.yaml") ?? xrdOf(composite),
    functions: ifThere("functions.yaml") ?? join(folder, "functions.yaml"),
    required: ifThere("required.yaml"),
    flags: ["--include-full-xr", "--include-function-results"],
  };
  const observed = ifThere("observed.yaml");
  const rendered = { name: `${example}/rendered.yaml`, files: first };
  return observed ? [rendered, { name: `${example}/reconciled.yaml`, files: { ...first, observed } }] : [rendered];
}
