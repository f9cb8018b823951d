export const OCI_INDEX = "application/vnd.oci.image.index.v1+json";
export const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
export const OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
export const OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
export const OCI_LAYER_GZIP = `${OCI_LAYER}+gzip`;
export const OCI_LAYER_ZSTD = `${OCI_LAYER}+zstd`;

export const DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";
export const DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
export const DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
export const DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
export const DOCKER_LAYER_GZIP = `${DOCKER_LAYER}.gzip`;
export const DOCKER_LAYER_ZSTD = `${DOCKER_LAYER}.zstd`;

export const INDEX_TYPES: readonly string[] = [OCI_INDEX, DOCKER_INDEX];
export const MANIFEST_TYPES: readonly string[] = [OCI_MANIFEST, DOCKER_MANIFEST];

const OCI_OF_DOCKER: Readonly<Record<string, string>> = {
  [DOCKER_LAYER]: OCI_LAYER,
  [DOCKER_LAYER_GZIP]: OCI_LAYER_GZIP,
  [DOCKER_LAYER_ZSTD]: OCI_LAYER_ZSTD,
};

/** What OCI calls a layer of this media type; the bytes are the same. Types that are not Docker's stay. */
export function ociLayerType(mediaType: string): string {
  return OCI_OF_DOCKER[mediaType] ?? mediaType;
}
