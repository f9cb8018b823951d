import { synthesize } from "trimtab/synth";
import { expect, test } from "vitest";
import project from "./trimtab.config.js";

test("the project becomes an XRD, a Composition and two packages", () => {
  const files = synthesize(project);
  expect([...files.keys()].filter((path) => !path.startsWith("package/")).sort()).toEqual([
    "compositions/xarchive.yaml",
    "xrds/xarchive.yaml",
  ]);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(["package/function-archive/input.yaml", "package/configuration-xarchive/crossplane.yaml"]),
  );
  expect(files.get("compositions/xarchive.yaml")).toContain("name: acme-function-archive");
});
