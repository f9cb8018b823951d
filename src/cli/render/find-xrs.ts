import { filesOf, type Manifest, type objectOf, readAll } from "./manifest-file.js";

/**
 * The XRs among what files and folders hold; everything else there is passed over.
 *
 * @throws Error where there is none
 */
export function findXRs(
  cwd: string,
  paths: readonly string[],
  isXR: (object: ReturnType<typeof objectOf>) => boolean,
): readonly Manifest[] {
  const manifests = paths.flatMap((path) => filesOf(cwd, path)).flatMap((file) => readAll(cwd, file));
  const found = manifests.filter(({ document: { value } }) => {
    return (
      typeof value === "object" && value !== null && !Array.isArray(value) && isXR(value as ReturnType<typeof objectOf>)
    );
  });
  if (found.length > 0) return found;
  throw new Error(`cannot find an XR in ${paths.join(", ")}: no Composition at hand composes what is there`);
}
