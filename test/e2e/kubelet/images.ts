import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  extractImage,
  type Image,
  type Platform,
  type ProcessConfig,
  parseReference,
  type Reference,
  registry,
} from "../../../src/xpkg/oci/index.js";

/** An image as a container needs it. */
export interface UnpackedImage {
  /** The folder of its root file system: other containers have it too. */
  readonly root: string;
  readonly config: ProcessConfig;
}

export interface ImageStore {
  /**
   * Pulls the image for this machine and unpacks it, once: what is there is not asked for again, as Crossplane has it
   * (IfNotPresent). Throws for what containerd would refuse.
   */
  unpack(reference: string): Promise<UnpackedImage>;
}

/** Images below a folder, each by the digest of its config, which names all that is in it. */
export function imageStore(folder: string): ImageStore {
  const registries = registry();
  const unpacking = new Map<string, Promise<void>>();
  const present = new Map<string, UnpackedImage>();
  return {
    async unpack(reference) {
      const known = present.get(reference);
      if (known) return known;
      const image = await registries.pull(localReference(reference), platform());
      const root = join(folder, createHash("sha256").update(image.configBytes).digest("hex"));
      const done = unpacking.get(root) ?? extractOnce(image, root);
      unpacking.set(root, done);
      await done.finally(() => unpacking.delete(root));
      const unpacked = { root, config: image.config.config ?? {} };
      present.set(reference, unpacked);
      return unpacked;
    },
  };
}

/** What tests run does not depend on what others have published. */
function localReference(text: string): Reference {
  const reference = parseReference(text);
  if (/^(127\.|localhost[:/])/.test(reference.text)) return reference;
  throw new Error(`cannot pull ${text}: ${reference.registry} is not a registry of this machine`);
}

/** This machine, in Go's words. */
function platform(): Platform {
  return { os: "linux", architecture: process.arch === "x64" ? "amd64" : process.arch };
}

async function extractOnce(image: Image, root: string): Promise<void> {
  if (existsSync(root)) return;
  await extractImage(image, root, { owners: true }).catch((error: unknown) => {
    // Another process may have been quicker.
    if (!existsSync(root)) throw error;
  });
}
