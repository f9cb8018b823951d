import { stringify } from "yaml";
import { fileLayer, type Image, makeImage } from "../../../src/xpkg/oci/index.js";
import { type CRD } from "../../support/provider-crds.js";

/** A Provider package that brings kinds, and nothing that takes care of them. */
export interface ProviderPackage {
  /** Such as `upbound/provider-aws-s3`. */
  readonly repository: string;
  readonly version: string;
  readonly image: Image;
}

/** Of which release the CRDs are. */
const VERSION = "v2.6.0";

/**
 * Stand-ins for the packages of provider-upjet-aws on which XBucket depends: one for each service, with the real CRDs, and
 * what they have in common. As the real ones, they start with no kind active.
 */
export async function providerPackages(registry: string, crds: readonly CRD[]): Promise<readonly ProviderPackage[]> {
  const family = "upbound/provider-family-aws";
  const services = ["s3", "iam", "eks", "kms"].map((service) => ({
    repository: `upbound/provider-aws-${service}`,
    group: `${service}.aws.m.upbound.io`,
    dependsOn: [
      { apiVersion: "pkg.crossplane.io/v1", kind: "Provider", package: `${registry}/${family}`, version: ">=v2.0.0" },
    ],
  }));
  const all = [{ repository: family, group: "aws.m.upbound.io", dependsOn: [] }, ...services];
  return Promise.all(
    all.map(async ({ repository, group, dependsOn }) => ({
      repository,
      version: VERSION,
      image: await packageImage([
        {
          apiVersion: "meta.pkg.crossplane.io/v1",
          kind: "Provider",
          metadata: { name: repository.replace("upbound/", "") },
          spec: { capabilities: ["safe-start"], dependsOn },
        },
        ...crds.filter(({ spec }) => spec.group === group),
      ]),
    })),
  );
}

/** A package that holds these objects, of which the first says what it is. */
export async function packageImage(objects: readonly object[]): Promise<Image> {
  const bytes = objects.map((object) => `---\n${stringify(object, { aliasDuplicateObjects: false })}`).join("");
  const annotations = { "io.crossplane.xpkg": "base" };
  const layer = await fileLayer([{ type: "file", path: "package.yaml", bytes }], { mtime: 0, annotations });
  return makeImage({
    platform: { os: "linux", architecture: "amd64" },
    layers: [layer],
    labels: { [`io.crossplane.xpkg:${layer.descriptor.digest}`]: "base" },
    created: 0,
  });
}
