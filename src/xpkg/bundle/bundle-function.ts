import { type BuildOptions, build, type Metafile } from "esbuild";
import { explainBuild } from "../../project/explain-build.js";
import { type BundledPackage, bundledPackages } from "./bundled-packages.js";
import { ownToolkit } from "./own-toolkit.js";

export interface BundleOptions {
  /** The project's folder. */
  readonly root: string;
  /** The path of the module that exports the function. */
  readonly entry: string;
  /** The function's name. */
  readonly name: string;
  /** What the program says is its version. */
  readonly version: string;
  /** The path of the toolkit's module that has `startExported`; the rest of the toolkit is taken from where that is. */
  readonly program: string;
  /** Whether what traces calls is in it, which is 300 KB. Default: no. */
  readonly tracing?: boolean | undefined;
}

/** A program that serves one function, in one file of CommonJS that needs nothing but Node. */
export interface FunctionBundle {
  readonly text: string;
  /** What is in it, the project's own modules aside. */
  readonly packages: readonly BundledPackage[];
}

/**
 * Bundles a function with what serves it, and with nothing that they do not import. The same modules give the same text,
 * wherever they lie.
 *
 * @throws Error of one line for each thing that is wrong, with file, line and column
 */
export async function bundleFunction(options: BundleOptions): Promise<FunctionBundle> {
  const { root, program, tracing = false } = options;
  try {
    const { outputFiles, metafile } = await build({
      ...OPTIONS,
      stdin: { contents: start(options), resolveDir: root, sourcefile: "main.js" },
      absWorkingDir: root,
      external: tracing ? LEFT_OUT : [...LEFT_OUT, ...TRACING],
      plugins: [ownToolkit(program)],
      conditions: program.endsWith(".ts") ? ["trimtab-source"] : [],
    });
    return { text: outputFiles[0]?.text ?? "", packages: bundledPackages(inputs(metafile), root) };
  } catch (error) {
    throw new Error(explainBuild(error), { cause: error });
  }
}

function start({ entry, name, version, program }: BundleOptions): string {
  const [own, toolkit, ...said] = [entry, program, name, version].map((text) => JSON.stringify(text));
  return `import * as own from ${own};\nimport { startExported } from ${toolkit};\nstartExported(own, ${said.join(", ")});\n`;
}

/** gRPC loads it for services that nobody adds here, and it is a sixth of all. */
const LEFT_OUT = ["@grpc/proto-loader"];

const TRACING = [
  "@opentelemetry/sdk-trace-node",
  "@opentelemetry/resources",
  "@opentelemetry/exporter-trace-otlp-proto",
];

const OPTIONS = {
  bundle: true,
  platform: "node",
  // V8 takes cached data of scripts, and not of modules.
  format: "cjs",
  target: "node20",
  minify: true,
  legalComments: "none",
  outfile: "main.js",
  write: false,
  metafile: true,
  logLevel: "silent",
  define: {
    "import.meta.url": "__trimtab_url",
    "import.meta.dirname": "__dirname",
    "import.meta.filename": "__filename",
  },
  // Modules are strict, and so is what they become.
  banner: { js: `"use strict";const __trimtab_url=require("node:url").pathToFileURL(__filename).href;` },
} as const satisfies BuildOptions;

/** The files of which something is left. */
function inputs({ outputs }: Metafile): readonly string[] {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
}
