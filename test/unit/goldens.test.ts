import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { type Serving } from "../../src/serve/index.js";
import { xrdOf } from "../render/definitions.js";
import { serveForeign } from "../render/foreign/serve-foreign.js";
import { fakeIO } from "../support/fake-io.js";
import { repository } from "../support/repository.js";
import { objectIn } from "../support/yaml-objects.js";

// What the real Crossplane printed of each example, without Crossplane: the same bytes, from the project's TypeScript.

const folder = join(repository, "examples");
const examples = readdirSync(folder).filter((name) => existsSync(join(folder, name, "xr.yaml")));
const PATCH_AND_TRANSFORM = "crossplane-contrib-function-patch-and-transform";

let foreign: Serving | undefined;
beforeAll(async () => {
  foreign = await serveForeign("patch-and-transform");
});
afterAll(() => foreign?.close(0));

test("there are examples of everything, and each was observed", () => {
  expect(examples.length).toBeGreaterThanOrEqual(28);
  for (const name of examples) {
    expect(readdirSync(join(folder, name)), name).toEqual(
      expect.arrayContaining(["observed.yaml", "reconciled.yaml", "rendered.yaml"]),
    );
  }
});

describe.each(examples)("%s", (name) => {
  test("rendered.yaml", async () => {
    await expect(rendered(name)).resolves.toBe(golden(name, "rendered.yaml"));
  });

  test("reconciled.yaml", async () => {
    const observed = `--observed-resources=examples/${name}/observed.yaml`;
    await expect(rendered(name, observed)).resolves.toBe(golden(name, "reconciled.yaml"));
  });
});

async function rendered(name: string, ...flags: readonly string[]): Promise<string> {
  const path = (file: string) => `examples/${name}/${file}`;
  const isThere = (file: string) => existsSync(join(repository, path(file)));
  // The project has the Composition and the XRD, but for an example of a platform of its own.
  const own = isThere("composition.yaml")
    ? [path("composition.yaml"), `--xrd=${isThere("xrd.yaml") ? path("xrd.yaml") : xrdOf(objectIn(path("xr.yaml")))}`]
    : [];
  const required = isThere("required.yaml") ? [`--required-resources=${path("required.yaml")}`] : [];
  const elsewhere = isThere("functions.yaml") ? [`--function=${PATCH_AND_TRANSFORM}=${foreign?.address}`] : [];
  const io = fakeIO({ cwd: repository });
  const args = ["render", path("xr.yaml"), ...own, "-xr", ...required, ...elsewhere, ...flags];
  expect(await run(args, io), io.text("stderr")).toBe(0);
  return io.text("stdout");
}

function golden(name: string, file: string): string {
  return readFileSync(join(folder, name, file), "utf8");
}
