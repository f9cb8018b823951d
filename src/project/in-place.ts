import { readFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { pathToFileURL } from "node:url";
import { type Loader, type Plugin } from "esbuild";

/**
 * Tells each file that asks where it lies. What it says stands on a line that the file has anyway, so that lines stay as
 * they are.
 *
 * @param note told of each file before it is read
 */
export function inPlace(note: (path: string) => void): Plugin {
  return {
    name: "in-place",
    setup(build) {
      build.onLoad({ filter: /.*/, namespace: "file" }, async ({ path }) => {
        note(path);
        if (!/\.[cm]?[jt]sx?$/.test(path)) return undefined;
        const text = await readFile(path, "utf8");
        if (!text.includes("import.meta")) return undefined;
        return { contents: told(text, path), loader: loaderOf(path) };
      });
    },
  };
}

function told(text: string, path: string): string {
  const said = {
    __trimtab_url: pathToFileURL(path).href,
    __trimtab_dirname: dirname(path),
    __trimtab_filename: path,
  };
  const constants = Object.entries(said).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
  // Nothing may stand before it.
  const hashbang = /^#!.*\r?\n?/.exec(text)?.[0] ?? "";
  return `${hashbang}${constants.join(" ")} ${text.slice(hashbang.length)}`;
}

function loaderOf(path: string): Loader {
  const extension = extname(path).slice(1).replace(/^[cm]/, "");
  return extension === "ts" || extension === "tsx" || extension === "jsx" ? extension : "js";
}
