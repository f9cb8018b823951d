import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../support/repository.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { buildPackage } from "./crossplane.js";

const roots = join(repository, "package");
const packages = readdirSync(roots, { withFileTypes: true }).filter((entry) => entry.isDirectory());

// The official CLI parses and lints what it packs, so that it refuses what could not be installed.
describe("crossplane xpkg build", () => {
  test("finds packages", () => expect(packages).not.toHaveLength(0));

  test.each(packages.map(({ name }) => name))("takes package/%s", async (name) => {
    const file = join(temporaryFolder(), `${name}.xpkg`);
    await buildPackage(join(roots, name), file);
    expect(statSync(file).size).toBeGreaterThan(0);
  });
});
