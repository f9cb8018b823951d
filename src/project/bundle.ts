import { readFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildContext, type BuildFailure, type BuildOptions, context, type Loader, type Plugin } from "esbuild";

/** A module and what it imports, as one text. */
export interface Bundle {
  /** JavaScript; packages are left to be imported. */
  readonly text: string;
  /** The paths of the files that it is made of, from the folder that it was made in. */
  readonly files: readonly string[];
}

/** Makes a bundle, again and again; what did not change is not read anew. */
export interface Bundler {
  /** @throws Error of one line for each thing that is wrong, with file, line and column */
  bundle(): Promise<Bundle>;
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
  const made = await context({ ...OPTIONS, entryPoints: [file], absWorkingDir: folder });
  return { bundle: () => rebuild(made), close: () => made.dispose() };
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
  plugins: [inPlace()],
} as const satisfies BuildOptions;

async function rebuild(made: BuildContext<typeof OPTIONS>): Promise<Bundle> {
  try {
    const { outputFiles, metafile } = await made.rebuild();
    return { text: outputFiles[0]?.text ?? "", files: Object.keys(metafile.inputs) };
  } catch (error) {
    throw new Error(explain(error), { cause: error });
  }
}

function explain(error: unknown): string {
  const { errors = [] } = error as Partial<BuildFailure>;
  if (errors.length === 0) return error instanceof Error ? error.message : String(error);
  return errors
    .map(({ text, location }) =>
      location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
    )
    .join("\n");
}

/** Tells each file that asks where it lies. What it says stands on the file's first line, so that lines stay as they are. */
function inPlace(): Plugin {
  return {
    name: "in-place",
    setup(build) {
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: "file" }, async ({ path }) => {
        const text = await readFile(path, "utf8");
        if (!text.includes("import.meta")) return undefined;
        const said = {
          __trimtab_url: pathToFileURL(path).href,
          __trimtab_dirname: dirname(path),
          __trimtab_filename: path,
        };
        const constants = Object.entries(said).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
        return { contents: `${constants.join(" ")} ${text}`, loader: loaderOf(path) };
      });
    },
  };
}

function loaderOf(path: string): Loader {
  const extension = extname(path).slice(1).replace(/^[cm]/, "");
  return extension === "ts" || extension === "tsx" || extension === "jsx" ? extension : "js";
}
