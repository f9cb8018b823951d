import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { providerCRDsFor } from "../support/provider-crds.js";
import { repository } from "../support/repository.js";

const crds = providerCRDsFor("that what packages activate is what the provider defines");

test.skipIf(crds.length === 0)("what the Configuration activates is what the provider defines", () => {
  const policy = parse(
    readFileSync(join(repository, "package/configuration-xbucket/activation-policy.yaml"), "utf8"),
  ) as { readonly spec: { readonly activate: readonly string[] } };
  const defined = crds.map((crd) => (crd as { readonly metadata: { readonly name: string } }).metadata.name);
  expect(policy.spec.activate.length).toBeGreaterThan(10);
  expect(policy.spec.activate.filter((name) => !defined.includes(name))).toEqual([]);
});
