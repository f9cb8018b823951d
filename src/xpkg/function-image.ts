import { basename } from "node:path";
import { type CachedData } from "./cached-data/cached-data.js";
import { loader } from "./cached-data/loader.js";
import { pathsOf } from "./layer-files.js";
import { type FileEntry, fileLayer, type Image, makeImage, type ProcessConfig } from "./oci/index.js";
import { packageLayers } from "./package-layer.js";

export interface FunctionImageOptions {
  readonly base: Image;
  /** Where Node is in the base; see {@link nodeOf}. */
  readonly node: readonly string[];
  /** The stream of the package's objects. */
  readonly objects: string;
  /** The program: one file of JavaScript. */
  readonly program: string;
  /** What V8 made of the program. Default: it compiles it at each start. */
  readonly cachedData?: CachedData | undefined;
  /** Further files beside the program, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** In seconds since 1970. */
  readonly created: number;
}

/** The image of a Function package: the base, the function, and what Crossplane reads. Equal options give equal bytes. */
export async function functionImage(options: FunctionImageOptions): Promise<Image> {
  const { base, node, objects, cachedData, created } = options;
  const layer = await fileLayer(entries(options), { mtime: created });
  const metadata = await packageLayers({ objects }, created);
  return makeImage({
    platform: base.platform,
    base,
    layers: [layer, ...metadata.layers],
    config: { ...PROCESS, Entrypoint: [...node, ...NODE_FLAGS, `/${FOLDER}/main.js`] },
    labels: {
      ...options.labels,
      ...metadata.labels,
      ...(cachedData !== undefined && { [CACHED_DATA_LABEL]: cachedData.node }),
    },
    created,
  });
}

/** Where the program is in the image. */
export const FOLDER = "function";

/**
 * Halves what load adds to the memory, at no loss of speed. V8 takes cached data only under the flags that it was made
 * with.
 */
export const NODE_FLAGS = ["--max-semi-space-size=8"];

/** The label that says whose Node the cached data is of. */
export const CACHED_DATA_LABEL = "dev.trimtab.v8-cached-data";

/** Crossplane starts functions as this user, whatever the image says. */
const PROCESS: ProcessConfig = {
  User: "2000",
  Cmd: [],
  WorkingDir: `/${FOLDER}`,
  ExposedPorts: { "9443/tcp": {} },
  StopSignal: "SIGTERM",
};

function entries({ program, cachedData, files }: FunctionImageOptions): readonly FileEntry[] {
  const all: Readonly<Record<string, string | Uint8Array>> = {
    ...files,
    // Wherever the image is extracted to, the folders above do not say how the program is read.
    "package.json": '{"type":"commonjs"}\n',
    ...(cachedData
      ? { "main.js": loader(), "function.js": program, "function.cache": cachedData.bytes }
      : { "main.js": program }),
  };
  return Object.entries(all).map(([name, bytes]) => ({ type: "file", path: `${FOLDER}/${name}`, bytes }));
}

/**
 * How Node is called in an image: its entrypoint, where that is Node, or one of the places where images have it.
 *
 * @throws Error where there is no Node
 */
export async function nodeOf(image: Image): Promise<readonly string[]> {
  const { Entrypoint } = image.config.config ?? {};
  if (["node", "nodejs"].includes(basename(Entrypoint?.at(-1) ?? ""))) return Entrypoint ?? [];
  const paths = await pathsOf(image);
  const found = PLACES.find((path) => paths.has(path.slice(1)));
  if (found !== undefined) return [found];
  throw new Error(`its entrypoint is not node, and it has none of ${PLACES.join(", ")}`);
}

const PLACES = ["/nodejs/bin/node", "/usr/local/bin/node", "/usr/bin/node", "/usr/bin/nodejs"];
