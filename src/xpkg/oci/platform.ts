import { type Image, type ImageIndex, isIndex, type Platform } from "./image.js";

/** `linux/arm64` and `linux/arm/v7`, as docker writes them; `linux_arm64`, as Crossplane does. */
export function parsePlatform(text: string): Platform {
  const [os = "", architecture = "", variant, ...more] = text.split(/[/_]/);
  if (os === "" || architecture === "" || variant === "" || more.length > 0) {
    throw new Error(`cannot read the platform ${JSON.stringify(text)}; write it as in linux/arm64`);
  }
  return { os, architecture, ...(variant !== undefined && { variant }) };
}

export function platformText({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join("/");
}

/**
 * Whether what runs on `wanted` runs `offered`. arm64 and arm64/v8 are one. An image that names no platform is for all of
 * them: `crossplane xpkg build` makes such packages.
 */
export function runsOn(offered: Platform, wanted: Platform): boolean {
  if (offered.os === "" && offered.architecture === "") return true;
  if (offered.os !== wanted.os || offered.architecture !== wanted.architecture) return false;
  return wanted.variant === undefined || variantOf(offered) === variantOf(wanted);
}

function variantOf({ architecture, variant }: Platform): string | undefined {
  return architecture === "arm64" && variant === "v8" ? undefined : variant;
}

/** The image for this platform. `from` is where it was read, for the error that names what there is instead. */
export function imageFor(value: Image | ImageIndex, platform: Platform, from: string): Image {
  const images = isIndex(value) ? value.images : [value];
  const image = images.find((candidate) => runsOn(candidate.platform, platform));
  if (image !== undefined) return image;
  throw noImageFor(
    platform,
    images.map((candidate) => candidate.platform),
    from,
  );
}

export function noImageFor(platform: Platform, offered: readonly Platform[], from: string): Error {
  const others = offered.map(platformText).filter((text) => text !== "unknown/unknown");
  return new Error(
    `cannot use ${from} for ${platformText(platform)}: it is for ${others.join(", ") || "no platform"}; choose one of these, or another image`,
  );
}
