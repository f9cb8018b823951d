// Has Node run the TypeScript of this repository as it lies, without vitest; "trimtab" is then what is in src/:
//
//   node --import ./test/tools/typescript.mjs FILE.ts
import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { transform } from "esbuild";

// Node loads this file once more, in the thread that loads modules.
if (isMainThread) {
  register(import.meta.url);
  process.setSourceMapsEnabled(true);
}

export async function resolve(specifier, context, next) {
  const found = { ...context, conditions: [...context.conditions, "trimtab-source"] };
  try {
    return await next(specifier, found);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
    return next(specifier.replace(/js$/, "ts"), found);
  }
}

export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const sourcefile = fileURLToPath(url);
  const options = { loader: "ts", format: "esm", target: "node20", sourcemap: "inline", sourcefile };
  const { code } = await transform(await readFile(sourcefile, "utf8"), options);
  return { format: "module", source: code, shortCircuit: true };
}
