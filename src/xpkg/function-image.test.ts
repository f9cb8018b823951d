import { describe, expect, test } from "vitest";
import { functionImage, nodeOf } from "./function-image.js";
import { filesOf } from "./layer-files.js";
import { fileLayer, type Image, makeImage, type ProcessConfig } from "./oci/index.js";

const platform = { os: "linux", architecture: "arm64" };

async function baseWith(config: ProcessConfig, path = "etc/hostname"): Promise<Image> {
  const layer = await fileLayer([{ type: "file", path, bytes: "" }], { mtime: 0 });
  return makeImage({ platform, layers: [layer], config, created: 0 });
}

describe("functionImage", () => {
  const options = async (base: Image) => ({
    base,
    node: ["/nodejs/bin/node"],
    objects: "kind: Function\n",
    program: "run()",
    files: { "licenses.txt": "MIT" },
    labels: { title: "lamp" },
    created: 0,
  });

  test("runs the program with Node, as nobody in particular", async () => {
    const base = await baseWith({ User: "root", Cmd: ["node"], Env: ["PATH=/nodejs/bin"] });
    const image = await functionImage(await options(base));
    expect(image.platform).toEqual(platform);
    expect(image.config.config).toMatchObject({
      User: "2000",
      Entrypoint: ["/nodejs/bin/node", "--max-semi-space-size=8", "/function/main.js"],
      Cmd: [],
      Env: ["PATH=/nodejs/bin"],
      WorkingDir: "/function",
      ExposedPorts: { "9443/tcp": {} },
      StopSignal: "SIGTERM",
      Labels: { title: "lamp" },
    });
    const [, files] = image.layers;
    if (files === undefined) throw new Error("there is no layer of files");
    expect([...(await filesOf(files, () => true)).keys()]).toEqual([
      "function/licenses.txt",
      "function/main.js",
      "function/package.json",
    ]);
  });

  test("marks the layer that Crossplane reads, by annotation and by label", async () => {
    const image = await functionImage(await options(await baseWith({})));
    const layer = image.layers.at(-1);
    expect(layer?.descriptor.annotations).toEqual({ "io.crossplane.xpkg": "base" });
    expect(image.config.config?.Labels).toHaveProperty([`io.crossplane.xpkg:${layer?.descriptor.digest}`], "base");
  });

  test("brings cached data, and says whose", async () => {
    const cachedData = { bytes: Buffer.from("cached"), node: "v24.0.0" };
    const image = await functionImage({ ...(await options(await baseWith({}))), cachedData });
    const [, files] = image.layers;
    if (files === undefined) throw new Error("there is no layer of files");
    const found = await filesOf(files, () => true);
    expect(found.get("function/function.js")?.toString()).toBe("run()");
    expect(found.get("function/function.cache")?.toString()).toBe("cached");
    expect(found.get("function/main.js")?.toString()).toContain("cachedDataRejected");
    expect(image.config.config?.Labels).toHaveProperty(["dev.trimtab.v8-cached-data"], "v24.0.0");
  });
});

describe("nodeOf", () => {
  const cases: Readonly<Record<string, { config: ProcessConfig; path?: string; node: readonly string[] }>> = {
    "the entrypoint that is Node": { config: { Entrypoint: ["/nodejs/bin/node"] }, node: ["/nodejs/bin/node"] },
    "an entrypoint that starts Node": {
      config: { Entrypoint: ["/sbin/tini", "--", "/usr/bin/node"] },
      node: ["/sbin/tini", "--", "/usr/bin/node"],
    },
    "where Docker's own image has it, whose entrypoint is a script": {
      config: { Entrypoint: ["docker-entrypoint.sh"], Cmd: ["node"] },
      path: "usr/local/bin/node",
      node: ["/usr/local/bin/node"],
    },
  };
  test.each(Object.entries(cases))("is %s", async (_, { config, path, node }) => {
    expect(await nodeOf(await baseWith(config, path))).toEqual(node);
  });

  test("refuses an image without Node", async () => {
    await expect(nodeOf(await baseWith({}))).rejects.toThrow(
      "its entrypoint is not node, and it has none of /nodejs/bin/node, /usr/local/bin/node, ",
    );
  });
});
