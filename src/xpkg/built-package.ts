import { type Image, makeIndex, platformText } from "./oci/index.js";

/** A package that was made: one image for a Configuration, one a platform for a Function. */
export interface BuiltPackage {
  readonly name: string;
  /** As in package.json: `0.1.0`. */
  readonly version: string;
  readonly images: readonly Image[];
}

/** The name of the file for an image, as Crossplane's own releases have it. */
export function fileName({ name, version, images }: BuiltPackage, image: Image): string {
  const platform =
    images.length > 1 || isFunction(image) ? `-${platformText(image.platform).replaceAll("/", "-")}` : "";
  return `${name}-v${version}${platform}.xpkg`;
}

/** The digest that a package has once it is pushed: that of its only image, or of the index of all. */
export function pushedDigest({ images }: Pick<BuiltPackage, "images">): string {
  const [first, ...others] = images;
  if (first === undefined) throw new Error("cannot name a package without images");
  return (others.length === 0 ? first : makeIndex(images)).descriptor.digest;
}

/** Whether something runs in it. */
function isFunction({ config }: Image): boolean {
  return config.config?.Entrypoint !== undefined;
}
