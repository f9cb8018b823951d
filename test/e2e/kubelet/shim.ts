import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles the shim into this folder, as one file that Node runs as it is. Returns its path. */
export async function bundleShim(folder: string): Promise<string> {
  const outfile = join(folder, "shim.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("shim/main.ts", import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
  });
  return outfile;
}
