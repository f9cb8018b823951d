import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleFunction } from "../../dist/xpkg/bundle/bundle-function.js";
import { loader } from "../../dist/xpkg/cached-data/loader.js";
import { makeCachedData } from "../../dist/xpkg/cached-data/make-cached-data.js";
import { NODE_FLAGS } from "../../dist/xpkg/function-image.js";
import { freePort } from "./server.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * A function as `trimtab xpkg build` packages it: the one bundle, with V8's cached data, below a folder. Gives the command that
 * serves it at a port of 127.0.0.1, with the flags of the package and with metrics, as in a cluster.
 */
export async function packaged({ name, entry }, folder) {
  const program = join(root, "dist/cli/serve/start-exported.js");
  const { text } = await bundleFunction({ root, entry: join(root, entry), name, version: "0.0.0", program });
  const { bytes } = await makeCachedData({ folder: "/", node: process.execPath }, text);
  const own = join(folder, `packaged-${name}`);
  mkdirSync(own);
  const files = {
    "package.json": '{"type":"commonjs"}',
    "main.js": loader(),
    "function.js": text,
    "function.cache": bytes,
  };
  for (const [file, content] of Object.entries(files)) writeFileSync(join(own, file), content);
  return async (port) => [
    ...[process.execPath, ...NODE_FLAGS, join(own, "main.js")],
    ...["--insecure", `--address=127.0.0.1:${port}`, `--metrics-address=127.0.0.1:${await freePort()}`],
  ];
}
