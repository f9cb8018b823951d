import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { providerCRDsFor } from "../../test/support/provider-crds.js";
import { generateModels } from "../codegen/generate-models.js";

const crds = providerCRDsFor("that the models are what their CRDs give");

describe.skipIf(crds.length === 0)("generated models", () => {
  const generated = generateModels(crds, { runtime: "../../resource", source: "provider-upjet-aws v2.6.0" });

  test("are of every group, and of no other", () => {
    const files = readdirSync(new URL("./aws/", import.meta.url));
    expect(files.toSorted()).toEqual([...generated.keys()].toSorted());
  });

  test.each([...generated])("aws/%s is what its CRDs give", (file, text) => {
    expect(readFileSync(new URL(`./aws/${file}`, import.meta.url), "utf8")).toBe(text);
  });
});
