import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { fakeIO } from "../support/fake-io.js";
import { repository } from "../support/repository.js";
import { crossplaneCRD } from "../tools/index.js";

test("how the docs deploy a function is what Crossplane takes", async () => {
  const definitions = ["pkg.crossplane.io_deploymentruntimeconfigs", "pkg.crossplane.io_functions"];
  const crds = await Promise.all(definitions.map(crossplaneCRD));
  const io = fakeIO({ cwd: join(repository, "docs/serving") });
  const code = await run(["validate", "runtime-config.yaml", "--strict", ...crds.map((crd) => `--crds=${crd}`)], io);
  expect(io.text("stdout")).toMatch(/^2 objects: 2 valid\n$/);
  expect(code).toBe(0);
});
