import { type ConfigurationProps } from "../../project/index.js";
import { type BuiltPackage } from "../../xpkg/built-package.js";
import { configurationImage } from "../../xpkg/configuration-image.js";
import { imageLabels } from "../../xpkg/image-labels.js";
import { exampleStream, packageFiles } from "../../xpkg/package-files.js";
import { packageStream } from "../../xpkg/package-objects.js";
import { type BuildRequest } from "./build-request.js";

/** Builds a package of XRDs, Compositions and what goes with them. */
export async function buildConfiguration(props: ConfigurationProps, request: BuildRequest): Promise<BuiltPackage> {
  const { name, annotations } = props;
  const { version, manifest, created, root, generated } = request;
  const image = await configurationImage({
    objects: packageStream("Configuration", packageFiles(name, generated, root)),
    examples: exampleStream(props.examples ?? [], root),
    labels: imageLabels({ name, version, annotations, manifest, created }),
    created,
  });
  return { name, version, images: [image] };
}
