import { describe } from "./digest.js";
import {
  type Annotations,
  type Image,
  type ImageConfig,
  type ImageIndex,
  type Layer,
  type Platform,
  type ProcessConfig,
} from "./image.js";
import { OCI_CONFIG, OCI_INDEX, OCI_MANIFEST, ociLayerType } from "./media-types.js";
import { platformText } from "./platform.js";

export interface ImageOptions {
  readonly platform: Platform;
  /** Its layers come first, and its config is what `config` and `labels` change. It has to be of the same platform. */
  readonly base?: Image;
  readonly layers: readonly Layer[];
  /** Fields that are given replace those of the base, whole. */
  readonly config?: ProcessConfig;
  /** Beside the labels of the base and of `config`; these win. */
  readonly labels?: Readonly<Record<string, string>>;
  /** In seconds since 1970: SOURCE_DATE_EPOCH. */
  readonly created: number;
  readonly annotations?: Annotations;
}

/**
 * An image of OCI's media types. Equal options give equal bytes. The layers of a base with Docker's media types are
 * the same bytes under OCI's. Annotations of the base's manifest are not taken over.
 */
export function makeImage(options: ImageOptions): Image {
  const { platform, base, annotations = {} } = options;
  checkBase(platform, base);
  const layers = [...(base?.layers ?? []), ...options.layers].map(withOciType);
  return assemble(platform, configOf(options, layers), layers, annotations);
}

/** An image of these parts, which fit each other. */
export function assemble(
  platform: Platform,
  config: ImageConfig,
  layers: readonly Layer[],
  annotations: Annotations,
): Image {
  const configBytes = Buffer.from(JSON.stringify(config));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: describe(configBytes, OCI_CONFIG),
      layers: layers.map(({ descriptor }) => descriptor),
      ...(Object.keys(annotations).length > 0 && { annotations: sorted(annotations) }),
    }),
  );
  return { descriptor: describe(manifest, OCI_MANIFEST), platform, config, layers, annotations, manifest, configBytes };
}

/** An index of these images, which have to be of different platforms. */
export function makeIndex(images: readonly Image[], annotations: Annotations = {}): ImageIndex {
  const platforms = images.map(({ platform }) => platformText(platform));
  const twice = platforms.find((platform, index) => platforms.indexOf(platform) !== index);
  if (twice !== undefined) throw new Error(`cannot make an index with two images for ${twice}; leave one of them out`);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_INDEX,
      manifests: images.map(({ descriptor, platform }) => ({
        mediaType: descriptor.mediaType,
        digest: descriptor.digest,
        size: descriptor.size,
        platform: platformJson(platform),
      })),
      ...(Object.keys(annotations).length > 0 && { annotations: sorted(annotations) }),
    }),
  );
  return { descriptor: describe(manifest, OCI_INDEX), images, annotations, manifest };
}

function checkBase(platform: Platform, base: Image | undefined): void {
  if (base === undefined) return;
  const { os, architecture } = base.platform;
  if (os === platform.os && architecture === platform.architecture) return;
  throw new Error(
    `cannot make an image for ${platformText(platform)} on a base for ${platformText(base.platform)}; ` +
      "choose the base's image for that platform",
  );
}

/** The same layer, called by OCI's media type. */
export function withOciType(layer: Layer): Layer {
  const mediaType = ociLayerType(layer.descriptor.mediaType);
  return mediaType === layer.descriptor.mediaType
    ? layer
    : { ...layer, descriptor: { ...layer.descriptor, mediaType } };
}

function configOf(options: ImageOptions, layers: readonly Layer[]): ImageConfig {
  const { platform, base, config, labels } = options;
  const created = new Date(options.created * 1000).toISOString().replace(/\.000Z$/, "Z");
  const allLabels = { ...base?.config.config?.Labels, ...config?.Labels, ...labels };
  return {
    ...base?.config,
    created,
    ...platformJson(platform),
    config: {
      ...base?.config.config,
      ...config,
      ...(Object.keys(allLabels).length > 0 && { Labels: sorted(allLabels) }),
    },
    rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) },
    history: [...historyOf(base), ...options.layers.map(() => ({ created, created_by: "trimtab" }))],
  };
}

/** One entry for each layer at least: what counts them would be confused by a base that tells of none. */
function historyOf(base: Image | undefined): NonNullable<ImageConfig["history"]> {
  return base?.config.history ?? base?.layers.map(() => ({ created_by: "base" })) ?? [];
}

function platformJson({ architecture, os, variant }: Platform): Platform {
  return { architecture, os, ...(variant !== undefined && { variant }) };
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
