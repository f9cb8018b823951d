import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeIO } from "../../../test/support/fake-io.js";
import { fakeBase, PACKAGE_PROJECT } from "../../../test/support/package-project.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { filesOf } from "../../xpkg/layer-files.js";
import { type Image, isIndex, readTarball } from "../../xpkg/oci/index.js";
import { objectsIn } from "../../xpkg/package-objects.js";
import { readExamples, readPackage } from "../../xpkg/read-package.js";
import { run } from "../run.js";

async function built(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const io = fakeIO({ cwd, env });
  const code = await run(["xpkg", "build", ...args], io);
  const lines = io.text("stdout").trim().split("\n");
  return { code, digests: lines.map((line) => line.split("  ")), stdout: io.text("stdout"), stderr: io.text("stderr") };
}

async function read(path: string): Promise<Image> {
  const value = await readTarball(path);
  if (isIndex(value)) throw new Error(`${path} holds an index`);
  return value;
}

describe("trimtab xpkg build", () => {
  test("makes a file for each platform of a function, and one of a Configuration, and says their digests", async () => {
    const cwd = temporaryFolder(PACKAGE_PROJECT);
    const { code, digests, stderr } = await built(cwd, ["--base", await fakeBase(), "-o", "out"]);
    expect({ code, stderr: stderr.replace(/: .*$/s, "") }).toEqual({ code: 0, stderr: expect.any(String) });
    expect(digests.map(([, name]) => name)).toEqual([
      "out/function-lamp-v1.2.3-linux-amd64.xpkg",
      "out/function-lamp-v1.2.3-linux-arm64.xpkg",
      "function-lamp:v1.2.3 (linux/amd64, linux/arm64)",
      "out/lamps-v1.2.3.xpkg",
    ]);
    for (const [digest, name = ""] of digests.filter(([, name]) => name?.startsWith("out/"))) {
      expect((await read(join(cwd, name))).descriptor.digest).toBe(digest);
    }
  });

  test("puts into a function's package what Crossplane reads, and what runs", async () => {
    const cwd = temporaryFolder(PACKAGE_PROJECT);
    await built(cwd, ["function-lamp", "--base", await fakeBase(), "--platform", "linux/arm64"]);
    const image = await read(join(cwd, "function-lamp-v1.2.3-linux-arm64.xpkg"));
    expect(objectsIn("package.yaml", await readPackage(image)).map(({ kind }) => kind)).toEqual(["Function"]);
    expect(image.config.config?.Labels).toMatchObject({
      "org.opencontainers.image.title": "function-lamp",
      "org.opencontainers.image.version": "1.2.3",
      "org.opencontainers.image.licenses": "Apache-2.0",
      "org.opencontainers.image.source": "https://example.org/lamps",
      "org.opencontainers.image.created": "1970-01-01T00:00:00Z",
    });
    const [, files] = image.layers;
    if (files === undefined) throw new Error("there is no layer of files");
    const found = await filesOf(files, () => true);
    expect([...found.keys()]).toEqual(
      ["licenses.txt", "main.js", "package.json", "sbom.spdx.json"].map((name) => `function/${name}`),
    );
    const { packages } = JSON.parse(found.get("function/sbom.spdx.json")?.toString() ?? "") as {
      readonly packages: readonly { readonly name: string }[];
    };
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(["function-lamp", "pino", "trimtab"]));
  });

  test("puts into a Configuration's package what is generated, what is written by hand, and examples", async () => {
    const own = "apiVersion: ops.crossplane.io/v1alpha1\nkind: Operation\nmetadata: {name: dust}\n";
    const cwd = temporaryFolder({ ...PACKAGE_PROJECT, "package/lamps/operation.yaml": own });
    await built(cwd, ["lamps"]);
    const image = await read(join(cwd, "lamps-v1.2.3.xpkg"));
    const kinds = objectsIn("package.yaml", await readPackage(image)).map(({ kind }) => kind);
    expect(kinds).toEqual([
      "Configuration",
      "ManagedResourceActivationPolicy",
      "Composition",
      "Operation",
      "CompositeResourceDefinition",
    ]);
    expect(await readExamples(image)).toContain("kind: XLamp");
  });

  test("gives the same bytes in another folder, for another user", async () => {
    const base = await fakeBase();
    const first = temporaryFolder(PACKAGE_PROJECT);
    const second = join(temporaryFolder(), "some/where else");
    cpSync(first, second, { recursive: true });
    const one = await built(first, ["--base", base], { HOME: "/home/one" });
    const two = await built(second, ["--base", base], { HOME: "/home/two", SOURCE_DATE_EPOCH: "0" });
    expect(two).toEqual(one);
    for (const name of readdirSync(first).filter((each) => each.endsWith(".xpkg"))) {
      expect(readFileSync(join(second, name)).equals(readFileSync(join(first, name))), name).toBe(true);
    }
  });

  test("is of the time and version that is said", async () => {
    const cwd = temporaryFolder(PACKAGE_PROJECT);
    await built(cwd, ["lamps", "--version", "v2.0.0-rc.1"], { SOURCE_DATE_EPOCH: "86400" });
    const { config } = await read(join(cwd, "lamps-v2.0.0-rc.1.xpkg"));
    expect(config.created).toBe("1970-01-02T00:00:00Z");
    expect(config.config?.Labels).toMatchObject({ "org.opencontainers.image.version": "2.0.0-rc.1" });
  });

  test("leaves cached data out where the base's Node does not run here, and says so", async () => {
    const cwd = temporaryFolder(PACKAGE_PROJECT);
    const architecture = { x64: "amd64" }[process.arch as "x64"] ?? process.arch;
    const flags = ["function-lamp", "--base", await fakeBase(), "--platform", `linux/${architecture}`];
    const { code, stderr } = await built(cwd, flags);
    expect(code).toBe(0);
    if (process.platform === "linux") {
      expect(stderr).toContain(`trimtab: no cached data for linux/${architecture}, since the base's Node does not run`);
    }
    expect((await built(cwd, [...flags, "--cached-data", "off"])).stderr).toBe("");
  });

  const refused: Readonly<
    Record<
      string,
      {
        files?: Readonly<Record<string, string>>;
        args?: readonly string[];
        env?: Readonly<Record<string, string>>;
        code?: number;
        says: RegExp;
      }
    >
  > = {
    "a package that there is not": {
      args: ["chairs"],
      says: /cannot build chairs: the project has no such package; there are function-lamp, lamps$/,
    },
    "a platform that is none": {
      args: ["--platform", "linux"],
      code: 80,
      says: /--platform "linux" is no list such as linux\/amd64,linux\/arm64/,
    },
    "a version that is none": {
      args: ["--version", "1.0"],
      code: 80,
      says: /the --version "1\.0" is no semantic version/,
    },
    "no version": {
      files: { "package.json": "{}" },
      says: /cannot tell the version: there is none in package\.json of .*; say --version$/,
    },
    "a time that is none": {
      env: { SOURCE_DATE_EPOCH: "yesterday" },
      says: /cannot use SOURCE_DATE_EPOCH: "yesterday" is not a whole number of seconds/,
    },
    "a base that is not there": {
      args: ["--base", "./no"],
      says: /cannot read \.\/no: there is no such file or folder$/,
    },
    "a platform that the base is not for": {
      args: ["--base", "BASE", "--platform", "linux/s390x"],
      says: /cannot build function-lamp: cannot build on .*linux\/s390x.*; --base says another image$/,
    },
    "a function's module that is not there": {
      files: { "functions/lamp/function.ts": "" },
      args: ["--base", "BASE"],
      says: /functions\/lamp\/function\.ts: its program does not start: lamp: cannot start: no function of its module/,
    },
    "what a package may not bring": {
      files: {
        "package/lamps/role.yaml": "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\n",
      },
      args: ["lamps"],
      says: /cannot build lamps: package\/lamps\/role\.yaml: a Configuration may not bring the ClusterRole a, only /,
    },
    "an example that is not there": {
      files: { "trimtab.config.ts": PACKAGE_PROJECT["trimtab.config.ts"]?.replace("example.yaml", "no.yaml") ?? "" },
      args: ["lamps"],
      says: /cannot build lamps: cannot read the example no\.yaml: no such file or directory$/,
    },
    "a module that entry does not find": {
      files: {
        "trimtab.config.ts":
          PACKAGE_PROJECT["trimtab.config.ts"]?.replace("function: lamp,", 'function: lamp, entry: "src/lamp.ts",') ??
          "",
      },
      args: ["--base", "BASE"],
      says: /cannot build function-lamp: there is no src\/lamp\.ts; say with entry which module exports the function lamp$/,
    },
  };
  test.each(Object.entries(refused))("refuses %s", async (_, { files, args = [], env, code = 1, says }) => {
    const cwd = temporaryFolder({ ...PACKAGE_PROJECT, ...files });
    const base = await fakeBase();
    const found = await built(
      cwd,
      args.map((arg) => (arg === "BASE" ? base : arg)),
      env,
    );
    expect(found.stderr.trim()).toMatch(says);
    expect(found.code).toBe(code);
    expect(existsSync(join(cwd, "lamps-v1.2.3.xpkg"))).toBe(false);
  });
});
