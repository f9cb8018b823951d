import { arch, platform } from "node:os";
import { type Platform } from "./oci/index.js";

/** What this machine is, in the words of images. */
export function hostPlatform(): Platform {
  return { os: platform(), architecture: ARCHITECTURES[arch()] ?? arch() };
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** Whether programs of this platform run here. */
export function runsHere({ os, architecture }: Platform): boolean {
  const here = hostPlatform();
  return os === here.os && architecture === here.architecture;
}
