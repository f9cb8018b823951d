import { blobsOf, type Content } from "./content.js";
import { type Image, type ImageIndex, isIndex, type Layer } from "./image.js";
import { inParallel } from "./in-parallel.js";
import { type Outcome, pushBlob } from "./push-blob.js";
import { pushManifest } from "./push-manifest.js";
import { type Reference } from "./reference.js";
import { type Session } from "./session.js";

export interface PushOptions {
  /**
   * Repositories of the same registry that may have layers already, `acme/base`. Those that a layer was pulled from are
   * known.
   */
  readonly mountFrom?: readonly string[];
}

/** What became of a push; layers and configs by digest. */
export interface PushResult {
  /** Of the image or index. */
  readonly digest: string;
  readonly pushed: readonly string[];
  readonly mounted: readonly string[];
  readonly existing: readonly string[];
}

/** Sends the layers and configs, then manifests, then what the reference is to name. */
export async function push(
  session: Session,
  value: Image | ImageIndex,
  reference: Reference,
  mountFrom: readonly string[],
  parallel: number,
): Promise<PushResult> {
  const { digest } = value.descriptor;
  if (reference.digest !== undefined && reference.digest !== digest) {
    throw new Error(`what is to be pushed is ${digest}; leave the digest out of the reference`);
  }
  const images = isIndex(value) ? value.images : [value];
  const blobs = uniqueBlobs(images);
  await session.retrying(() => session.open());
  const outcomes = await inParallel(blobs, parallel, (blob) => pushBlob(session, blob, mountFrom));
  if (isIndex(value)) {
    await inParallel(images, parallel, (image) =>
      pushManifest(session, image.descriptor, image.manifest, image.descriptor.digest),
    );
  }
  await pushManifest(session, value.descriptor, value.manifest, reference.tag ?? digest);
  const having = (outcome: Outcome) =>
    blobs.filter((_, index) => outcomes[index] === outcome).map(({ descriptor }) => descriptor.digest);
  return { digest, pushed: having("pushed"), mounted: having("mounted"), existing: having("existing") };
}

/** The repositories of a registry, other than the one that is pushed to, that may have layers. */
export function mountsFor(
  value: Image | ImageIndex,
  { registry, repository }: Reference,
  mountFrom: readonly string[],
): readonly string[] {
  const layers: readonly Layer[] = (isIndex(value) ? value.images : [value]).flatMap((image) => image.layers);
  const origins = layers.flatMap(({ origin }) => (origin?.registry === registry ? [origin.repository] : []));
  return [...new Set([...mountFrom, ...origins])].filter((other) => other !== repository);
}

function uniqueBlobs(images: readonly Image[]): readonly Content[] {
  const blobs = images.flatMap(blobsOf);
  return [...new Map(blobs.map((blob) => [blob.descriptor.digest, blob])).values()];
}
