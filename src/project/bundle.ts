import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildContext, type BuildOptions, context, type Metafile } from "esbuild";
import { buildErrors, explainBuild } from "./explain-build.js";
import { inPlace } from "./in-place.js";
import { settingsFiles } from "./settings-files.js";
import { stampOf } from "./stamp.js";

/** A module and what it imports, as one text. */
export interface Bundle {
  /** JavaScript; packages are left to be imported. */
  readonly text: string;
  /** The files that decide what it is, by their path from the folder that it was made in, as they were before they were read. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether it may import packages after it was itself imported. */
  readonly importsLater: boolean;
}

/** Makes a bundle, again and again; what did not change is not read anew. */
export interface Bundler {
  /** @throws Error of one line for each thing that is wrong, with file, line and column */
  bundle(): Promise<Bundle>;
  /** {@link Bundle.files}, also of a bundle that failed; of one that a file is missing for, the paths that it could have. */
  files(): ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/**
 * A bundler of TypeScript or JavaScript.
 *
 * In each file `import.meta.url`, `dirname` and `filename` are those of the file, as if it ran where it lies.
 *
 * @param folder paths are relative to it
 */
export async function bundler(file: string, folder: string): Promise<Bundler> {
  const files = new Map<string, string>();
  const note = (path: string) => files.set(relative(folder, path), stampOf(path));
  const made = await context({
    ...OPTIONS,
    entryPoints: [file],
    absWorkingDir: folder,
    sourceRoot: `${pathToFileURL(folder).href}/`,
    plugins: [inPlace(note)],
  });
  return {
    async bundle() {
      files.clear();
      settingsFiles(folder).forEach(note);
      try {
        const built = await rebuild(made);
        return { ...built, files: new Map(files) };
      } catch (error) {
        for (const path of missing(error, folder)) note(path);
        throw new Error(explainBuild(error), { cause: error });
      }
    },
    files: () => new Map(files),
    close: () => made.dispose(),
  };
}

const OPTIONS = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  // Nothing is written: what is made goes where its reader wants it.
  write: false,
  metafile: true,
  logLevel: "silent",
  define: {
    "import.meta.url": "__trimtab_url",
    "import.meta.dirname": "__trimtab_dirname",
    "import.meta.filename": "__trimtab_filename",
  },
  // CommonJS requires Node's own modules and packages while it runs. What a module itself calls `require` gets another name.
  banner: {
    js: `import { createRequire as __trimtab_createRequire } from "node:module"; const require = __trimtab_createRequire(import.meta.url);`,
  },
} as const satisfies BuildOptions;

async function rebuild(made: BuildContext<typeof OPTIONS>): Promise<Omit<Bundle, "files">> {
  const { outputFiles, metafile } = await made.rebuild();
  return { text: outputFiles[0]?.text ?? "", importsLater: importsLater(metafile) };
}

function importsLater({ outputs }: Metafile): boolean {
  return Object.values(outputs)
    .flatMap(({ imports }) => imports)
    .some(({ kind, path }) => kind !== "import-statement" && !isBuiltin(path));
}

/** The paths that a file could have that is imported, but is not there. */
function missing(error: unknown, folder: string): readonly string[] {
  return buildErrors(error).flatMap(({ text, location }) => {
    const path = /^Could not resolve "(\.[^"]*)"/.exec(text)?.[1];
    if (path === undefined || !location) return [];
    const stem = resolve(folder, dirname(location.file), path.replace(/\.[cm]?jsx?$/, ""));
    return [...ENDINGS.map((ending) => `${stem}${ending}`), join(stem, "index.ts"), join(stem, "index.js")];
  });
}

const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];
