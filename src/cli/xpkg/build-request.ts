import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ArgsDef } from "citty";
import { type ProjectManifest } from "../../xpkg/image-labels.js";
import { type Platform, parsePlatform } from "../../xpkg/oci/index.js";
import { type Args, type COMMON } from "../command.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";

export const BUILD_FLAGS = {
  "name…": { type: "positional", required: false, description: "The packages. Default: all of the project." },
  output: { type: "string", alias: "o", valueHint: "folder", default: ".", description: "Where to write the files." },
  platform: {
    type: "string",
    valueHint: "os/arch,…",
    default: "linux/amd64,linux/arm64",
    description: "What functions are to run on; each has a file of its own.",
  },
  base: {
    type: "string",
    valueHint: "image",
    default: "gcr.io/distroless/nodejs24-debian13:nonroot",
    description: "The image with Node that functions run on: a reference, a folder with an OCI layout, or an archive.",
  },
  version: { type: "string", valueHint: "version", description: "Default: that of package.json." },
  "cached-data": {
    type: "enum",
    options: ["auto", "off"],
    default: "auto",
    description: "Whether to bring what V8 makes of a function: auto does where the base's own Node runs here.",
  },
} as const satisfies ArgsDef;

export type BuildArgs = Args<typeof BUILD_FLAGS & typeof COMMON>;

/** What a build is asked for, and what all of its packages have in common. */
export interface BuildRequest {
  /** The project's folder. */
  readonly root: string;
  /** What synth makes of the project: path to text. */
  readonly generated: ReadonlyMap<string, string>;
  readonly manifest: ProjectManifest;
  /** Without a `v`. */
  readonly version: string;
  readonly platforms: readonly Platform[];
  /** As it was given. */
  readonly base: string;
  readonly usesCachedData: boolean;
  /** In seconds since 1970. */
  readonly created: number;
  /** As it was given. */
  readonly output: string;
}

/** @throws UsageError where a flag's value is none, and Error where package.json or the environment have none either */
export function buildRequest(
  args: BuildArgs,
  { env }: Pick<IO, "env">,
  project: Pick<BuildRequest, "root" | "generated">,
): BuildRequest {
  const manifest = manifestIn(project.root);
  return {
    ...project,
    manifest,
    version: versionOf(args.version, manifest, project.root),
    platforms: platformsOf(args.platform),
    base: args.base,
    usesCachedData: args["cached-data"] === "auto",
    created: epochOf(env["SOURCE_DATE_EPOCH"]),
    output: args.output,
  };
}

function manifestIn(root: string): ProjectManifest {
  const file = join(root, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ProjectManifest) : {};
}

/** Crossplane finds versions of packages by tags that are semantic versions. */
function versionOf(said: string | undefined, manifest: ProjectManifest, root: string): string {
  const text = said ?? manifest.version;
  if (text === undefined) {
    throw new Error(`cannot tell the version: there is none in package.json of ${root}; say --version`);
  }
  const version = text.replace(/^v/, "");
  if (/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) return version;
  const from = said === undefined ? "version of package.json" : "--version";
  throw new UsageError(`the ${from} ${JSON.stringify(text)} is no semantic version, such as 1.2.3`);
}

function platformsOf(text: string): readonly Platform[] {
  const platforms = [...new Set(text.split(","))].map((each) => {
    try {
      return parsePlatform(each.trim());
    } catch (error) {
      throw new UsageError(`--platform ${JSON.stringify(text)} is no list such as linux/amd64,linux/arm64`, {
        cause: error,
      });
    }
  });
  return platforms;
}

/** A time that is always the same, unless somebody says another: packages would differ with each build. */
function epochOf(text: string | undefined): number {
  if (text === undefined || text === "") return 0;
  if (/^\d{1,11}$/.test(text)) return Number(text);
  throw new Error(
    `cannot use SOURCE_DATE_EPOCH: ${JSON.stringify(text)} is not a whole number of seconds since 1970; correct or unset it`,
  );
}
