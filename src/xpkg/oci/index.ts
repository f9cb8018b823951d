export { compressLayers } from "./compress-layers.js";
export type { Credential, Credentials } from "./credentials.js";
export { type DockerCredentialsOptions, dockerCredentials } from "./docker-credentials.js";
export { type ExtractOptions, extractImage } from "./extract-image.js";
export {
  type DirectoryOf,
  type FileEntry,
  type FileLayerOptions,
  type FileOf,
  fileLayer,
  type SymlinkOf,
} from "./file-layer.js";
export {
  type Annotations,
  type Descriptor,
  type History,
  type Image,
  type ImageConfig,
  type ImageIndex,
  isIndex,
  type Layer,
  type Platform,
  type ProcessConfig,
} from "./image.js";
export { readLayout, writeLayout } from "./layout.js";
export { type ImageOptions, makeImage, makeIndex } from "./make-image.js";
export { imageFor, parsePlatform, platformText } from "./platform.js";
export type { PushOptions, PushResult } from "./push.js";
export { readTarball } from "./read-tarball.js";
export { parseReference, type Reference } from "./reference.js";
export { type Registry, type RegistryOptions, registry } from "./registry.js";
export { writeTarball } from "./write-tarball.js";
