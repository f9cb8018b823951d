import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type FunctionPackageProps } from "../../project/index.js";
import { reason } from "../../runtime/reason.js";
import { functionName } from "../../synth/step.js";
import { type BuiltPackage } from "../../xpkg/built-package.js";
import { bundleFunction, type FunctionBundle } from "../../xpkg/bundle/bundle-function.js";
import { licenseTexts } from "../../xpkg/bundle/license-texts.js";
import { sbom } from "../../xpkg/bundle/sbom.js";
import { tryProgram } from "../../xpkg/bundle/try-program.js";
import { type CachedData } from "../../xpkg/cached-data/cached-data.js";
import { makeCachedData } from "../../xpkg/cached-data/make-cached-data.js";
import { functionImage } from "../../xpkg/function-image.js";
import { runsHere } from "../../xpkg/host-platform.js";
import { imageLabels } from "../../xpkg/image-labels.js";
import { type Image, platformText } from "../../xpkg/oci/index.js";
import { packageFiles } from "../../xpkg/package-files.js";
import { packageStream } from "../../xpkg/package-objects.js";
import { type IO } from "../io.js";
import { version as toolkitVersion } from "../version.js";
import { type Base, type BaseImages } from "./base-images.js";
import { type BuildRequest } from "./build-request.js";

/** Builds the package of a function, for each platform that is asked for. */
export async function buildFunction(
  props: FunctionPackageProps,
  request: BuildRequest,
  { bases, io }: { readonly bases: BaseImages; readonly io: IO },
): Promise<BuiltPackage> {
  const { name = functionName(props.function) } = props;
  const { version, created, platforms, root, generated } = request;
  const objects = packageStream("Function", packageFiles(name, generated, root));
  const bundle = await bundled(props, request);
  const files = {
    "licenses.txt": licenseTexts(bundle.packages),
    "sbom.spdx.json": sbom({ name, version, packages: bundle.packages, created, toolkit: toolkitVersion() }),
  };
  const images: Image[] = [];
  for (const platform of platforms) {
    const base = await bases.for(platform);
    const cachedData = request.usesCachedData ? await cachedDataOf(bundle, base, { bases, io }) : undefined;
    const labels = labelsOf(name, props, base, request);
    const { image, node } = base;
    images.push(
      await functionImage({ base: image, node, objects, program: bundle.text, cachedData, files, labels, created }),
    );
  }
  return { name, version, images };
}

/** @throws Error where the function is not found, cannot be bundled, or does not start */
async function bundled(props: FunctionPackageProps, { root, version }: BuildRequest): Promise<FunctionBundle> {
  const { name } = props.function;
  const { tracing } = props;
  const { entry = `functions/${name}/function.ts` } = props;
  if (!existsSync(resolve(root, entry))) {
    throw new Error(`there is no ${entry}; say with entry which module exports the function ${name}`);
  }
  const bundle = await bundleFunction({
    root,
    entry: resolve(root, entry),
    name,
    version,
    program: programModule(),
    tracing,
  });
  try {
    await tryProgram(bundle.text, version, process.execPath);
  } catch (error) {
    throw new Error(`${entry}: ${reason(error)}`, { cause: error });
  }
  return bundle;
}

/** The module beside this one's folder, compiled or not as this one is. */
function programModule(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(`../serve/start-exported${extname(fileURLToPath(here))}`, here));
}

/** What V8 makes of the bundle; undefined, with a word on stderr, where the base's Node does not say. */
async function cachedDataOf(
  { text }: FunctionBundle,
  base: Base,
  { bases, io }: { readonly bases: BaseImages; readonly io: IO },
): Promise<CachedData | undefined> {
  const { platform } = base.image;
  if (!runsHere(platform)) return undefined;
  try {
    return await makeCachedData(await bases.root(base), text);
  } catch (error) {
    const where = platformText(platform);
    io.stderr.write(
      `trimtab: no cached data for ${where}, since the base's Node does not run here: ${reason(error)}\n`,
    );
    return undefined;
  }
}

function labelsOf(name: string, { annotations }: FunctionPackageProps, base: Base, request: BuildRequest) {
  const { version, manifest, created } = request;
  const { reference, image } = base;
  return imageLabels({
    name,
    version,
    annotations,
    manifest,
    created,
    base: { digest: image.descriptor.digest, reference },
  });
}
