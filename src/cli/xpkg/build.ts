import { mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Project } from "../../project/index.js";
import { reason } from "../../runtime/reason.js";
import { functionName } from "../../synth/step.js";
import { type BuiltPackage, fileName, pushedDigest } from "../../xpkg/built-package.js";
import { platformText, writeTarball } from "../../xpkg/oci/index.js";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { loadPeer } from "../load-peer.js";
import { BaseImages } from "./base-images.js";
import { BUILD_FLAGS, type BuildRequest, buildRequest } from "./build-request.js";

/** `trimtab xpkg build [NAME…]` */
export function build(io: IO) {
  return command({
    name: "build",
    description: "Build the project's packages, each function into an image of its own, without Docker.",
    args: BUILD_FLAGS,
    async run(args) {
      const { synthesize } = await loadPeer("build packages", "cdk8s constructs", () => import("../../synth/index.js"));
      const { loadProject } = await import("../../project/load-project.js");
      const { project, root, file } = await loadProject(io.cwd);
      const request = buildRequest(args, io, { root, generated: synthesize(project, { source: basename(file) }) });
      const packages = chosen(project.packages, args._);
      mkdirSync(resolve(io.cwd, request.output), { recursive: true });
      const bases = new BaseImages(request.base, { io, cache: join(root, ".trimtab", "images") });
      try {
        for (const props of packages) await buildOne(props, request, bases, io);
      } finally {
        await bases.close();
      }
      return 0;
    },
  });
}

type PackageProps = Project["packages"][number];

function chosen(packages: readonly PackageProps[], names: readonly string[]): readonly PackageProps[] {
  if (packages.length === 0) throw new Error("cannot build packages: the project has none; list them in packages");
  const known = packages.map(nameOf);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`cannot build ${unknown}: the project has no such package; there are ${known.join(", ")}`);
  }
  return names.length === 0 ? packages : packages.filter((props) => names.includes(nameOf(props)));
}

function nameOf(props: PackageProps): string {
  return props.kind === "Configuration" ? props.name : (props.name ?? functionName(props.function));
}

async function buildOne(props: PackageProps, request: BuildRequest, bases: BaseImages, io: IO): Promise<void> {
  const built = await made(props, request, bases, io);
  for (const image of built.images) {
    const file = join(request.output, fileName(built, image));
    await writeTarball(resolve(io.cwd, file), image);
    io.stdout.write(`${image.descriptor.digest}  ${file}\n`);
  }
  if (built.images.length > 1) io.stdout.write(`${pushedDigest(built)}  ${indexName(built)}\n`);
}

async function made(props: PackageProps, request: BuildRequest, bases: BaseImages, io: IO): Promise<BuiltPackage> {
  try {
    if (props.kind === "Configuration") {
      const { buildConfiguration } = await import("./build-configuration.js");
      return await buildConfiguration(props, request);
    }
    const { buildFunction } = await import("./build-function.js");
    return await buildFunction(props, request, { bases, io });
  } catch (error) {
    throw new Error(`cannot build ${nameOf(props)}: ${reason(error)}`, { cause: error });
  }
}

/** What the files will be once they are pushed together. */
function indexName({ name, version, images }: BuiltPackage): string {
  return `${name}:v${version} (${images.map(({ platform }) => platformText(platform)).join(", ")})`;
}
