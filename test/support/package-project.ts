import { join } from "node:path";
import { fileLayer, makeImage, makeIndex, writeLayout } from "../../src/xpkg/oci/index.js";
import { temporaryFolder } from "./temporary-folder.js";

const CONFIG = `
const schema = { openapi: { type: "object", properties: {} } };
const XLamp = { group: "example.org", version: "v1", kind: "XLamp", spec: schema, status: schema };
const lamp = { name: "lamp", composite: [XLamp], input: schema, compose: () => ({ resources: {} }) };
const lamps = { name: "xlamps", composite: XLamp, pipeline: [{ step: "lamp", functionRef: { name: "function-lamp" } }] };
const uses = { kind: "Function", package: "registry.example.org/acme/function-lamp", version: ">=v1.0.0" };
export default {
  functions: [lamp],
  compositions: [lamps],
  packages: [
    { kind: "Function", function: lamp, annotations: { "meta.crossplane.io/source": "https://example.org/lamps" } },
    {
      kind: "Configuration", name: "lamps", crossplane: ">=v2.1.0-0", compositions: [lamps], dependsOn: [uses],
      activate: ["bulbs.example.com"], examples: ["example.yaml"],
    },
  ],
} as object;
`;

const FUNCTION = `
import { anyXR, defineFunction } from "trimtab";
export const lamp = defineFunction({
  name: "lamp", composite: anyXR({ group: "example.org" }), composes: {}, compose: () => ({ resources: {} }),
});
`;

/** The files of a project with a package of a function and one of a Configuration. */
export const PACKAGE_PROJECT: Readonly<Record<string, string>> = {
  "package.json": `{"name": "lamps", "version": "1.2.3", "license": "Apache-2.0"}`,
  "trimtab.config.ts": CONFIG,
  "functions/lamp/function.ts": FUNCTION,
  "example.yaml": "apiVersion: example.org/v1\nkind: XLamp\nmetadata: {namespace: default, name: hall}\n",
};

/** An OCI layout whose images for linux/amd64 and linux/arm64 say that they have Node, and have not. */
export async function fakeBase(): Promise<string> {
  const images = ["amd64", "arm64"].map(async (architecture) => {
    const layer = await fileLayer([{ type: "file", path: "nodejs/bin/node", mode: 0o755, bytes: architecture }], {
      mtime: 0,
    });
    const platform = { os: "linux", architecture };
    const config = { Entrypoint: ["/nodejs/bin/node"], User: "65532" };
    return makeImage({ platform, layers: [layer], config, created: 0 });
  });
  const folder = join(temporaryFolder(), "base");
  await writeLayout(folder, makeIndex(await Promise.all(images)));
  return folder;
}
