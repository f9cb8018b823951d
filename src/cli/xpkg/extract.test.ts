import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeIO } from "../../../test/support/fake-io.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { configurationImage } from "../../xpkg/configuration-image.js";
import { writeTarball } from "../../xpkg/oci/index.js";
import { run } from "../run.js";

const objects = "apiVersion: meta.pkg.crossplane.io/v1\nkind: Configuration\nmetadata: {name: lamps}\n";

async function extracted(...args: readonly string[]) {
  const cwd = temporaryFolder();
  const image = await configurationImage({ objects, examples: "a: 1\n", labels: {}, created: 0 });
  await writeTarball(join(cwd, "lamps.xpkg"), image);
  const io = fakeIO({ cwd });
  const extract = () => run(["xpkg", "extract", "lamps.xpkg", ...args], io);
  return { cwd, io, extract };
}

describe("trimtab xpkg extract", () => {
  test("writes the objects and the examples", async () => {
    const { cwd, io, extract } = await extracted("-o", "out");
    expect(await extract(), io.text("stderr")).toBe(0);
    expect(io.text("stdout")).toBe("out/package.yaml\nout/examples.yaml\n");
    expect(readFileSync(join(cwd, "out/package.yaml"), "utf8")).toBe(objects);
    expect(readFileSync(join(cwd, "out/examples.yaml"), "utf8")).toBe("a: 1\n");
  });

  test("writes the root file system where it is asked for, once", async () => {
    const { cwd, io, extract } = await extracted("-o", "out", "--rootfs");
    expect(await extract(), io.text("stderr")).toBe(0);
    expect(readdirSync(join(cwd, "out/rootfs")).toSorted()).toEqual([".up", "package.yaml"]);
    expect(await extract()).toBe(1);
    expect(io.text("stderr")).toMatch(/cannot extract lamps\.xpkg: .*out\/rootfs is not empty; say another folder\n$/);
  });

  test.each([
    {
      name: "a platform that it is not for",
      args: ["-o", "out", "--platform", "linux/s390x"],
      code: 1,
      says: /linux\/s390x/,
    },
    { name: "no folder", args: [], code: 80, says: /the flag --output is missing/ },
  ])("refuses $name", async ({ args, code, says }) => {
    const { io, extract } = await extracted(...args);
    expect(await extract()).toBe(code);
    expect(io.text("stderr")).toMatch(says);
  });
});
